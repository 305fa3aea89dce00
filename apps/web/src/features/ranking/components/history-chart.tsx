import { LineChart } from '@mantine/charts'
import type { History } from '@taikai/shared/wire/history'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime, timeOfDay } from '../../../lib/format.ts'
import { shownText, shownValue } from '../../../lib/ranking-value.ts'
import { historyRows } from './history-rows.ts'
import { distinctTicks, tickDetail } from './time-ticks.ts'
import '@mantine/charts/styles.css'

type Props = { history: History; nameOf(entryId: string): string; ownEntryId: string | null }

/** Steps of the best public score over time, one line a team. Loaded when it is shown. */
export default function HistoryChart({ history, nameOf, ownEntryId }: Props) {
  const { locale } = useTexts()
  const { metric, publicCount, entries } = history
  const time = (value: number) => dateTime(new Date(value).toISOString(), locale)
  // In the unit that is read, so that the axis has round numbers.
  const shown = entries.map(({ entryId, points }) => ({
    entryId,
    points: points.map((point) => ({ ...point, value: shownValue(metric, point.value, publicCount) })),
  }))
  const rows = historyRows(shown)
  const times = rows.map((row) => row.time ?? 0)
  const detail = tickDetail((times.at(-1) ?? 0) - (times[0] ?? 0))
  const tick = (value: number) =>
    detail === 'day' ? time(value) : timeOfDay(value, locale, detail === 'seconds')
  const isOwn = (entryId: string) => entryId === ownEntryId
  return (
    <LineChart
      h={300}
      data={rows}
      dataKey="time"
      // Names may be alike; the entry tells lines apart.
      series={entries.map(({ entryId }) => ({
        name: entryId,
        label: nameOf(entryId),
        color: isOwn(entryId) ? 'var(--shu)' : 'var(--ink-3)',
      }))}
      curveType="stepAfter"
      connectNulls
      withDots
      gridAxis="xy"
      lineProps={({ name }) => ({ strokeWidth: isOwn(name) ? 4 : 1.5, isAnimationActive: false })}
      xAxisProps={{
        type: 'number',
        scale: 'time',
        domain: ['dataMin', 'dataMax'],
        ticks: distinctTicks(times, tick),
        tickFormatter: tick,
        minTickGap: 60,
      }}
      yAxisProps={{ domain: ['auto', 'auto'], width: 64 }}
      valueFormatter={(value) => shownText(metric, value)}
      // There is no label while nothing is pointed at.
      tooltipProps={{ labelFormatter: (label) => (typeof label === 'number' ? time(label) : null) }}
      lineChartProps={{ accessibilityLayer: false }}
    />
  )
}
