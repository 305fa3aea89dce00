import { namedAuditActions } from '@taikai/shared/messages/audit-action'
import { namedAuditFields } from '@taikai/shared/messages/audit-words'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { TestClient } from '../../http/test-client.ts'
import {
  buildRoundInput,
  insertScored,
  registeredStudent,
  seedRound,
  signedInInstructor,
} from '../../http/test-data.ts'
import { claimRun, finishUnscored } from '../../jobs/runs.repository.ts'
import { insertQueuedRun, wasmOnly } from '../../jobs/test-fixtures.ts'
import { scoreAs, shadowRunOf } from '../rescores/test-rescores.ts'

/** What each route on record writes. A route for instructors that changes something and is not here fails the test. */
const recorded: Record<string, readonly string[]> = {
  'POST /api/rounds': ['round.create'],
  'PATCH /api/rounds/{slug}': ['round.update'],
  'DELETE /api/rounds/{slug}': ['round.delete'],
  'POST /api/rounds/{slug}/open': ['round.open'],
  'POST /api/rounds/{slug}/freeze': ['round.freeze'],
  'POST /api/rounds/{slug}/unfreeze': ['round.unfreeze'],
  'POST /api/rounds/{slug}/close': ['round.close'],
  'POST /api/rounds/{slug}/publish': ['round.publish'],
  'POST /api/rounds/{slug}/reopen': ['round.reopen'],
  'POST /api/rounds/{slug}/clone': ['round.clone'],
  'POST /api/rounds/{slug}/undo': ['round.undo'],
  'POST /api/rounds/import': ['round.import'],
  'POST /api/roster': ['roster.import'],
  'POST /api/people/links': ['account.create-links'],
  'PUT /api/people/{id}/role': ['account.change-role'],
  'POST /api/people/{id}/deactivate': ['account.deactivate'],
  'POST /api/people/{id}/reactivate': ['account.reactivate'],
  'DELETE /api/people/{id}': ['account.delete'],
  'POST /api/people/{id}/view-as': ['account.view-as'],
  'POST /api/rounds/{slug}/announcements': ['announcement.post'],
  'PATCH /api/rounds/{slug}/announcements/{id}': ['announcement.edit'],
  'DELETE /api/rounds/{slug}/announcements/{id}': ['announcement.delete'],
  'POST /api/rounds/{slug}/rescores': ['rescore.start'],
  'POST /api/rounds/{slug}/rescores/{id}/make-live': ['rescore.make-live'],
  'POST /api/rounds/{slug}/rescores/{id}/abandon': ['rescore.abandon'],
  'POST /api/rounds/{slug}/entries': ['entry.create', 'entry.remove-member'],
  'POST /api/rounds/{slug}/entries/{id}/members': ['entry.add-member', 'entry.remove-member'],
  'DELETE /api/rounds/{slug}/entries/{id}/members/{userId}': ['entry.remove-member'],
  'POST /api/rounds/{slug}/entries/{id}/merge': ['entry.merge'],
  'POST /api/rounds/{slug}/entries/{id}/disqualification': ['entry.disqualify'],
  'DELETE /api/rounds/{slug}/entries/{id}/disqualification': ['entry.requalify'],
  'PUT /api/rounds/{slug}/entries/{id}/baseline': ['entry.mark-baseline', 'entry.unmark-baseline'],
  'POST /api/rounds/{slug}/baselines': ['baseline.create'],
  'POST /api/submissions/actions': ['rescore.start', 'submission.cancel', 'submission.retry'],
  'POST /api/submissions/{id}/disqualify': ['submission.disqualify'],
  'DELETE /api/submissions/{id}/disqualify': ['submission.requalify'],
  'POST /api/submissions/{id}/rescore': ['rescore.start'],
  'POST /api/submissions/{id}/retry': ['submission.retry'],
  'POST /api/backups': ['backup.create'],
  'POST /api/datasets': ['dataset.import'],
  'POST /api/datasets/downloads': ['dataset.import'],
  'DELETE /api/datasets/{id}': ['dataset.delete'],
}

/** It says what a change would do, and does nothing. */
const recordsNothing = ['POST /api/rounds/{slug}/changes']

