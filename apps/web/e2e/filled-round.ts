import { type APIRequestContext, type APIResponse, request as requests } from '@playwright/test'
import { expect, openRound, registerStudent, sendModel } from './fixtures.ts'
import { linearModel, residualModel } from './generated-files.ts'
import type { Filled, Viewer } from './screens.ts'

/** Teams and how many of the ten classes their models know. */
const teams = [
  ['畳み込み三兄弟', 9],
  ['ReLU坂46', 8],
  ['過学習バスターズ', 8],
  ['Dropout同盟', 6],
  ['シグモイド前線', 4],
] as const

type Session = Awaited<ReturnType<APIRequestContext['storageState']>>

async function answer<T>(request: Promise<APIResponse>): Promise<T> {
  const response = await request
  expect(response.ok(), await response.text()).toBe(true)
  return response.json()
}

/** A round with small models, and something on each of the instructors' pages, made by HTTP; and who looks at the pages. */
export async function fillForPictures(
  teacher: APIRequestContext,
  baseURL: string | undefined,
): Promise<{ filled: Filled; sessions: Record<Viewer, Session> }> {
  const round = await openRound(teacher, 'cnn', 20, 5)
  const path = `/api/rounds/${round.slug}`
  const closesAt = new Date(Date.now() + 2.2 * 86_400_000).toISOString()
  const rules = { title: '第5回 CNN 大会', closesAt, teamSize: 3, submissionsPerDay: 8, maxParameters: 1e6 }
  await answer(teacher.patch(path, { data: rules }))
  const body = '締切は金曜日の 23:59 です。**最終選択**を忘れないでください。'
  await answer(teacher.post(`${path}/announcements`, { data: { body } }))

  const join = async (name: string) => {
    const student = await requests.newContext(baseURL === undefined ? {} : { baseURL })
    await registerStudent(student, round.joinCode, name)
    return student
  }
  for (const [name, known] of teams) {
    const student = await join(name)
    await sendModel(student, round.slug, linearModel(known), 'CNN', 'unit')
    await student.dispose()
  }
  const own = await join('隠れ層の住人')
  const { inviteCode } = await answer<{ inviteCode: string }>(own.put(`${path}/entry/invite`))
  const other = await sendModel(own, round.slug, residualModel('add_1'), 'ResNet の練習', 'signed')
  const submission = await sendModel(own, round.slug, linearModel(7), 'CNN 5層', 'unit')
  const session = await own.storageState()
  await expect
    .poll(
      async () => {
        const list = await answer<{ submissions: { status: string }[] }>(teacher.get(`${path}/submissions`))
        return list.submissions.every(({ status }) => status === 'SCORED')
      },
      { timeout: 400_000 },
    )
    .toBe(true)
  await own.dispose()

  const rows = '氏名,メール,学籍番号\n佐藤 花子,hanako@example.com,24001\n鈴木 一郎,ichiro@example.com,24002'
  await answer(
    teacher.post('/api/roster', { data: Buffer.from(rows), headers: { 'content-type': 'text/csv' } }),
  )
  const found = await answer<{ people: { id: string }[] }>(
    teacher.get('/api/people?search=hanako@example.com'),
  )
  const person = found.people[0]?.id ?? ''
  const made = await answer<{ links: { token: string }[] }>(
    teacher.post('/api/people/links', { data: { ids: [person] } }),
  )
  const { id: rescore } = await answer<{ id: string }>(teacher.post(`${path}/rescores`, { data: {} }))
  const { slug, joinCode } = round
  const linkToken = made.links[0]?.token ?? ''
  return {
    filled: { slug, submission, other, rescore, person, joinCode, inviteCode, linkToken },
    sessions: {
      visitor: { cookies: [], origins: [] },
      student: session,
      instructor: await teacher.storageState(),
    },
  }
}
