import type { Round } from '@taikai/shared/wire/round'
import { Facts } from '../../../components/ui/facts.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { RoundTime } from '../../../components/ui/round-time.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count, fileSize } from '../../../lib/format.ts'

export function RoundFacts({ round }: { round: Round }) {
  const { t } = useTexts()
  const { dataset, timeZone } = round
  const [height, width, channels] = dataset.imageShape
  const images = (value: number) => t('rounds.imagesCount', { count: count(value) })
  const date = (instant: string | null, none: string) =>
    instant === null ? none : <RoundTime instant={instant} timeZone={timeZone} />
  return (
    <Panel title={t('rounds.facts')}>
      <Facts
        facts={[
          [t('rounds.opensAt'), date(round.opensAt, t('rounds.notScheduled'))],
          [t('rounds.closedAt'), date(round.closesAt, t('rounds.noEnd'))],
          [t('rounds.dataset'), dataset.name],
          [t('rounds.imageShape'), t('rounds.shape', { height, width, channels })],
          [t('rounds.classes'), dataset.classNames.join(', ')],
          [
            t('rounds.training'),
            dataset.trainCount === 0 ? t('rounds.trainingNone') : images(dataset.trainCount),
          ],
          ...(dataset.trainCount === 0
            ? []
            : [[t('rounds.sample'), <SampleLinks key="sample" slug={round.slug} />] as const]),
          [t('rounds.hidden'), images(dataset.hiddenCount)],
          [t('rounds.publicShare'), images(round.publicCount)],
          [t('rounds.uploadLimit'), fileSize(round.rules.uploadMaxBytes)],
        ]}
      />
      <p className="muted">{t('rounds.publicShareMeaning')}</p>
    </Panel>
  )
}

function SampleLinks({ slug }: { slug: string }) {
  const { t } = useTexts()
  const base = `/api/rounds/${encodeURIComponent(slug)}/training-sample`
  return (
    <>
      <a href={`${base}.npz`} download>
        {t('rounds.sampleNpz')}
      </a>
      <br />
      <a href={`${base}.zip`} download>
        {t('rounds.sampleZip')}
      </a>
    </>
  )
}
