import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, instructor, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

/** What a click on a link saves. */
async function saved(page: Page, name: string): Promise<{ fileName: string; path: string; content: Buffer }> {
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name, exact: true }).click()
  const file = await download
  const path = await file.path()
  return { fileName: file.suggestedFilename(), path, content: await readFile(path) }
}

test('tables, grades and outputs of a round are saved, and the round comes in again', async ({
  page,
  openContext,
  teacher,
}) => {
  const { slug, title, joinCode } = await openRound(teacher, 'exports')
  await registerStudent(page.request, joinCode, '畳み込み三兄弟')
  await submitModel(page.request, slug, linearModel(7), 'CNN')

  const admin = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await admin.goto(`/admin/rounds/${slug}`)
  await admin.getByRole('link', { name: '書き出し' }).click()
  const standings = await saved(admin, '最終順位')
  expect(standings.fileName).toBe(`${slug}-final-standings.csv`)
  // Seven of ten classes are recognised: 35 of 50 on either split.
  expect(standings.content.toString()).toContain('1,1,0,畳み込み三兄弟,TEAM,畳み込み三兄弟,')
  expect(standings.content.toString()).toContain('accuracy,70,70,35,50,35,50,1,')

  const grades = admin.getByRole('table', { name: '成績の下見' })
  await expect(grades.getByRole('row', { name: /畳み込み三兄弟/ })).toContainText('70.00%100')
  await admin.getByText('得点で', { exact: true }).click()
  const first = admin.getByRole('group', { name: '段階 1' })
  await first.getByLabel('得点（以上）').fill('70')
  await first.getByLabel('点数').fill('95')
  await admin.getByRole('button', { name: '段階 2 を消す' }).click()
  await expect(grades.getByRole('row', { name: /畳み込み三兄弟/ })).toContainText('70.00%95')
  expect((await saved(admin, '成績を CSV で保存する')).content.toString()).toContain(',1,70,95')

  const outputs = await saved(admin, '出力を保存する')
  expect([outputs.fileName, outputs.content.subarray(0, 2).toString()]).toEqual([
    `${slug}-predictions.npz`,
    'PK',
  ])

  const zip = await saved(admin, 'ラウンドを保存する')
  await admin.goto('/admin/new')
  await admin.getByRole('link', { name: '別のサーバーのラウンドを取り込む' }).click()
  const chooser = admin.waitForEvent('filechooser')
  await admin.getByRole('button', { name: 'ラウンドの zip' }).click()
  await (await chooser).setFiles({ name: zip.fileName, mimeType: 'application/zip', buffer: zip.content })
  await admin.getByRole('button', { name: '取り込む', exact: true }).click()
  await expect(admin.getByRole('heading', { name: `「${title}」を取り込みました` })).toBeVisible()
  await expect(admin.getByText(`「${slug}-2」にしました`)).toBeVisible()
  await admin.goto(`/rounds/${slug}-2`)
  await expect(admin.getByRole('row', { name: /畳み込み三兄弟/ })).toContainText('35 / 50 枚')
})

test('a round that has begun says what a change does before it is made, and takes the last action back', async ({
  page,
  openContext,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'guarded')
  await registerStudent(page.request, joinCode)
  await submitModel(page.request, slug, linearModel(3), '')

  const admin = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await admin.goto(`/admin/rounds/${slug}`)
  await expect(admin.getByText('データセットを変えて採点し直すには')).toBeVisible()
  await admin.getByLabel('1日の提出回数').fill('1')
  // What students will read stands below the form.
  await expect(admin.getByText('チームごとに1日 1 回まで')).toBeVisible()
  // The rest of the form follows what somebody else changes; and the page is not left unasked.
  await teacher.patch(`/api/rounds/${slug}`, { data: { title: `${slug} 秋` } })
  await expect(admin.getByLabel('タイトル').first()).toHaveValue(`${slug} 秋`)
  await admin.getByRole('link', { name: '概要', exact: true }).click()
  const dialog = admin.getByRole('dialog')
  await expect(dialog).toContainText('保存していない変更があります')
  await dialog.getByRole('button', { name: 'このページに残る' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(admin.getByLabel('1日の提出回数')).toHaveValue('1')

  await admin.getByRole('button', { name: '保存する', exact: true }).click()
  await expect(dialog.getByText('今日はもう提出できなくなるチームは 1 です。')).toBeVisible()
  await expect(dialog.getByText('制限なし → 1')).toBeVisible()
  await dialog.getByRole('button', { name: 'やめる' }).last().click()
  expect((await (await teacher.get(`/api/rounds/${slug}`)).json()).rules.submissionsPerDay).toBeNull()
  await admin.getByRole('button', { name: '保存する', exact: true }).click()
  await dialog.getByRole('button', { name: 'この内容で保存する' }).click()
  await expect(admin.getByText('保存しました')).toBeVisible()
  await expect(dialog).toHaveCount(0)
  expect((await (await teacher.get(`/api/rounds/${slug}`)).json()).rules.submissionsPerDay).toBe(1)
  // Nothing is left to be saved.
  await admin.getByRole('link', { name: '概要', exact: true }).click()
  await expect(admin.getByRole('heading', { name: '概要' })).toBeVisible()
  await admin.goBack()

  await admin.getByRole('button', { name: '今すぐ終了する' }).click()
  await dialog.getByRole('button', { name: '今すぐ終了する' }).click()
  await expect(admin.getByText('終了', { exact: true })).toBeVisible()
  await admin.getByRole('button', { name: '「終了」を取り消す' }).click()
  await dialog.getByRole('button', { name: '「終了」を取り消す' }).click()
  await expect(admin.getByText('開催中', { exact: true })).toBeVisible()

  // Who signs out leaves nothing on the screen, saved or not. (The other tests go on with the session above.)
  const elsewhere = await openContext()
  const { email, password } = instructor
  await elsewhere.request.post('/api/auth/sign-in/email', { data: { email, password } })
  const desk = await elsewhere.newPage()
  await desk.goto(`/admin/rounds/${slug}`)
  await desk.getByLabel('1日の提出回数').fill('2')
  await desk.getByRole('button', { name: 'サインアウト' }).click()
  await expect(desk.getByRole('link', { name: 'サインイン', exact: true })).toBeVisible()
  await expect(desk.getByRole('heading', { level: 1, name: 'ラウンド' })).toBeVisible()
})
