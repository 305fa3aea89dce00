import { betterDirection } from '@taikai/shared/ranking-metric'
import type { Round, RoundRules } from '@taikai/shared/wire/round'
import type { ReactNode } from 'react'
import { RoundTime } from '../../../components/ui/round-time.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count, fileSize, zoneName } from '../../../lib/format.ts'
import classes from './rules-list.module.css'

type Props = {
  round: Pick<Round, 'opensAt' | 'freezesAt' | 'closesAt' | 'timeZone' | 'rules' | 'publicCount'>
  hiddenCount: number
}

/** The rules of a round in words: what students have to know before they train. */
export function RulesList({ round, hiddenCount }: Props) {
  const { t } = useTexts()
  const { rules, publicCount, timeZone } = round
  const images = {
    hidden: count(hiddenCount),
    public: count(publicCount),
    private: count(hiddenCount - publicCount),
  }
  const date = (instant: string | null, none: string, meaning?: string) => {
    if (instant === null) return none
    return (
      <>
        <RoundTime instant={instant} timeZone={timeZone} />
        {meaning !== undefined && <Lines lines={[meaning]} />}
      </>
    )
  }
  const lines: (readonly [name: string, value: ReactNode])[] = [
    [t('rules.opens'), date(round.opensAt, t('rounds.notScheduled'))],
    [t('rules.closes'), date(round.closesAt, t('rounds.noEnd'), t('rules.closesText'))],
    [t('rules.metric'), <MetricText key="metric" metric={rules.metric} />],
    [t('rules.public'), t('rules.publicText', images)],
    [t('rules.quota'), <QuotaText key="quota" rules={rules} timeZone={timeZone} />],
    [t('rules.model'), <ModelText key="model" rules={rules} />],
    [t('rules.picks'), t('rules.picksText', { limit: rules.finalPicks })],
    [
      t('rules.team'),
      rules.teamSize === 1 ? t('rules.alone') : t('rules.teamText', { limit: rules.teamSize }),
    ],
    [t('rules.names'), t(`rules.namesText.${rules.rankingNames}`)],
    [t('rules.join'), t(`rules.joinText.${rules.joinPolicy}`)],
  ]
  if (round.freezesAt !== null)
    lines.splice(1, 0, [t('rules.freezes'), date(round.freezesAt, '', t('rules.freezesText'))])
  return (
    <dl className={classes.rules}>
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function MetricText({ metric }: Pick<RoundRules, 'metric'>) {
  const { t } = useTexts()
  const words = { name: t(`rules.metrics.${metric}`), meaning: t(`rules.meanings.${metric}`) }
  return t(`rules.${betterDirection(metric)}`, words)
}

function QuotaText({ rules, timeZone }: { rules: RoundRules; timeZone: string }) {
  const { t, locale } = useTexts()
  const { submissionsPerDay, submissionsTotal } = rules
  if (submissionsPerDay === null && submissionsTotal === null) {
    return <Lines lines={[t('rules.unlimited'), t('rules.oneAtATime')]} />
  }
  const lines = [
    submissionsPerDay !== null &&
      t('rules.perDay', { limit: count(submissionsPerDay), zone: zoneName(timeZone, locale) }),
    submissionsTotal !== null && t('rules.total', { limit: count(submissionsTotal) }),
    t('rules.quotaReturns'),
    t('rules.oneAtATime'),
  ]
  return <Lines lines={lines} />
}

function ModelText({ rules }: { rules: RoundRules }) {
  const { t } = useTexts()
  const { forbiddenLayers, requiredLayers, maxParameters, maxMacs } = rules
  const lines = [
    t('rules.upload', { limit: fileSize(rules.uploadMaxBytes) }),
    maxParameters !== null && t('rules.parameters', { limit: count(maxParameters) }),
    maxMacs !== null && t('rules.macs', { limit: count(maxMacs) }),
    forbiddenLayers.length > 0 && `${t('rules.forbidden')}: ${forbiddenLayers.join(', ')}`,
    requiredLayers.length > 0 && t('rules.requiredText', { layers: requiredLayers.join(', ') }),
    forbiddenLayers.length + requiredLayers.length > 0 && t('rules.onlyLayers'),
  ]
  return <Lines lines={lines} />
}

function Lines({ lines }: { lines: readonly (string | false)[] }) {
  return lines.filter((line) => line !== false).map((line) => <div key={line}>{line}</div>)
}
