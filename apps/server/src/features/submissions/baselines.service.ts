import { TaikaiError } from '@taikai/shared/errors'
import type { BaselineMeta } from '@taikai/shared/wire/submission'
import type { Round } from '../../generated/prisma/client.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { createBaselineEntry } from '../entries/entries.service.ts'
import { findRoundBySlug } from '../rounds/rounds.repository.ts'
import { type CreateSubmissionDeps, createSubmission, type StagedFile } from './submissions.service.ts'

/** Throws NOT_FOUND. */
export async function requireRound({ prisma }: CreateSubmissionDeps, slug: string): Promise<Round> {
  const round = await findRoundBySlug(prisma, slug)
  if (round === null) throw new TaikaiError('NOT_FOUND')
  return round
}

/**
 * Submits an instructor's model as a baseline, in an entry of its own: whatever the round's state, outside quota, within its rules
 * on models. Throws ENTRY_NAME_TAKEN, and what inspection and rules refuse; then nothing is left, the entry included.
 */
export async function createBaseline(
  deps: CreateSubmissionDeps,
  actor: Actor,
  {
    round,
    receivedAt,
    meta: { name, ...meta },
    files,
  }: { round: Round; receivedAt: Date; meta: BaselineMeta; files: readonly StagedFile[] },
): Promise<{ id: string }> {
  return createSubmission(deps, {
    round,
    submittedById: actor.id,
    receivedAt,
    meta,
    files,
    entryId: async (tx, id) => {
      const entry = await createBaselineEntry(tx, round.id, name)
      await recordAudit(tx, {
        actor,
        action: 'baseline.create',
        subjectType: 'submission',
        subjectId: id,
        after: { round: round.slug, name, label: meta.label },
      })
      return entry.id
    },
  })
}
