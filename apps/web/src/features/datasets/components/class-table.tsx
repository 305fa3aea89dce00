import type { ClassHistogram } from '@taikai/shared/wire/dataset'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import classes from './dataset-details.module.css'

/** How many images each class has, as numbers with a bar each. */
export function ClassTable({ names, histogram }: { names: readonly string[]; histogram: ClassHistogram }) {
  const { t } = useTexts()
  const { hidden, train } = histogram
  const parts = [
    { name: t('datasets.hidden'), counts: hidden },
    ...(train === null ? [] : [{ name: t('datasets.train'), counts: train }]),
  ]
  return (
    <table className={classes.counts}>
      <caption>{t('datasets.histogramCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('datasets.class')}</th>
          {parts.map(({ name }) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((name, index) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {parts.map((part) => (
              <td key={part.name}>
                <Bar value={part.counts[index] ?? 0} largest={Math.max(1, ...part.counts)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Bar({ value, largest }: { value: number; largest: number }) {
  return (
    <div className={classes.bar}>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="10" fill="var(--line)" />
        <rect width={(100 * value) / largest} height="10" fill="var(--ai)" />
      </svg>
      <span className="num">{count(value)}</span>
    </div>
  )
}
