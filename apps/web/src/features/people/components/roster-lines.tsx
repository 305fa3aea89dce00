import { type RosterReport, rosterFateSchema } from '@taikai/shared/wire/roster'
import { Facts } from '../../../components/ui/facts.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'

/** What becomes of each line of a roster; faulty ones first, because these are to be mended. */
export function RosterLines({ report }: { report: RosterReport }) {
  const { t } = useTexts()
  const lines = report.lines.toSorted((a, b) => Number(b.fate === 'error') - Number(a.fate === 'error'))
  return (
    <>
      <Facts
        facts={rosterFateSchema.options.map((fate) => [
          t(`roster.${fate}`),
          t('roster.count', { count: count(report.lines.filter((line) => line.fate === fate).length) }),
        ])}
      />
      <section
        className={table.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        aria-label={t('roster.result')}
        style={{ maxHeight: 480, marginTop: 16 }}
      >
        <table className={table.table}>
          <caption>{t('roster.caption', { encoding: report.encoding.toUpperCase() })}</caption>
          <thead>
            <tr>
              <th scope="col" className={table.right}>
                {t('roster.line')}
              </th>
              <th scope="col">{t('roster.person')}</th>
              <th scope="col">{t('roster.fate')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ line, name, email, fate, team, problem }) => (
              <tr key={line}>
                <td className={`${table.right} num`}>{line}</td>
                <td>
                  {name} <span className="muted">{email}</span>
                </td>
                <td>
                  {problem === null ? (
                    t(`roster.${fate}`)
                  ) : (
                    <>
                      <b>{problem.title}</b>
                      <div className="muted">{problem.action}</div>
                    </>
                  )}
                  {team !== null && <div className="muted">{t('roster.toTeam', { team })}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