/** They take files or the internet: the tests of datasets, downloads, baselines, archives and rosters see what they record. */
const seenElsewhere = [
  'POST /api/rounds/import',
  'POST /api/roster',
  'POST /api/datasets',
  'POST /api/datasets/downloads',
  'POST /api/rounds/{slug}/baselines',
]

const methods = z.enum(['POST', 'PUT', 'PATCH', 'DELETE'])

let service: TestApp
let teacher: TestClient
let student: TestClient
beforeAll(async () => {
  service = await buildTestApp()
  teacher = await signedInInstructor(service)
  student = await registeredStudent(service, await seedRound(service))
})
afterAll(async () => {
  await service.close()
})

it('has an entry here for every route by which instructors change something, in words of both languages', async () => {
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse((await student.get('/api/openapi.json')).json())
  const forInstructors: string[] = []
  for (const [path, byMethod] of Object.entries(paths)) {
    for (const name of Object.keys(byMethod)) {
      const method = methods.safeParse(name.toUpperCase())
      if (!method.success || path === '/api/auth/sign-out') continue
      // Whoever is no instructor is refused before anything else is looked at.
      const response = await student.request(method.data, path.replaceAll(/\{\w+\}/g, 'x'), {})
      if (response.body.includes('"FORBIDDEN"')) forInstructors.push(`${method.data} ${path}`)
    }
  }
  expect(forInstructors.sort()).toEqual([...Object.keys(recorded), ...recordsNothing].sort())
  for (const action of Object.values(recorded).flat()) expect(namedAuditActions).toContain(action)
})

