import { SegmentedControl } from '@mantine/core'
import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { useState } from 'react'
import { GlossaryLink } from '../../../components/ui/glossary-link.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { EfficiencyPlot } from './efficiency-plot.tsx'
import type { EfficiencyCost, EfficiencyPoint } from './efficiency-point.ts'
import { EfficiencyTable } from './efficiency-table.tsx'
import classes from './standing.module.css'

type Props = {
  rows: readonly LeaderboardRow[]
  ownEntryId: string
  /** The submission itself, where it is not the one that the ranking shows. */
  submission: Pick<EfficiencyPoint, 'id' | 'parameters' | 'macs' | 'accuracy'> | null
}

/** What each model of the ranking reaches with how many parameters or multiply-accumulates: as a plot, and the same as a table. */
export function EfficiencyPanel({ rows, ownEntryId, submission }: Props) {
  const { t, gap } = useTexts()
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
        {t('efficiency.lead')}
        {gap}
        <GlossaryLink word="macs">{t('efficiency.macsGuide')}</GlossaryLink>
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
        <EfficiencyTable points={points} cost={cost} />
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
