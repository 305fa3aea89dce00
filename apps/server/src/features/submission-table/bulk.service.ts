import { type ErrorCode, TaikaiError } from '@taikai/shared/errors'
import type { BulkAction, BulkResult } from '@taikai/shared/wire/submission-table'
import type { Actor } from '../audit/audit.repository.ts'
import { findScoredSubmission } from '../rescores/rescores.repository.ts'
import { type RescoreDeps, startSelectionRescore } from '../rescores/rescores.service.ts'
import { retrySubmission } from '../submissions/retry.service.ts'
import { cancelSubmission } from '../submissions/submissions.service.ts'

export type BulkDeps = RescoreDeps & { now: () => Date }

/**
 * Does the same with each submission, each in a transaction of its own: one that is refused holds up no other. Submissions of one
 * round that are to be rescored become one rescore, because a round has one at a time.
 */
export async function runBulkAction(
  deps: BulkDeps,
  actor: Actor & { id: string },
  { action, ids }: BulkAction,
): Promise<BulkResult> {
  const result: BulkResult = { done: [], refused: [] }
  const groups = action === 'rescore' ? await byRound(deps, ids) : [...new Set(ids)].map((id) => [id])
  for (const group of groups) {
    const code = await outcomeOf(() => act(deps, actor, action, group))
    if (code === null) result.done.push(...group)
    else result.refused.push(...group.map((id) => ({ id, code })))
  }
  return result
}

async function act(
  deps: BulkDeps,
  actor: Actor & { id: string },
  action: BulkAction['action'],
  group: readonly string[],
): Promise<void> {
  if (action === 'rescore') {
    await startSelectionRescore(deps, actor, group)
    return
  }
  const viewer = { id: actor.id, role: 'INSTRUCTOR' } as const
  for (const id of group) {
    if (action === 'cancel') await cancelSubmission(deps.prisma, actor, { id, viewer, now: deps.now() })
    else await retrySubmission(deps, actor, id, deps.now())
  }
}

/** Submissions by their round; those that are not scored each alone, to be refused. */
async function byRound({ prisma }: BulkDeps, ids: readonly string[]): Promise<string[][]> {
  const groups = new Map<string, string[]>()
  for (const id of new Set(ids)) {
    const found = await findScoredSubmission(prisma, id)
    const key = found?.status === 'SCORED' ? found.round.slug : id
    groups.set(key, [...(groups.get(key) ?? []), id])
  }
  return [...groups.values()]
}

/** The code of a refusal; null when it was done. What is no refusal is thrown. */
async function outcomeOf(attempt: () => Promise<void>): Promise<ErrorCode | null> {
  try {
    await attempt()
    return null
  } catch (error) {
    if (error instanceof TaikaiError) return error.code
    throw error
  }
}
