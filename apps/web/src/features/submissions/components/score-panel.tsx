import { wilsonInterval } from '@taikai/shared/confidence-interval'
import { isMetricAvailable } from '@taikai/shared/ranking-metric'
import type { PublicScore } from '@taikai/shared/wire/submission'
import { Link } from '@tanstack/react-router'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count, percent } from '../../../lib/format.ts'
import { ConfusionMatrix } from './confusion-matrix.tsx'
import { mostConfused } from './most-confused.ts'
import classes from './score-panel.module.css'

type Props = { score: PublicScore; classNames: readonly string[] | null }

export function ScorePanels({ score, classNames }: Props) {
  const { t } = useTexts()
  const { correct, total } = score
  const [low, high] = wilsonInterval(correct, total)
  const classCount = score.perClassTotal.length
  const pair = mostConfused(score.confusionMatrix, classCount)
  const names = Array.from({ length: classCount }, (_, index) => classNames?.[index] ?? String(index))
  const metrics = [
    {
      name: t('submission.accuracy'),
      value: `${percent(correct / total)}%`,
      meaning: t('submission.accuracyMeaning', {
        correct: count(correct),
        total: count(total),
        low: percent(low),
        high: percent(high),
      }),
    },
    ...(isMetricAvailable('top5-error', classCount)
      ? [
          {
            name: t('submission.top5'),
            value: `${percent(1 - score.top5Correct / total)}%`,
            meaning: t('submission.top5Meaning'),
          },
        ]
      : []),
    {
      name: t('submission.crossEntropy'),
      value: score.crossEntropy.toFixed(4),
      meaning: t('submission.crossEntropyMeaning'),
    },
    {
      name: t('submission.squaredError'),
      value: score.squaredError.toFixed(4),
      meaning: t('submission.squaredErrorMeaning'),
    },
    {
      name: t('submission.macroF1'),
      value: score.macroF1.toFixed(4),
      meaning: t('submission.macroF1Meaning'),
    },
    {
      name: t('submission.calibration'),
      value: score.calibrationError.toFixed(4),
      meaning: t('submission.calibrationMeaning'),
    },
  ]
  return (
    <>
      <Panel title={t('submission.status.SCORED')}>
        <div className={classes.headline}>
          {metrics.map(({ name, value, meaning }) => (
            <div key={name}>
              <span className="muted">{name}</span>
              <b className="num">{value}</b>
              <span className="muted">{meaning}</span>
            </div>
          ))}
        </div>
        <p>
          <Link to="/guide/glossary">{t('submission.glossary')}</Link>
        </p>
      </Panel>
      <Panel title={t('submission.perClass')}>
        {names.map((name, index) => {
          const right = score.perClassCorrect[index] ?? 0
          const all = score.perClassTotal[index] ?? 0
          const share = all === 0 ? 0 : right / all
          return (
            <div key={name} className={classes.class}>
              <span>{name}</span>
              <svg className={classes.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="10" fill="var(--line)" />
                <rect width={share * 100} height="10" fill="var(--ai)" />
              </svg>
              <b className={`${classes.right} num`}>{(share * 100).toFixed(1)}%</b>
              <span className={`${classes.right} muted num`}>
                {t('submission.perClassText', { correct: count(right), total: count(all) })}
              </span>
            </div>
          )
        })}
      </Panel>
      <Panel title={t('submission.confusion')}>
        <p className="muted">{t('submission.confusionLead')}</p>
        {pair !== null && (
          <p>
            {t('submission.confusionMost', {
              truth: names[pair.truth] ?? '',
              predicted: names[pair.predicted] ?? '',
              count: count(pair.count),
            })}
          </p>
        )}
        <ConfusionMatrix matrix={score.confusionMatrix} names={names} />
      </Panel>
    </>
  )
}
