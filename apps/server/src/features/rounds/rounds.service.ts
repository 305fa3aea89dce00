import { randomBytes, randomInt } from 'node:crypto'
import { TaikaiError } from '@taikai/shared/errors'
import { type RoundDates, roundState } from '@taikai/shared/round-state'
import { type CreateRound, defaultRules, roundRulesSchema, type UpdateRound } from '@taikai/shared/wire/round'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { rulesOf } from './round-rules.ts'
import { canSeeRound, opensRegistration } from './rounds.policy.ts'
import {
  countSubmissions,
  deleteRoundRow,
  findRoundForViewer,
  insertRound,
  listOpenlyJoinable,
  lockRound,
  type RoundForViewer,
  type RoundRow,
  updateRoundRow,
} from './rounds.repository.ts'

/** Without letters and digits that are mistaken for each other (0 O, 1 I L). */
const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const codeLength = 8

function newJoinCode(): string {
  return Array.from({ length: codeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('')
}

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

/** Makes a round with a join code and a secret split of its own. Throws SLUG_TAKEN, ROUND_DATES_INVALID, NOT_FOUND (dataset). */
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
    splitSeed: randomBytes(32).toString('hex'),
    joinCode: newJoinCode(),
    createdAt: now,
  })
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
    await recordRound(tx, actor, 'round.create', round, null, round)
    return round
  })
}

/** Changes what `changes` holds. Throws NOT_FOUND, ROUND_DATES_INVALID, and ROUND_LOCKED where the split would move under submissions. */
export async function updateRound(
  prisma: PrismaClient,
  actor: Actor,
  slug: string,
  changes: UpdateRound,
): Promise<RoundRow> {
  return changeRound(prisma, actor, slug, 'round.update', async (tx, round) => {
    const splitMoves =
      (changes.datasetId !== undefined && changes.datasetId !== round.datasetId) ||
      (changes.publicPercent !== undefined && changes.publicPercent !== round.publicPercent)
    if (splitMoves && (await countSubmissions(tx, round.id)) > 0) throw new TaikaiError('ROUND_LOCKED')
    const dates = {
      opensAt: changes.opensAt === undefined ? round.opensAt : toDate(changes.opensAt),
      freezesAt: changes.freezesAt === undefined ? round.freezesAt : toDate(changes.freezesAt),
      closesAt: changes.closesAt === undefined ? round.closesAt : toDate(changes.closesAt),
    }
    requireDatesInOrder(dates)
    return updateRoundRow(tx, round, {
      title: changes.title ?? round.title,
      description: changes.description ?? round.description,
      datasetId: changes.datasetId ?? round.datasetId,
      publicPercent: changes.publicPercent ?? round.publicPercent,
      timeZone: changes.timeZone ?? round.timeZone,
      ...roundRulesSchema.parse({ ...rulesOf(round), ...changes }),
      visitorsMaySee: changes.visitorsMaySee ?? round.visitorsMaySee,
      ...dates,
    })
  })
}

/** Opens a draft or scheduled round now. Throws NOT_FOUND, ROUND_TRANSITION_INVALID. */
export async function openRound(
  prisma: PrismaClient,
  actor: Actor,
  slug: string,
  now: Date,
): Promise<RoundRow> {
  return changeRound(prisma, actor, slug, 'round.open', async (tx, round) => {
    requireState(round, ['draft', 'scheduled'], now)
    return updateRoundRow(tx, round, { opensAt: now })
  })
}

/** Closes an open round now. Throws NOT_FOUND, ROUND_TRANSITION_INVALID. */
export async function closeRound(
  prisma: PrismaClient,
  actor: Actor,
  slug: string,
  now: Date,
): Promise<RoundRow> {
  return changeRound(prisma, actor, slug, 'round.close', async (tx, round) => {
    requireState(round, ['open', 'frozen'], now)
    return updateRoundRow(tx, round, { closesAt: now })
  })
}

/** Deletes a round and its entries. Throws NOT_FOUND, and ROUND_LOCKED once anything was submitted. */
export async function deleteRound(prisma: PrismaClient, actor: Actor, slug: string): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const round = await lockRound(tx, slug)
    if (round === null) throw new TaikaiError('NOT_FOUND')
    if ((await countSubmissions(tx, round.id)) > 0) throw new TaikaiError('ROUND_LOCKED')
    await deleteRoundRow(tx, round.id)
    await recordRound(tx, actor, 'round.delete', round, round, null)
    await notify(tx, { topic: 'rounds' })
  })
}

async function changeRound(
  prisma: PrismaClient,
  actor: Actor,
  slug: string,
  action: string,
  change: (tx: Db, round: RoundRow) => Promise<RoundRow>,
): Promise<RoundRow> {
  return prisma.$transaction(async (tx) => {
    const before = await lockRound(tx, slug)
    if (before === null) throw new TaikaiError('NOT_FOUND')
    const after = await change(tx, before)
    await recordRound(tx, actor, action, after, before, after)
    for (const topic of ['rounds', `round/${slug}`, `leaderboard/${slug}`]) await notify(tx, { topic })
    return after
  })
}

function requireState(round: RoundRow, allowed: readonly string[], now: Date): void {
  const state = roundState(round, now)
  if (!allowed.includes(state)) throw new TaikaiError('ROUND_TRANSITION_INVALID', { state })
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

async function recordRound(
  tx: Db,
  actor: Actor,
  action: string,
  round: RoundRow,
  before: RoundRow | null,
  after: RoundRow | null,
): Promise<void> {
  await recordAudit(tx, {
    actor,
    action,
    subjectType: 'round',
    subjectId: round.slug,
    ...(before && { before: auditedFields(before) }),
    ...(after && { after: auditedFields(after) }),
  })
}

/** What the audit log keeps of a round: everything that instructors set, and no secret. */
function auditedFields(round: RoundRow) {
  return {
    title: round.title,
    description: round.description,
    datasetId: round.datasetId,
    publicPercent: round.publicPercent,
    timeZone: round.timeZone,
    opensAt: round.opensAt?.toISOString() ?? null,
    freezesAt: round.freezesAt?.toISOString() ?? null,
    closesAt: round.closesAt?.toISOString() ?? null,
    publishedAt: round.publishedAt?.toISOString() ?? null,
    visitorsMaySee: round.visitorsMaySee,
    ...rulesOf(round),
  }
}
