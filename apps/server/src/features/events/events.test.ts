import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import { notify } from '../../platform/events.ts'
import { accountTopic } from './events.policy.ts'

let service: TestApp
let origin: string
beforeAll(async () => {
  service = await buildTestApp()
  origin = await service.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await service.close()
})

/** Opens a stream and collects the topics that come, until it ends. */
async function listen(client: TestClient, at = origin) {
  const abort = new AbortController()
  const headers = client.cookie === '' ? {} : { cookie: client.cookie }
  const response = await fetch(`${at}/api/events`, { headers, signal: abort.signal })
  const topics: string[] = []
  const versions: number[] = []
  const ended = (async () => {
    const { body } = response
    if (body === null) throw new Error('a stream has a body')
    let text = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const messages = text.split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) {
        if (!message.startsWith('data: ')) continue
        const { topic, version } = JSON.parse(message.slice('data: '.length))
        topics.push(topic)
        versions.push(version)
      }
    }
  })()
  return { response, topics, versions, ended, abort: () => abort.abort() }
}

const announce = (topic: string, entryId?: string) =>
  notify(service.prisma, { topic, ...(entryId !== undefined && { entryId }) })

it('tells everybody first to refetch, then each what they may know of', async () => {
  const round = await seedRound(service)
  const hidden = await seedRound(service)
  const member = await registeredStudent(service, round)
  const { id: entryId } = (await member.get(`/api/rounds/${round.slug}/entry`)).json()
  const streams = {
    visitor: await listen(new TestClient(service.app)),
    member: await listen(member),
    instructor: await listen(await signedInInstructor(service)),
  }
  const { headers } = streams.visitor.response
  expect(headers.get('content-type')).toContain('text/event-stream')
  await announce(`leaderboard/${round.slug}`)
  await announce(`leaderboard/${hidden.slug}`)
  await announce('submission/mine', entryId)
  await announce('submission/other', hidden.id)
  await announce('datasets')
  // Everybody gets this one: when it is there, so is whatever came before.
  await announce('rounds')
  await vi.waitFor(() => {
    for (const { topics } of Object.values(streams)) expect(topics).toContain('rounds')
  })
  expect(streams.visitor.topics).toEqual(['hello', 'rounds'])
  expect(streams.member.topics).toEqual(['hello', `leaderboard/${round.slug}`, 'submission/mine', 'rounds'])
  expect(streams.instructor.topics).toEqual([
    'hello',
    `leaderboard/${round.slug}`,
    `leaderboard/${hidden.slug}`,
    'submission/mine',
    'submission/other',
    'datasets',
    'rounds',
  ])
  for (const { abort, ended } of Object.values(streams)) {
    abort()
    await expect(ended).rejects.toThrow()
  }
})

it('while frozen, moves no version of the ranking for anybody but instructors, and counts what they hear apart', async () => {
  const freezesAt = new Date(Date.now() - 60_000)
  const round = await seedRound(service, { freezesAt, visitorsMaySee: true })
  const member = await registeredStudent(service, round)
  const streams = {
    visitor: await listen(new TestClient(service.app)),
    member: await listen(member),
    instructor: await listen(await signedInInstructor(service)),
  }
  for (let result = 0; result < 3; result++) await announce(`leaderboard/${round.slug}`)
  await announce('rounds')
  await vi.waitFor(() => {
    for (const { topics } of Object.values(streams)) expect(topics).toContain('rounds')
  })
  expect(streams.visitor.topics).toEqual(['hello', 'rounds'])
  expect(streams.visitor.versions).toEqual([1, 2])
  expect(streams.member.topics).toEqual(['hello', 'rounds'])
  expect(streams.instructor.topics).toContain(`leaderboard/${round.slug}`)
  for (const { abort, ended } of Object.values(streams)) {
    abort()
    await expect(ended).rejects.toThrow()
  }
})

it('tells nothing of what was rolled back', async () => {
  const stream = await listen(new TestClient(service.app))
  await expect(
    service.prisma.$transaction(async (tx) => {
      await notify(tx, { topic: 'hello' })
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  await announce('rounds')
  await vi.waitFor(() => expect(stream.topics).toContain('rounds'))
  expect(stream.topics).toEqual(['hello', 'rounds'])
  stream.abort()
  await expect(stream.ended).rejects.toThrow()
})

it('goes on with a round from the moment that the viewer joins it', async () => {
  const round = await seedRound(service)
  const student = await registeredStudent(service, await seedRound(service))
  const stream = await listen(student)
  await announce(`leaderboard/${round.slug}`)
  await student.post(`/api/rounds/${round.slug}/join`, { joinCode: round.joinCode })
  await vi.waitFor(() => expect(stream.topics).toContain(`round/${round.slug}`))
  await announce(`leaderboard/${round.slug}`)
  await vi.waitFor(() => expect(stream.topics).toContain(`leaderboard/${round.slug}`))
  expect(stream.topics.filter((topic) => topic.startsWith('leaderboard'))).toHaveLength(1)
  stream.abort()
  await expect(stream.ended).rejects.toThrow()
})

it('ends when its viewer signs out', async () => {
  const student = await registeredStudent(service, await seedRound(service))
  const stream = await listen(student)
  await vi.waitFor(() => expect(stream.topics).toEqual(['hello']))
  await student.post('/api/auth/sign-out')
  await stream.ended
})

it('ends when its viewer is deactivated', async () => {
  const student = await registeredStudent(service, await seedRound(service))
  const { id } = (await student.get('/api/me')).json().me
  const stream = await listen(student)
  await vi.waitFor(() => expect(stream.topics).toEqual(['hello']))
  await service.prisma.user.update({ where: { id }, data: { deactivatedAt: new Date() } })
  await announce(accountTopic(id))
  await stream.ended
  expect(stream.topics).toEqual(['hello'])
})

it('has everybody refetch after the event connection was lost', async () => {
  const stream = await listen(new TestClient(service.app))
  await vi.waitFor(() => expect(stream.topics).toEqual(['hello']))
  await service.prisma.$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'taikai-events'`
  await vi.waitFor(() => expect(stream.topics).toEqual(['hello', 'hello']), { timeout: 10_000 })
  await announce('rounds')
  await vi.waitFor(() => expect(stream.topics).toContain('rounds'))
  stream.abort()
  await expect(stream.ended).rejects.toThrow()
})

it('ends when the server stops, so that it can', async () => {
  const other = await buildTestApp()
  const address = await other.app.listen({ host: '127.0.0.1', port: 0 })
  const stream = await listen(new TestClient(other.app), address)
  await vi.waitFor(() => expect(stream.topics).toEqual(['hello']))
  await other.close()
  await stream.ended
})
