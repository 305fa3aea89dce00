import { randomBytes } from 'node:crypto'
import { TaikaiError } from '@taikai/shared/errors'
import { isMetricAvailable } from '@taikai/shared/ranking-metric'
import type { RoundDates } from '@taikai/shared/round-state'
import {
  type CloneRound,
  type CreateRound,
  defaultRules,
  roundRulesSchema,
  type UpdateRound,
} from '@taikai/shared/wire/round'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import type { Actor } from '../audit/audit.repository.ts'
import { findDataset } from '../datasets/datasets.repository.ts'
import { changeRound, recordRound } from './change-round.ts'
import { newJoinCode } from './join-code.ts'
import { rulesOf } from './round-rules.ts'
import { canSeeRound, opensRegistration } from './rounds.policy.ts'
import {
  countSubmissions,
  deleteRoundRow,
  findRoundBySlug,
  findRoundForViewer,
  insertRound,
  listOpenlyJoinable,
  lockRound,
  type RoundForViewer,
  type RoundRow,
  updateRoundRow,
} from './rounds.repository.ts'

/** The round, for a viewer who may see it. Throws NOT_FOUND, for what is hidden as for what does not exist. */
export async function visibleRound(
  db: Db,
  viewer: Viewer | null,
  slug: string,
  now: Date,
): Promise<RoundForViewer> {
  const round = await findRoundForViewer(db, slug, viewer?.id ?? null)
  if (round === null || !canSeeRound(viewer, round, round.entries.length > 0, now)) {
    throw new TaikaiError('NOT_FOUND')
  }
  return round
}

/** Whether an account can be made without a code or an invitation. */
export async function isRegistrationOpen(db: Db, now: Date): Promise<boolean> {
  return (await listOpenlyJoinable(db)).some((round) => opensRegistration(round, now))
}

/** What no two rounds share: the code by which one joins, and the secret that decides which hidden images are public. */
function newSecrets() {
  return { splitSeed: randomBytes(32).toString('hex'), joinCode: newJoinCode() }
}

/**
 * Makes a round with a join code and a secret split of its own. To be called in a transaction.
 * Throws SLUG_TAKEN, ROUND_DATES_INVALID, METRIC_UNAVAILABLE, NOT_FOUND (dataset).
 */
export async function createRound(db: Db, input: CreateRound, now: Date): Promise<RoundRow> {
  const dates = {
    opensAt: toDate(input.opensAt),
    freezesAt: toDate(input.freezesAt),
    closesAt: toDate(input.closesAt),
  }
  requireDatesInOrder(dates)
  const { slug, title, description, datasetId, publicPercent, timeZone, visitorsMaySee } = input
  const round = await insertRound(db, {
    ...{ slug, title, description, datasetId, publicPercent, timeZone, visitorsMaySee },
    ...roundRulesSchema.parse({ ...defaultRules, ...input }),
    ...dates,
    ...newSecrets(),
    createdAt: now,
  })
  requireMetricAvailable(round)
  await notify(db, { topic: 'rounds' })
  return round
}

/** Creates a round by an instructor, with its audit event. */
export async function createRoundAs(
  prisma: PrismaClient,
  actor: Actor,
  input: CreateRound,
  now: Date,
): Promise<RoundRow> {
  return prisma.$transaction(async (tx) => {
    const round = await createRound(tx, input, now)
    await recordRound(tx, actor, 'round.create', null, round)
    return round
  })
}

/** A draft with the settings and rules of another round, and secrets of its own. Throws NOT_FOUND, SLUG_TAKEN. */
export async function cloneRound(
  prisma: PrismaClient,
  actor: Actor,
  from: string,
  input: CloneRound,
  now: Date,
): Promise<RoundRow> {
  return prisma.$transaction(async (tx) => {
    const source = await findRoundBySlug(tx, from)
    if (source === null) throw new TaikaiError('NOT_FOUND')
    const { description, datasetId, publicPercent, timeZone, visitorsMaySee } = source
    const round = await insertRound(tx, {
      ...input,
      ...{ description, datasetId, publicPercent, timeZone, visitorsMaySee },
      ...rulesOf(source),
      ...newSecrets(),
      createdAt: now,
    })
    await recordRound(tx, actor, 'round.clone', null, round)
    await notify(tx, { topic: 'rounds' })
    return round
  })
}

/**
 * The round as `changes` would make it; writes nothing. Throws ROUND_DATES_INVALID, METRIC_UNAVAILABLE, NOT_FOUND (dataset),
 * ROUND_LOCKED where the split would move under submissions, and ROUND_TRANSITION_INVALID where what a published ranking rests on
 * would change.
 */