it('is recorded as it says here, by whom and from where', async () => {
  const { prisma } = service
  const teacherId: string = (await teacher.get('/api/me')).json().me.id
  const done = new Set<string>()
  /** Calls a route as an instructor, and sees to what that puts on record. Gives the answer. */
  async function call(route: string, values: Record<string, string> = {}, body: object = {}) {
    const [name, path = ''] = route.split(' ')
    const url = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? key)
    const before = await prisma.auditEvent.count()
    const response = await teacher.request(methods.parse(name), url, body)
    expect(response.statusCode, `${route} ${response.body}`).toBeLessThan(300)
    const count = (await prisma.auditEvent.count()) - before
    const events = await prisma.auditEvent.findMany({
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: count,
    })
    expect(count, route).toBeGreaterThan(0)
    for (const event of events) {
      expect(event, route).toMatchObject({ actorId: teacherId, ipAddress: '127.0.0.1' })
      expect(recorded[route], route).toContain(event.action)
      for (const states of [event.before, event.after])
        for (const field of Object.keys(states ?? {})) expect(namedAuditFields, route).toContain(field)
    }
    done.add(route)
    return response.body === '' || response.statusCode === 204 ? null : response.json()
  }

  // A round and what is told in it.
  const { id: roundId, datasetId, joinCode } = await seedRound(service, { opensAt: null, slug: 'on-record' })
  const slug = 'on-record'
  await call('POST /api/rounds', {}, buildRoundInput(datasetId, { slug: 'made' }))
  await call('DELETE /api/rounds/{slug}', { slug: 'made' })
  await call('PATCH /api/rounds/{slug}', { slug }, { title: 'New', submissionsPerDay: 5 })
  await call('POST /api/rounds/{slug}/open', { slug })
  await call('POST /api/rounds/{slug}/freeze', { slug })
  await call('POST /api/rounds/{slug}/unfreeze', { slug })
  const { id } = await call('POST /api/rounds/{slug}/announcements', { slug }, { body: 'Hello' })
  await call('PATCH /api/rounds/{slug}/announcements/{id}', { slug, id }, { body: 'Hello again' })
  await call('DELETE /api/rounds/{slug}/announcements/{id}', { slug, id })
  await call('POST /api/rounds/{slug}/clone', { slug }, { slug: 'copied', title: 'Copy' })

  // Teams.
  const round = await prisma.round.findUniqueOrThrow({ where: { id: roundId } })
  const member = await registeredStudent(service, { ...round, joinCode })
  const { email, id: userId }: { email: string; id: string } = (await member.get('/api/me')).json().me
  const other: { email: string } = (await student.get('/api/me')).json().me
  const { id: team } = await prisma.entry.findFirstOrThrow({
    where: { roundId, members: { some: { userId } } },
  })
  await call('PATCH /api/rounds/{slug}', { slug }, { teamSize: 3 })
  await call('POST /api/rounds/{slug}/entries', { slug }, { email: other.email })
  await call('POST /api/rounds/{slug}/entries/{id}/members', { slug, id: team }, { email: other.email })
  await call('DELETE /api/rounds/{slug}/entries/{id}/members/{userId}', { slug, id: team, userId })
  await call('POST /api/rounds/{slug}/entries', { slug }, { email })
  const { id: own } = await prisma.entry.findFirstOrThrow({
    where: { roundId, members: { some: { userId } } },
  })
  await call('POST /api/rounds/{slug}/entries/{id}/merge', { slug, id: own }, { into: team })
  await call('POST /api/rounds/{slug}/entries/{id}/disqualification', { slug, id: team }, { reason: 'x' })
  await call('DELETE /api/rounds/{slug}/entries/{id}/disqualification', { slug, id: team })
  await call('PUT /api/rounds/{slug}/entries/{id}/baseline', { slug, id: team }, { baseline: true })
  await call('PUT /api/rounds/{slug}/entries/{id}/baseline', { slug, id: team }, { baseline: false })

  // Submissions and rescores.
  const scored = await insertScored(service, {
    ...{ round, entryId: team },
    public: { correct: 20, total: 30, top5Correct: 30 },
  })
  const { id: failed, runId } = await insertQueuedRun(prisma, round, team)
  const run = await claimRun(prisma, { runId, engines: wasmOnly })
  if (run === null) throw new Error('the run can be claimed')
  await finishUnscored(prisma, run.claim, 'FAILED', { code: 'SCORING_TIMED_OUT', params: {} })
  await call('POST /api/submissions/{id}/disqualify', { id: scored }, { reason: 'x' })
  await call('DELETE /api/submissions/{id}/disqualify', { id: scored })
  await call('POST /api/submissions/{id}/retry', { id: failed })
  await call('POST /api/submissions/actions', {}, { action: 'cancel', ids: [failed] })
  const alone = await call('POST /api/submissions/{id}/rescore', { id: scored })
  await call('POST /api/rounds/{slug}/rescores/{id}/abandon', { slug, id: alone.id })
  const all = await call('POST /api/rounds/{slug}/rescores', { slug })
  await prisma.scoringRun.deleteMany({ where: { rescoreId: alone.id } })
  await scoreAs(service, (await shadowRunOf(service, scored)).id, { correct: 21 })
  await call('POST /api/rounds/{slug}/rescores/{id}/make-live', { slug, id: all.id })

  // The end of the round, and the house.
  await call('POST /api/rounds/{slug}/close', { slug })
  await call('POST /api/rounds/{slug}/reopen', { slug }, { closesAt: null })
  await call('POST /api/rounds/{slug}/close', { slug })
  await call('POST /api/rounds/{slug}/undo', { slug })
  await call('POST /api/rounds/{slug}/close', { slug })
  await call('POST /api/rounds/{slug}/publish', { slug })
  await call('POST /api/backups')
  const { datasetId: unused, id: gone } = await seedRound(service)
  await prisma.round.delete({ where: { id: gone } })
  await call('DELETE /api/datasets/{id}', { id: unused })

  // People; last, as who views the site as a student may do nothing else.
  const person = { id: userId }
  await call('PUT /api/people/{id}/role', person, { role: 'INSTRUCTOR' })
  await call('PUT /api/people/{id}/role', person, { role: 'STUDENT' })
  await call('POST /api/people/links', {}, { ids: [userId] })
  await call('POST /api/people/{id}/deactivate', person)
  await call('POST /api/people/{id}/reactivate', person)
  await call('POST /api/people/{id}/view-as', person)
  await teacher.request('DELETE', '/api/view-as')
  await call('DELETE /api/people/{id}', person)
  expect([...done, ...seenElsewhere].sort()).toEqual(Object.keys(recorded).sort())
})
