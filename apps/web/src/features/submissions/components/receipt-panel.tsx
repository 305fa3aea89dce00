import { Button } from '@mantine/core'
import type { Submission } from '@taikai/shared/wire/submission'
import { Facts } from '../../../components/ui/facts.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count, dateTime, fileSize } from '../../../lib/format.ts'

/** What decides a score, so that it can be made again: model, preprocessing, engine, versions, split. */
export function ReceiptPanel({ submission }: { submission: Submission }) {
  const { t, locale } = useTexts()
  const { run, preprocessing, score } = submission
  const statistics =
    preprocessing.preset === 'custom'
      ? ` (${preprocessing.mean.join(', ')} / ${preprocessing.std.join(', ')})`
      : ''
  const order = `${preprocessing.channelOrder.toUpperCase()}, ${preprocessing.flatOrder.toUpperCase()}`
  const speed =
    run.imagesPerSecond === null
      ? '–'
      : t('submission.imagesPerSecond', { count: count(Math.round(run.imagesPerSecond)) })
  return (
    <Panel title={t('submission.receipt')}>
      {score !== null && <p className="muted">{t('submission.receiptLead')}</p>}
      {run.madeLiveAt !== null && (
        <p>{t('receipt.recomputed', { time: dateTime(run.madeLiveAt, locale) })}</p>
      )}
      <Facts
        facts={[
          [
            t('submission.preprocessing'),
            `${t(`submit.presets.${preprocessing.preset}`)}${statistics}, ${order}`,
          ],
          [
            t('submission.files'),
            submission.files.map(({ name, bytes }, position) => (
              <a
                key={name}
                href={`/api/submissions/${submission.id}/files/${position}`}
                download
                style={{ marginRight: 12 }}
              >
                {name} ({fileSize(bytes)})
              </a>
            )),
          ],
          ...(score === null
            ? []
            : ([
                [
                  t('receipt.counts'),
                  t('receipt.countsText', {
                    correct: count(score.correct),
                    total: count(score.total),
                    top5: count(score.top5Correct),
                  }),
                ],
                [t('receipt.dataset'), t('receipt.version', run.dataset)],
                [t('submission.engine'), `${run.engine ?? '–'} (${run.engineVersion ?? '–'})`],
                [t('submission.speed'), speed],
                [t('submission.scorer'), run.scorerVersion ?? '–'],
                [t('submission.split'), <code key="s">{run.splitId ?? '–'}</code>],
              ] as const)),
          [t('submission.model'), <code key="m">{submission.modelSha256}</code>],
        ]}
      />
      {score !== null && (
        <Button
          component="a"
          href={`/api/submissions/${submission.id}/receipt`}
          download
          variant="default"
          mt="md"
        >
          {t('receipt.download')}
        </Button>
      )}
    </Panel>
  )
}
