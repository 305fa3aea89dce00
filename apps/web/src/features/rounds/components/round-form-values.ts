import type { LayerClassName } from '@taikai/shared/model/layers/class-names'
import type { RankingMetric } from '@taikai/shared/ranking-metric'
import type { RoundPreset } from '@taikai/shared/round-presets'
import {
  type CreateRound,
  defaultRules,
  type Round,
  type RoundRules,
  type UpdateRound,
} from '@taikai/shared/wire/round'
import { fromWallClock, toWallClock } from '@taikai/shared/zoned-time'

const megabyte = 1024 ** 2

/** A number field holds '' while it is empty. */
type NumberField = number | string

type RuleFields = {
  metric: RankingMetric
  submissionsPerDay: NumberField
  submissionsTotal: NumberField
  uploadMaxMegabytes: NumberField
  maxParameters: NumberField
  maxMacs: NumberField
  forbiddenLayers: LayerClassName[]
  requiredLayers: LayerClassName[]
  finalPicks: NumberField
  teamSize: NumberField
  rankingNames: RoundRules['rankingNames']
  joinPolicy: RoundRules['joinPolicy']
}

/** What the form holds. Dates are wall-clock times in the round's zone, `YYYY-MM-DD HH:mm:ss`. */
export type RoundFormValues = RuleFields & {
  title: string
  slug: string
  description: string
  datasetId: string
  publicPercent: NumberField
  timeZone: string
  opensAt: string | null
  freezesAt: string | null
  closesAt: string | null
  visitorsMaySee: boolean
}

function ruleFields(rules: RoundRules): RuleFields {
  const { uploadMaxBytes, ...same } = rules
  return {
    ...same,
    uploadMaxMegabytes: uploadMaxBytes / megabyte,
    submissionsPerDay: rules.submissionsPerDay ?? '',
    submissionsTotal: rules.submissionsTotal ?? '',
    maxParameters: rules.maxParameters ?? '',
    maxMacs: rules.maxMacs ?? '',
  }
}

export function emptyRound(datasetId: string): RoundFormValues {
  return {
    title: '',
    slug: '',
    description: '',
    datasetId,
    publicPercent: 30,
    timeZone: 'Asia/Tokyo',
    opensAt: null,
    freezesAt: null,
    closesAt: null,
    visitorsMaySee: true,
    ...ruleFields(defaultRules),
  }
}

/** What a preset fills in; what it says nothing of stays as it was. */
export function presetFields({ publicPercent, rules }: RoundPreset): Partial<RoundFormValues> {
  return { publicPercent, ...ruleFields(rules) }
}

/** A wall-clock time of a zone as an instant. */
export function toInstant(wallClock: string | null, timeZone: string): string | null {
  return wallClock === null || wallClock === '' ? null : fromWallClock(wallClock, timeZone)
}

export function fromRound(round: Round): RoundFormValues {
  const { slug, title, description, timeZone, visitorsMaySee, dataset, admin } = round
  const local = (instant: string | null) => (instant === null ? null : toWallClock(instant, timeZone))
  return {
    slug,
    title,
    description,
    timeZone,
    visitorsMaySee,
    datasetId: dataset.id,
    publicPercent: admin?.publicPercent ?? '',
    opensAt: local(round.opensAt),
    freezesAt: local(round.freezesAt),
    closesAt: local(round.closesAt),
    ...ruleFields(round.rules),
  }
}

const optional = (value: NumberField) => (value === '' ? null : Number(value))

function toRules(values: RuleFields): RoundRules {
  return {
    metric: values.metric,
    submissionsPerDay: optional(values.submissionsPerDay),
    submissionsTotal: optional(values.submissionsTotal),
    uploadMaxBytes: Math.round(Number(values.uploadMaxMegabytes) * megabyte),
    maxParameters: optional(values.maxParameters),
    maxMacs: optional(values.maxMacs),
    forbiddenLayers: values.forbiddenLayers,
    requiredLayers: values.requiredLayers,
    finalPicks: Number(values.finalPicks),
    teamSize: Number(values.teamSize),
    rankingNames: values.rankingNames,
    joinPolicy: values.joinPolicy,
  }
}

export function toRequest(values: RoundFormValues): CreateRound & RoundRules {
  const { title, slug, description, datasetId, timeZone, visitorsMaySee } = values
  return {
    ...{ title: title.trim(), slug, description, datasetId, timeZone, visitorsMaySee },
    publicPercent: Number(values.publicPercent),
    opensAt: toInstant(values.opensAt, timeZone),
    freezesAt: toInstant(values.freezesAt, timeZone),
    closesAt: toInstant(values.closesAt, timeZone),
    ...toRules(values),
  }
}

/**
 * What a form changes that began with `initial`, and no more: the rest may be another by now. A date that was not touched is not
 * sent either: fields hold whole seconds, and of an hour that comes twice only the first, which would move what was written by hand.
 */
export function toChanges(values: RoundFormValues, initial: RoundFormValues): UpdateRound {
  const before = toRequest(initial)
  const changes: Partial<typeof before> = toRequest(values)
  for (const name of Object.keys(before)) {
    if (isField(before, name) && JSON.stringify(changes[name]) === JSON.stringify(before[name]))
      delete changes[name]
  }
  return changes
}

/** A form that began with `before`, now that the round is `now`: what was filled in stays, the rest follows. */
export function followRound(
  values: RoundFormValues,
  before: RoundFormValues,
  now: RoundFormValues,
): RoundFormValues {
  const unchanged = JSON.stringify(toRequest(before))
  const touched = Object.entries(values).filter(
    ([name, value]) => JSON.stringify(toRequest({ ...before, [name]: value })) !== unchanged,
  )
  // A time of day that was filled in is one of the zone that stood beside it.
  const isDated = touched.some(([name]) => name === 'opensAt' || name === 'freezesAt' || name === 'closesAt')
  return { ...now, ...(isDated && { timeZone: values.timeZone }), ...Object.fromEntries(touched) }
}

const isField = <T extends object>(of: T, name: PropertyKey): name is keyof T => name in of
