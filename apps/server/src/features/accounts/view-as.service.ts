import { TaikaiError } from '@taikai/shared/errors'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { notify } from '../../platform/events.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { accountTopic } from '../events/events.policy.ts'
import { findUser } from './accounts.repository.ts'
import { clearViewAs, findViewAs, setViewAs } from './view-as.repository.ts'

// Stored with the instructor's own session: the cookie stays the same, and nothing that a browser sends says as whom it looks.

const viewAsMs = 30 * 60_000

type Deps = { prisma: PrismaClient; now: () => Date }
type Student = Pick<Viewer, 'id' | 'name' | 'email' | 'role'>

/**
 * The student as whom an instructor's session views the site, or null. What is over (its time, the student's account or role) is
 * ended, and logged, by the request that finds it so.
 */
export async function findViewedStudent(
  deps: Deps,
  sessionId: string,
  owner: { id: string },
): Promise<{ student: Student; until: Date } | null> {
  const viewAs = await findViewAs(deps.prisma, sessionId)
  if (viewAs === null) return null
  const student = await findUser(deps.prisma, viewAs.userId)
  if (viewAs.until > deps.now() && student?.role === 'STUDENT' && student.deactivatedAt === null) {
    const { id, name, email, role } = student
    return { student: { id, name, email, role }, until: viewAs.until }
  }
  await endViewAs(deps.prisma, { id: owner.id, ipAddress: null }, sessionId)
  return null
}

/**
 * Lets an instructor's session see the site as a student does, for 30 minutes.
 * Throws NOT_FOUND, PERSON_NOT_STUDENT, PERSON_DEACTIVATED.
 */
export async function beginViewAs(
  { prisma, now }: Deps,
  actor: Actor & { id: string },
  sessionId: string,
  studentId: string,
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const student = await findUser(tx, studentId)
    if (student === null || student.deletedAt !== null) throw new TaikaiError('NOT_FOUND')
    if (student.role !== 'STUDENT') throw new TaikaiError('PERSON_NOT_STUDENT')
    if (student.deactivatedAt !== null) throw new TaikaiError('PERSON_DEACTIVATED')
    const until = new Date(now().getTime() + viewAsMs)
    await setViewAs(tx, sessionId, { userId: student.id, until })
    const subject = { subjectType: 'user', subjectId: student.id } as const
    const after = { until: until.toISOString() }
    await recordAudit(tx, { actor, action: 'account.view-as', ...subject, after })
    await notify(tx, { topic: accountTopic(actor.id) })
  })
}

/** Gives a session back to its owner; nothing where it is theirs already. */
export async function endViewAs(
  prisma: PrismaClient,
  actor: Actor & { id: string },
  sessionId: string,
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const studentId = await clearViewAs(tx, sessionId)
    if (studentId === null) return
    const subject = { subjectType: 'user', subjectId: studentId } as const
    await recordAudit(tx, { actor, action: 'account.view-as-end', ...subject })
    await notify(tx, { topic: accountTopic(actor.id) })
  })
}