export async function changedRound(db: Db, round: RoundRow, changes: UpdateRound): Promise<RoundRow> {
  const splitMoves =
    (changes.datasetId !== undefined && changes.datasetId !== round.datasetId) ||
    (changes.publicPercent !== undefined && changes.publicPercent !== round.publicPercent)
  if (splitMoves && (await countSubmissions(db, round.id)) > 0) throw new TaikaiError('ROUND_LOCKED')
  const dates = {
    opensAt: changes.opensAt === undefined ? round.opensAt : toDate(changes.opensAt),
    freezesAt: changes.freezesAt === undefined ? round.freezesAt : toDate(changes.freezesAt),
    closesAt: changes.closesAt === undefined ? round.closesAt : toDate(changes.closesAt),
  }
  requireDatesInOrder(dates)
  const { maxParameters, maxMacs, ...rules } = roundRulesSchema.parse({ ...rulesOf(round), ...changes })
  if (round.publishedAt !== null) requireSameResult(round, { ...dates, ...rules })
  const datasetId = changes.datasetId ?? round.datasetId
  const dataset = datasetId === round.datasetId ? round.dataset : await findDataset(db, datasetId)
  if (dataset === null) throw new TaikaiError('NOT_FOUND')
  const changed = {
    ...round,
    title: changes.title ?? round.title,
    description: changes.description ?? round.description,
    publicPercent: changes.publicPercent ?? round.publicPercent,
    timeZone: changes.timeZone ?? round.timeZone,
    visitorsMaySee: changes.visitorsMaySee ?? round.visitorsMaySee,
    ...{ datasetId, dataset },
    ...rules,
    maxParameters: maxParameters === null ? null : BigInt(maxParameters),
    maxMacs: maxMacs === null ? null : BigInt(maxMacs),
    ...dates,
  }
  requireMetricAvailable(changed)
  return changed
}

/** Changes what `changes` holds. Throws NOT_FOUND and what `changedRound` throws. */
export async function updateRound(
  prisma: PrismaClient,
  actor: Actor,
  slug: string,
  changes: UpdateRound,
): Promise<RoundRow> {
  return changeRound(prisma, actor, slug, 'round.update', async (tx, round) => {
    const { dataset: _, id: __, updatedAt: ___, ...row } = await changedRound(tx, round, changes)
    return updateRoundRow(tx, round, row)
  })
}

/** Deletes a round and its entries. Throws NOT_FOUND, and ROUND_LOCKED once anything was submitted. */
export async function deleteRound(prisma: PrismaClient, actor: Actor, slug: string): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const round = await lockRound(tx, slug)
    if (round === null) throw new TaikaiError('NOT_FOUND')
    if ((await countSubmissions(tx, round.id)) > 0) throw new TaikaiError('ROUND_LOCKED')
    await deleteRoundRow(tx, round.id)
    await recordRound(tx, actor, 'round.delete', round, null)
    await notify(tx, { topic: 'rounds' })
  })
}

/** Which metrics there are depends on the dataset, which the row brings: a refusal rolls the row back. */
function requireMetricAvailable(round: RoundRow): void {
  const { metric } = rulesOf(round)
  if (!isMetricAvailable(metric, round.dataset.classNames.length)) throw new TaikaiError('METRIC_UNAVAILABLE')
}

type ResultBasis = Pick<RoundRow, 'opensAt' | 'freezesAt' | 'closesAt' | 'metric' | 'finalPicks'>

/** A published ranking stands: dates, metric and number of picks that it was made with stay. */
function requireSameResult(before: ResultBasis, after: ResultBasis): void {
  const basis = ({ opensAt, freezesAt, closesAt, metric, finalPicks }: ResultBasis) =>
    JSON.stringify([opensAt, freezesAt, closesAt, metric, finalPicks])
  if (basis(before) !== basis(after))
    throw new TaikaiError('ROUND_TRANSITION_INVALID', { state: 'published' })
}

/** A round opens before it freezes or closes; a freeze after the close would never come. */
function requireDatesInOrder(dates: Omit<RoundDates, 'publishedAt'>): void {
  const { opensAt, freezesAt, closesAt } = dates
  const begins = opensAt?.getTime() ?? Number.POSITIVE_INFINITY
  const ends = closesAt?.getTime() ?? Number.POSITIVE_INFINITY
  const freezes = freezesAt?.getTime() ?? begins
  if (
    (opensAt === null && (freezesAt ?? closesAt) !== null) ||
    ends < begins ||
    freezes < begins ||
    freezes > ends
  )
    throw new TaikaiError('ROUND_DATES_INVALID')
}

function toDate(iso: string | null): Date | null {
  return iso === null ? null : new Date(iso)
}
