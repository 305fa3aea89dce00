import type { Overview, OverviewQueue } from '@taikai/shared/wire/overview'
import { Facts } from '../../../components/ui/facts.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { duration } from '../../../lib/duration.ts'
import { HourChart } from './hour-chart.tsx'

/** What waits, what runs, and how much comes in. */
export function QueuePanel({ overview: { queue, submissionsPerHour } }: { overview: Overview }) {
  const { t, locale } = useTexts()
  const { waiting, held, oldestWaitingSeconds } = queue
  const runs = (value: number) => t('overview.runs', { count: value })
  return (
    <Panel title={t('overview.queue')}>
      <Facts
        facts={[
          [
            t('overview.waiting'),
            <>
              {runs(waiting)}
              {held > 0 && <div className="muted">{t('overview.held', { count: held })}</div>}
            </>,
          ],
          [t('overview.running'), runs(queue.running)],
          [t('overview.failed'), runs(queue.failedLastDay)],
          [
            t('overview.oldest'),
            oldestWaitingSeconds === null ? '–' : duration(oldestWaitingSeconds, locale),
          ],
          [t('overview.expected'), <ExpectedWait key="expected" queue={queue} />],
        ]}
      />
      <HourChart perHour={submissionsPerHour} />
    </Panel>
  )
}

function ExpectedWait({ queue: { waiting, expectedWaitSeconds: seconds } }: { queue: OverviewQueue }) {
  const { t, locale } = useTexts()
  if (seconds === null) return t('overview.unknown')
  return waiting === 0 ? t('overview.noWait') : t('overview.about', { time: duration(seconds, locale) })
}
