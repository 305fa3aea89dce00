import { TaikaiError } from '@taikai/shared/errors'
import { inspectionSchema } from '@taikai/shared/model/inspection'
import { checkLayerRules, type RoundModelRules } from '@taikai/shared/model/layer-rules'
import type { ChangeEffect } from '@taikai/shared/wire/round-changes'
import { zonedDay } from '@taikai/shared/zoned-time'
import type { Db } from '../../platform/prisma.ts'
import { findPublicStandings } from '../leaderboard/leaderboard.repository.ts'
import { rankRows } from '../leaderboard/ranking.ts'
import { rulesOf } from '../rounds/round-rules.ts'
import type { RoundRow } from '../rounds/rounds.repository.ts'
import {
  countMacsAbove,
  countParametersAbove,
  countReceivedFrom,
  countUploadsAbove,
  findInspections,
  membersByTeam,
  picksByTeam,
  quotaUseByTeam,
} from './round-changes.repository.ts'

type Change = { db: Db; before: RoundRow; after: RoundRow; now: Date }

/** What a change does to teams and submissions that are there. Only what changes is counted. */
export async function countedEffects(change: Change): Promise<ChangeEffect[]> {
  return [
    ...(await lateEffects(change)),
    ...(await rankingEffects(change)),
    ...(await quotaEffects(change)),
    ...(await modelEffects(change)),
    ...(await teamEffects(change)),
  ]
}

async function lateEffects({ db, before, after }: Change): Promise<ChangeEffect[]> {
  const { closesAt } = after
  if (closesAt === null || closesAt.getTime() === before.closesAt?.getTime()) return []
  const submissions = await countReceivedFrom(db, before.id, closesAt)
  return submissions === 0 ? [] : [{ code: 'LATE_SUBMISSIONS', submissions }]
}

async function rankingEffects({ db, before, after }: Change): Promise<ChangeEffect[]> {
  const [from, to] = [rulesOf(before).metric, rulesOf(after).metric]
  if (from === to) return []
  const ranksBy = async (metric: typeof from) => {
    const standings = await findPublicStandings(db, { id: before.id, metric }, null)
    return new Map(rankRows(metric, standings).map(({ entryId, rank }) => [entryId, rank]))
  }
  const [old, moved] = [await ranksBy(from), await ranksBy(to)]
  const teams = [...old].filter(([entryId, rank]) => moved.get(entryId) !== rank).length
  return [{ code: 'METRIC', from, to, teams }]
}

async function quotaEffects({ db, before, after, now }: Change): Promise<ChangeEffect[]> {
  const effects: ChangeEffect[] = []
  const [from, to] = [rulesOf(before), rulesOf(after)]
  const usedUp = async (limit: number | null, ofDay: boolean) =>
    limit === null
      ? 0
      : atLeast(limit, await quotaUseByTeam(db, before.id, ofDay ? zonedDay(now, after.timeZone) : null))
  if (from.submissionsPerDay !== to.submissionsPerDay) {
    const limits = { from: from.submissionsPerDay, to: to.submissionsPerDay }
    effects.push({ code: 'QUOTA_DAY', ...limits, teams: await usedUp(limits.to, true) })
  }
  if (from.submissionsTotal !== to.submissionsTotal) {
    const limits = { from: from.submissionsTotal, to: to.submissionsTotal }
    effects.push({ code: 'QUOTA_TOTAL', ...limits, teams: await usedUp(limits.to, false) })
  }
  return effects
}

async function modelEffects({ db, before, after }: Change): Promise<ChangeEffect[]> {
  const effects: ChangeEffect[] = []
  const [from, to] = [rulesOf(before), rulesOf(after)]
  const { id } = before
  if (from.uploadMaxBytes !== to.uploadMaxBytes) {
    const limits = { from: from.uploadMaxBytes, to: to.uploadMaxBytes }
    effects.push({ code: 'UPLOAD_BYTES', ...limits, submissions: await countUploadsAbove(db, id, limits.to) })
  }
  if (from.maxParameters !== to.maxParameters) {
    const limits = { from: from.maxParameters, to: to.maxParameters }
    const submissions = limits.to === null ? 0 : await countParametersAbove(db, id, limits.to)
    effects.push({ code: 'PARAMETERS', ...limits, submissions })
  }
  if (from.maxMacs !== to.maxMacs) {
    const limits = { from: from.maxMacs, to: to.maxMacs }
    const submissions = limits.to === null ? 0 : await countMacsAbove(db, id, limits.to)
    effects.push({ code: 'MACS', ...limits, submissions })
  }
  if (layersOf(from) !== layersOf(to)) {
    const rules = { ...to, maxParameters: null, maxMacs: null }
    const inspections = await findInspections(db, id)
    const broken = inspections.filter((inspection) => breaksRules(inspection, rules))
    effects.push({ code: 'LAYERS', submissions: broken.length })
  }
  return effects
}

async function teamEffects({ db, before, after }: Change): Promise<ChangeEffect[]> {
  const effects: ChangeEffect[] = []
  const [from, to] = [rulesOf(before), rulesOf(after)]
  if (from.finalPicks !== to.finalPicks) {
    const limits = { from: from.finalPicks, to: to.finalPicks }
    const teams = atLeast(limits.to + 1, await picksByTeam(db, before.id))
    effects.push({ code: 'FINAL_PICKS', ...limits, teams })
  }
  if (from.teamSize !== to.teamSize) {
    const limits = { from: from.teamSize, to: to.teamSize }
    const teams = atLeast(limits.to + 1, await membersByTeam(db, before.id))
    effects.push({ code: 'TEAM_SIZE', ...limits, teams })
  }
  return effects
}

const atLeast = (limit: number, counts: readonly number[]) => counts.filter((count) => count >= limit).length

const layersOf = ({ requiredLayers, forbiddenLayers }: RoundModelRules) =>
  JSON.stringify([requiredLayers, forbiddenLayers])

function breaksRules(inspection: unknown, rules: RoundModelRules): boolean {
  const { requiredLayers, forbiddenLayers, maxParameters, maxMacs } = rules
  try {
    checkLayerRules(inspectionSchema.parse(inspection), {
      requiredLayers,
      forbiddenLayers,
      maxParameters,
      maxMacs,
    })
    return false
  } catch (error) {
    if (error instanceof TaikaiError) return true
    throw error
  }
}
