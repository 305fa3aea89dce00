import { Alert, Button, Loader } from '@mantine/core'
import { noBetterThanGuessing } from '@taikai/shared/preflight/advise'
import type { PreprocessingPreset } from '@taikai/shared/preprocessing'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { percent } from '../../../lib/format.ts'
import { ConfusionMatrix } from '../components/confusion-matrix.tsx'
import { InspectionFacts } from '../components/inspection-panel.tsx'
import { TrialTable } from './trial-table.tsx'
import { useAdvice } from './use-advice.ts'
import type { Preflight } from './use-preflight.ts'

type Props = {
  preflight: Preflight
  chosen: PreprocessingPreset
  classNames: readonly string[]
  onChoose(preset: PreprocessingPreset): void
}

/** What the browser found out about the chosen model, before anything is sent. A refusal stands beside the files instead. */
export function PreflightPanel({ preflight, chosen, classNames, onChoose }: Props) {
  const { t } = useTexts()
  const { inspected, tried, ended, detail } = preflight
  const own = tried.find(({ preset }) => preset === chosen)
  return (
    <Panel title={t('preflight.title')}>
      <p className="muted">{t('preflight.lead')}</p>
      {inspected !== null && <InspectionFacts inspection={inspected.inspection} />}
      {tried.length > 0 && <TrialTable tried={tried} chosen={chosen} />}
      <div role="status">
        {ended === null && (
          <p>
            <Loader size="xs" mr="xs" aria-hidden="true" />
            {inspected === null ? t('preflight.reading') : t('preflight.trying')}
          </p>
        )}
        {ended === 'not-run' && <p>{t('preflight.notRun')}</p>}
        {ended === 'no-sample' && <p>{t('preflight.noSample')}</p>}
        {ended === 'failed' && (
          <p>
            {t('preflight.failed')}
            <br />
            <span className="muted">{t('preflight.failedDetail', { detail })}</span>
          </p>
        )}
        {ended === 'done' && tried.length > 0 && <Advice {...{ tried, chosen, classNames, onChoose }} />}
      </div>
      {own !== undefined && (
        <details>
          <summary>{t('preflight.confusion', { preset: t(`submit.presets.${chosen}`) })}</summary>
          <ConfusionMatrix matrix={own.trial.confusionMatrix} names={classNames} />
        </details>
      )}
    </Panel>
  )
}

type AdviceProps = Pick<Preflight, 'tried'> & Pick<Props, 'chosen' | 'classNames' | 'onChoose'>

/** Whether the chosen preprocessing is the one that the model was trained with, as far as the sample tells. */
function Advice({ tried, chosen, classNames, onChoose }: AdviceProps) {
  const { t } = useTexts()
  const advice = useAdvice(chosen, tried)
  if (!tried.some(({ preset }) => preset === chosen)) return null
  if (advice === null) {
    const share = noBetterThanGuessing(tried, classNames.length)
    if (share === null) return <p>{t('preflight.fits')}</p>
    const shares = { best: percent(share), guess: percent(1 / classNames.length) }
    return (
      <Alert color="yellow" variant="light" c="var(--ink)" my="md" title={t('preflight.guessTitle')}>
        {t('preflight.guess', shares)}
      </Alert>
    )
  }
  return (
    <Alert color="yellow" variant="light" c="var(--ink)" my="md" title={t('preflight.adviceTitle')}>
      <p style={{ margin: '0 0 8px' }}>{advice.text}</p>
      <Button variant="default" onClick={() => onChoose(advice.preset)}>
        {advice.change}
      </Button>
    </Alert>
  )
}
