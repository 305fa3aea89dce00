import type { Inspection } from '@taikai/shared/model/inspection'
import type { PublicScore } from '@taikai/shared/wire/submission'
import type { ReactNode } from 'react'
import { GlossaryLink } from '../../../components/ui/glossary-link.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { CalibrationPanel } from './calibration-panel.tsx'
import { ConfusionMatrix } from './confusion-matrix.tsx'
import { MetricPanel } from './metric-panel.tsx'
import { mostConfused } from './most-confused.ts'
import classes from './score-panel.module.css'

type Props = {
  score: PublicScore
  classNames: readonly string[] | null
  outputKind: Inspection['outputKind']
  /** What stands between the numbers and what they are made of. */
  children?: ReactNode
}

/** A score, explained: each metric, each class, the mistakes, and how far the model knows what it knows. */
export function ScorePanels({ score, classNames, outputKind, children }: Props) {
  const { t, gap } = useTexts()
  const classCount = score.perClassTotal.length
  const pair = mostConfused(score.confusionMatrix, classCount)
  const names = Array.from({ length: classCount }, (_, index) => classNames?.[index] ?? String(index))
  // Sigmoids say of each class alone how likely it is: of them the largest is no confidence in the answer.
  const hasConfidence = outputKind !== 'sigmoids'
  return (
    <>
      <MetricPanel score={score} hasConfidence={hasConfidence} />
      {children}
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
        <p className="muted">
          {t('submission.confusionLead')}
          {gap}
          <GlossaryLink word="confusion-matrix">{t('submission.confusionGuide')}</GlossaryLink>
        </p>
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
      {hasConfidence && score.calibrationBins.length > 0 && <CalibrationPanel score={score} />}
    </>
  )
}
