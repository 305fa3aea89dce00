import { type APIRequestContext, type APIResponse, request as requests } from '@playwright/test'
import { expect, openRound, registerStudent, sendModel } from './fixtures.ts'
import { linearModel, residualModel } from './generated-files.ts'
import type { Filled, Viewer } from './screens.ts'

/** Teams, who is in them, how many of the ten classes their models know, and what they call them. */
const teams = [
  [
    '畳み込み三兄弟',
    [
      ['高橋 一成', 'takahashi'],
      ['高橋 次郎', 'jiro'],
      ['高橋 三奈', 'mina'],
    ],
    9,
    'CNN 7層 + BatchNorm',
  ],
  ['ReLU坂46', [['中村 葵', 'nakamura']], 8, 'VGG風'],
  [
    '過学習バスターズ',
    [
      ['小林 陸', 'kobayashi'],
      ['加藤 結衣', 'kato'],
    ],
    8,
    'CNN 6層 + Dropout',
  ],
  ['Dropout同盟', [['伊藤 湊', 'ito']], 6, 'CNN 4層'],
  ['シグモイド前線', [['渡辺 凛', 'watanabe']], 4, 'MLP 3層'],
] as const
const round = {
  slug: 'cnn-2026',
  title: '第5回 CNN 大会',
  dataset: 'CIFAR-10 抜粋',
  description:
    'CIFAR-10 の画像を分類する CNN を作って、提出してください。入力は `[32, 32, 3]`、出力は 10 クラスです。',
}

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
  const { slug, joinCode } = await openRound(teacher, round, 20, 5)
  const path = `/api/rounds/${slug}`
  const closesAt = new Date(Date.now() + 2.2 * 86_400_000).toISOString()
  const rules = { closesAt, teamSize: 3, submissionsPerDay: 8, maxParameters: 1e6 }
  await answer(teacher.patch(path, { data: rules }))
  const body = '締切は金曜日の 23:59 です。**最終選択**を忘れないでください。'
  await answer(teacher.post(`${path}/announcements`, { data: { body } }))

  const join = async ([name, mailbox]: readonly [string, string]) => {
    const student = await requests.newContext(baseURL === undefined ? {} : { baseURL })
    await registerStudent(student, joinCode, name, `${mailbox}@example.com`)
    return student
  }
  const form = async (leader: APIRequestContext, name: string) => {
    await answer(leader.put(`${path}/entry`, { data: { name } }))
    return answer<{ inviteCode: string }>(leader.put(`${path}/entry/invite`))
  }
  for (const [name, [first, ...others], known, label] of teams) {
    const leader = await join(first)
    const { inviteCode } = await form(leader, name)
    for (const person of others) {
      const member = await join(person)
      await answer(member.post(`/api/invites/${inviteCode}/accept`))
      await member.dispose()
    }
    await sendModel(leader, slug, linearModel(known), label, 'unit')
    await leader.dispose()
  }
  const own = await join(['山本 悠', 'yamamoto'])
  const { inviteCode } = await form(own, '隠れ層の住人')
  const other = await sendModel(own, slug, residualModel('add_1'), 'ResNet の練習', 'signed')
  const submission = await sendModel(own, slug, linearModel(7), 'CNN 5層', 'unit')
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
