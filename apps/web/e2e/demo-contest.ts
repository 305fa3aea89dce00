import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type APIRequestContext, request as requests } from '@playwright/test'
import { expect, registerStudent, submitModel } from './fixtures.ts'
import type { FilePayload } from './generated-files.ts'

const baseline = join(import.meta.dirname, '../../server/baselines/cnn')
/** What the baseline was trained with. */
const preset = 'signed'
const dayMs = 86_400_000

/** Teams and how much noise the baseline's weights get in their models, relative to each weight. */
const teams = [
  ['畳み込み三兄弟', 0.01],
  ['ReLU坂46', 0.04],
  ['過学習バスターズ', 0.12],
  ['Dropout同盟', 0.16],
  ['シグモイド前線', 0.22],
] as const
const ownTeam = '隠れ層の住人'

/** The CNN baseline with noise on its weights: a model of another team. The same noise every time. */
function noisyBaseline(noise: number): FilePayload[] {
  const weights = readFileSync(join(baseline, 'weights.bin'))
  const values = new Float32Array(
    weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
  )
  values.forEach((value, index) => {
    values[index] = value * (1 + noise * Math.sin(index * 12.9898 + noise * 100) * Math.SQRT2)
  })
  const json = readFileSync(join(baseline, 'model.json'))
  return [
    { name: 'model.json', mimeType: 'application/json', buffer: json },
    { name: 'weights.bin', mimeType: 'application/octet-stream', buffer: Buffer.from(values.buffer) },
  ]
}

/**
 * Fills the demo round with teams and their scores, as it would look in the middle of a seminar. Gives the session of the student
 * whose team is `ownTeam`, and that team's best submission.
 */
export async function fillDemoRound(teacher: APIRequestContext, baseURL: string | undefined) {
  const closesAt = new Date(Date.now() + 2 * dayMs + 4.5 * 3_600_000).toISOString()
  const changed = await teacher.patch('/api/rounds/demo', { data: { title: '第5回 CNN 大会', closesAt } })
  expect(changed.status(), await changed.text()).toBe(200)
  const round: { admin: { joinCode: string } } = await changed.json()
  const member = async (name: string) => {
    const student = await requests.newContext(baseURL === undefined ? {} : { baseURL })
    await registerStudent(student, round.admin.joinCode, name)
    return student
  }
  for (const [name, noise] of teams) {
    const student = await member(name)
    await submitModel(student, 'demo', noisyBaseline(noise), 'CNN', preset)
    await student.dispose()
  }
  const own = await member(ownTeam)
  for (const noise of [0.3, 0.16])
    await submitModel(own, 'demo', noisyBaseline(noise), `CNN 雑音 ${noise}`, preset)
  const best = await submitModel(own, 'demo', noisyBaseline(0.07), 'CNN 5層', preset)
  const session = await own.storageState()
  await own.dispose()
  return { session, best }
}
