import type { Round } from '@taikai/shared/wire/round'
import { Facts } from '../../../components/ui/facts.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'

/** What there is to classify. */
export function RoundFacts({ round }: { round: Pick<Round, 'slug' | 'dataset'> }) {
  const { t } = useTexts()
  const { dataset } = round
  const [height, width, channels] = dataset.imageShape
  const images = (value: number) => t('rounds.imagesCount', { count: count(value) })
  return (
    <Panel title={t('rounds.facts')}>
      <Facts
        facts={[
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
        ]}
      />
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
