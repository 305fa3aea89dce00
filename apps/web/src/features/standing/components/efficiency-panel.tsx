import { SegmentedControl } from '@mantine/core'
import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { compactCount, percent } from '../../../lib/format.ts'
import { EfficiencyPlot } from './efficiency-plot.tsx'
import classes from './standing.module.css'

/** One model: how much it computes and how often it is right. */
export type EfficiencyPoint = {
  id: string
  name: string
  kind: 'team' | 'baseline' | 'own' | 'this'
  parameters: number
  macs: number | null
  /** 0..1. */
  accuracy: number
}
export type EfficiencyCost = 'parameters' | 'macs'

type Props = {
  rows: readonly LeaderboardRow[]
  ownEntryId: string
  /** The submission itself, where it is not the one that the ranking shows. */
  submission: Pick<EfficiencyPoint, 'id' | 'parameters' | 'macs' | 'accuracy'> | null
}

/** What each model of the ranking reaches with how many parameters or multiply-accumulates: as a plot, and the same as a table. */
export function EfficiencyPanel({ rows, ownEntryId, submission }: Props) {
  const { t } = useTexts()
  const [cost, setCost] = useState<EfficiencyCost>('parameters')
  const points: EfficiencyPoint[] = [
    ...rows.map((row) => ({
      ...{ id: row.entryId, name: row.name, parameters: row.parameters, macs: row.macs },
      kind:
        row.entryId === ownEntryId
          ? ('own' as const)
          : row.kind === 'TEAM'
            ? ('team' as const)
            : ('baseline' as const),
      accuracy: row.correct / row.total,
    })),
    ...(submission === null ? [] : [{ ...submission, name: t('efficiency.this'), kind: 'this' as const }]),
  ]
  const shown = points.filter((point) => (point[cost] ?? 0) > 0)
  const left = points.length - shown.length
  return (
    <Panel title={t('efficiency.title')}>
      <p className="muted">
        {t('efficiency.lead')}{' '}
        <Link to="/guide/glossary" hash="macs">
          {t('efficiency.macsGuide')}
        </Link>
      </p>
      <SegmentedControl
        aria-label={t('efficiency.cost')}
        value={cost}
        onChange={(value) => setCost(value === 'macs' ? 'macs' : 'parameters')}
        data={[
          { value: 'parameters', label: t('efficiency.parameters') },
          { value: 'macs', label: t('efficiency.macs') },
        ]}
        mb="sm"
      />
      <Legend kinds={new Set(shown.map(({ kind }) => kind))} />
      {shown.length > 0 && <EfficiencyPlot points={shown} cost={cost} />}
      {left > 0 && <p className="muted">{t('efficiency.left', { count: left })}</p>}
      <details>
        <summary>{t('efficiency.table')}</summary>
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('efficiency.model')}</th>
                {(['parameters', 'macs', 'accuracy'] as const).map((column) => (
                  <th key={column} scope="col" className={table.right}>
                    {t(`efficiency.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.map(({ id, name, kind, parameters, macs, accuracy }) => (
                <tr key={id}>
                  <th scope="row">
                    {name}{' '}
                    {kind !== 'team' && kind !== 'this' && (
                      <span className="muted">{t(`efficiency.${kind}`)}</span>
                    )}
                  </th>
                  <td className={`${table.right} num`}>{compactCount(parameters)}</td>
                  <td className={`${table.right} num`}>{macs === null ? '–' : compactCount(macs)}</td>
                  <td className={`${table.right} num`}>{percent(accuracy)}%</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Panel>
  )
}

function Legend({ kinds }: { kinds: ReadonlySet<EfficiencyPoint['kind']> }) {
  const { t } = useTexts()
  const shown = (['own', 'this', 'team', 'baseline'] as const).filter((kind) => kinds.has(kind))
  return (
    <ul className={classes.legend}>
      {shown.map((kind) => (
        <li key={kind}>
          <svg width="16" height="16" aria-hidden="true">
            <circle className={classes[kind]} cx="8" cy="8" r={kind === 'own' || kind === 'this' ? 7 : 5} />
          </svg>
          {t(`efficiency.${kind}`)}
        </li>
      ))}
    </ul>
  )
}
