import { wilsonInterval } from '@taikai/shared/confidence-interval'
import { isMetricAvailable } from '@taikai/shared/ranking-metric'
import type { PublicScore } from '@taikai/shared/wire/submission'
import { Link } from '@tanstack/react-router'
import { GlossaryLink } from '../../../components/ui/glossary-link.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count, percent } from '../../../lib/format.ts'
import type { GlossaryWord } from '../../../lib/glossary-words.ts'
import classes from './score-panel.module.css'

type Metric = {
  name: string
  value: string
  meaning: string /** Its word in the glossary. */
  word: GlossaryWord
}

/** Every metric of a score with what it means, and its place in the glossary. */
export function MetricPanel({ score, hasConfidence }: { score: PublicScore; hasConfidence: boolean }) {
  const { t } = useTexts()
  const metrics = useMetrics(score, hasConfidence)
  return (
    <Panel title={t('submission.status.SCORED')}>
      <div className={classes.headline}>
        {metrics.map(({ name, value, meaning, word }) => (
          <div key={word}>
            <GlossaryLink word={word}>{name}</GlossaryLink>
            <b className="num">{value}</b>
            <span className="muted">{meaning}</span>
          </div>
        ))}
      </div>
      <p>
        <Link to="/guide/glossary">{t('submission.glossary')}</Link>
      </p>
    </Panel>
  )
}

function useMetrics(score: PublicScore, hasConfidence: boolean): Metric[] {
  const { t } = useTexts()
  const { correct, total } = score
  const [low, high] = wilsonInterval(correct, total)
  const shares = { correct: count(correct), total: count(total), low: percent(low), high: percent(high) }
  return [
    {
      name: t('submission.accuracy'),
      value: `${percent(correct / total)}%`,
      meaning: t('submission.accuracyMeaning', shares),
      word: 'accuracy',
    },
    ...(isMetricAvailable('top5-error', score.perClassTotal.length)
      ? [
          {
            name: t('submission.top5'),
            value: `${percent(1 - score.top5Correct / total)}%`,
            meaning: t('submission.top5Meaning'),
            word: 'top-5-error' as const,
          },
        ]
      : []),
    {
      name: t('submission.crossEntropy'),
      value: score.crossEntropy.toFixed(4),
      meaning: t('submission.crossEntropyMeaning'),
      word: 'cross-entropy',
    },
    {
      name: t('submission.squaredError'),
      value: score.squaredError.toFixed(4),
      meaning: t('submission.squaredErrorMeaning'),
      word: 'squared-error',
    },
    {
      name: t('submission.macroF1'),
      value: score.macroF1.toFixed(4),
      meaning: t('submission.macroF1Meaning'),
      word: 'macro-f1',
    },
    ...(hasConfidence
      ? [
          {
            name: t('submission.calibration'),
            value: score.calibrationError.toFixed(4),
            meaning: t('submission.calibrationMeaning'),
            word: 'ece' as const,
          },
        ]
      : []),
  ]
}
