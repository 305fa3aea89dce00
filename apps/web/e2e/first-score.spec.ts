import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import { chooseFiles, expect, openRound, test } from './fixtures.ts'
import { type FilePayload, linearModel } from './generated-files.ts'

/** More than so many clicks, filled fields and chosen files are too many for a first score. */
const mostInteractions = 12

/** `bench/first-score.ts` brings a real model and real images; without it they are made here. */
const {
  TAIKAI_REAL_MODEL: realModel,
  TAIKAI_REAL_DATA: realData,
  TAIKAI_FIRST_SCORE: resultFile,
} = process.env

function payload(folder: string, name: string): FilePayload {
  return { name, mimeType: 'application/octet-stream', buffer: readFileSync(join(folder, name)) }
}

/** A round on real images. */
async function openRealRound(teacher: APIRequestContext, folder: string) {
  const round = await openRound(teacher, 'first-score-real')
  const imported = await teacher.post('/api/datasets', {
    multipart: {
      meta: JSON.stringify({ name: 'CIFAR-10', format: 'cifar10' }),
      hidden: { ...payload(folder, 'test_first1000_lossless.bin'), name: 'test_batch.bin' },
      train: { ...payload(folder, 'train_first4000_lossless.bin'), name: 'data_batch_1.bin' },
    },
  })
  expect(imported.ok(), await imported.text()).toBe(true)
  const { id: datasetId }: { id: string } = await imported.json()
  const changed = await teacher.patch(`/api/rounds/${round.slug}`, { data: { datasetId } })
  expect(changed.status(), await changed.text()).toBe(200)
  return round
}

/** Puts a student on the round's roster. Gives the path of the personal invitation. */
async function invite(teacher: APIRequestContext, slug: string): Promise<string> {
  const email = `first-${Date.now()}@example.com`
  const imported = await teacher.post(`/api/roster?round=${slug}`, {
    data: Buffer.from(`氏名,メール\n初めて 出す人,${email}`),
    headers: { 'content-type': 'text/csv' },
  })
  expect(imported.status(), await imported.text()).toBe(200)
  const { people }: { people: { id: string }[] } = await (
    await teacher.get(`/api/people?search=${email}`)
  ).json()
  const made = await teacher.post('/api/people/links', { data: { ids: people.map(({ id }) => id) } })
  const { links }: { links: { token: string }[] } = await made.json()
  return `/invite/${links[0]?.token}`
}

test('new student, first score: from the invitation to the score', async ({ teacher, openContext }) => {
  const { slug, title } =
    realData === undefined
      ? await openRound(teacher, 'first-score', 10, 20)
      : await openRealRound(teacher, realData)
  const files =
    realModel === undefined
      ? linearModel(10)
      : ['model.json', 'group1-shard1of1.bin'].map((name) => payload(realModel, name))
  const link = await invite(teacher, slug)
  const page = await (await openContext()).newPage()

  let interactions = 0
  const act = async (action: () => Promise<unknown>) => {
    interactions += 1
    await action()
  }
  const startedAt = performance.now()
  await act(() => page.goto(link))
  await act(() => page.getByLabel('パスワード').and(page.locator('input')).fill('student-password'))
  await act(() => page.getByRole('button', { name: '決めてサインインする' }).click())
  await act(() => page.getByRole('link', { name: title, exact: true }).click())
  await act(() => page.getByRole('link', { name: 'モデルを提出する', exact: true }).click())
  await act(() => chooseFiles(page, files))
  await expect(page.getByText(/^選んだ前処理で、試した中の最高か/)).toBeVisible()
  await act(() => page.getByRole('button', { name: 'この内容で提出する' }).click())
  await expect(page.getByRole('heading', { name: '混同行列' })).toBeVisible()
  const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1))

  process.stdout.write(`first score: ${interactions} interactions, ${seconds} s\n`)
  if (resultFile !== undefined) writeFileSync(resultFile, JSON.stringify({ interactions, seconds }))
  expect(interactions).toBeLessThanOrEqual(mostInteractions)
})
