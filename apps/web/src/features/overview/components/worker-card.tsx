import type { OverviewWorker } from '@taikai/shared/wire/overview'
import { Link } from '@tanstack/react-router'
import { Facts } from '../../../components/ui/facts.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count, timeAgo } from '../../../lib/format.ts'
import classes from './worker-card.module.css'

/** One worker: what it runs now, what it can run, and how it is. */
export function WorkerCard({ worker, now }: { worker: OverviewWorker; now: Date }) {
  const { t, locale } = useTexts()
  const { state, host, pid, startedAt, taikaiVersion: taikai, scorerVersion: scorer, sandboxMissing } = worker
  return (
    <article className={classes.worker} data-state={state}>
      <h3>
        {host} <span className={classes.state}>{t(`overview.workerState.${state}`)}</span>
      </h3>
      <p className="muted">{t('overview.process', { pid, time: timeAgo(startedAt, now, locale) })}</p>
      <Facts
        facts={[
          [t('overview.runsNow'), <Running key="running" worker={worker} />],
          [t('overview.engine'), <Engines key="engines" worker={worker} />],
          [t('overview.gpu'), worker.gpuName ?? t('overview.noGpu')],
          [
            t('overview.speed'),
            worker.imagesPerSecond === null
              ? '–'
              : t('submission.imagesPerSecond', { count: count(Math.round(worker.imagesPerSecond)) }),
          ],
          [t('overview.concurrency'), count(worker.concurrency)],
          [t('overview.heard'), timeAgo(worker.heartbeatAt, now, locale)],
          [t('overview.version'), t('overview.versions', { taikai, scorer })],
          [
            t('overview.sandbox'),
            sandboxMissing.length === 0
              ? t('overview.sandboxComplete')
              : t('overview.sandboxMissing', { missing: sandboxMissing.join(', ') }),
          ],
        ]}
      />
      <Refusals worker={worker} />
    </article>
  )
}

function Running({ worker: { running } }: { worker: OverviewWorker }) {
  const { t } = useTexts()
  if (running.length === 0) return t('overview.idle')
  return running.map(({ submissionId, entryName, roundTitle, rescore, imagesDone, imagesTotal }) => (
    <div key={submissionId}>
      <Link to="/submissions/$id" params={{ id: submissionId }}>
        {entryName}
      </Link>{' '}
      <span className="muted num">
        {roundTitle} · {count(imagesDone)} / {count(imagesTotal)}
        {rescore && ` · ${t('overview.rescore')}`}
      </span>
    </div>
  ))
}

function Engines({ worker: { engines, preferredEngine } }: { worker: OverviewWorker }) {
  const { t } = useTexts()
  const others = engines.filter(({ name }) => name !== preferredEngine).map(({ name }) => name)
  const version = engines.find(({ name }) => name === preferredEngine)?.version ?? null
  return (
    <>
      {preferredEngine ?? '–'}
      <div className="muted">
        {[version, others.length > 0 && t('overview.otherEngines', { engines: others.join(', ') })]
          .filter(Boolean)
          .join(' · ')}
      </div>
    </>
  )
}

function Refusals({ worker: { refusals } }: { worker: OverviewWorker }) {
  const { t } = useTexts()
  if (refusals.length === 0) return null
  return (
    <details className={classes.refusals}>
      <summary>{t('overview.refusals')}</summary>
      <ul>
        {refusals.map(({ engine, code, detail }) => (
          <li key={`${engine} ${detail}`}>
            {engine}: {t(`overview.refusal.${code}`)} <code>{detail}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}
