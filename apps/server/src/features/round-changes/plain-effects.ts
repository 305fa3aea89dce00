import { roundState } from '@taikai/shared/round-state'
import { type ChangeEffect, roundDates } from '@taikai/shared/wire/round-changes'
import { rulesOf } from '../rounds/round-rules.ts'
import type { RoundRow } from '../rounds/rounds.repository.ts'

/** What a change of a round does that can be told from its two rows alone. */
export function plainEffects(before: RoundRow, after: RoundRow, now: Date): ChangeEffect[] {
  return [
    ...stateEffects(before, after, now),
    ...settingEffects(before, after),
    ...ruleEffects(before, after),
  ]
}

function stateEffects(before: RoundRow, after: RoundRow, now: Date): ChangeEffect[] {
  const effects: ChangeEffect[] = []
  const [from, to] = [roundState(before, now), roundState(after, now)]
  if (from !== to) effects.push({ code: 'STATE', from, to })
  for (const date of roundDates) {
    const [old, moved] = [before[date]?.toISOString() ?? null, after[date]?.toISOString() ?? null]
    if (old !== moved) effects.push({ code: 'DATE', date, from: old, to: moved })
  }
  return effects
}

function settingEffects(before: RoundRow, after: RoundRow): ChangeEffect[] {
  const effects: ChangeEffect[] = []
  if (before.title !== after.title || before.description !== after.description)
    effects.push({ code: 'TEXTS' })
  if (before.timeZone !== after.timeZone) {
    effects.push({ code: 'TIME_ZONE', from: before.timeZone, to: after.timeZone })
  }
  if (before.datasetId !== after.datasetId) {
    effects.push({ code: 'DATASET', from: datasetName(before), to: datasetName(after) })
  }
  if (before.publicPercent !== after.publicPercent) {
    effects.push({ code: 'PUBLIC_SHARE', from: before.publicPercent, to: after.publicPercent })
  }
  if (before.visitorsMaySee !== after.visitorsMaySee) {
    effects.push({ code: 'VISITORS', visible: after.visitorsMaySee })
  }
  return effects
}

function ruleEffects(before: RoundRow, after: RoundRow): ChangeEffect[] {
  const [from, to] = [rulesOf(before), rulesOf(after)]
  const effects: ChangeEffect[] = []
  if (from.rankingNames !== to.rankingNames) {
    effects.push({ code: 'NAMES', from: from.rankingNames, to: to.rankingNames })
  }
  if (from.joinPolicy !== to.joinPolicy) {
    effects.push({ code: 'JOIN_POLICY', from: from.joinPolicy, to: to.joinPolicy })
  }
  return effects
}

const datasetName = ({ dataset }: RoundRow) => `${dataset.name} (${dataset.version})`
