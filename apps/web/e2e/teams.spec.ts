import type { Page } from '@playwright/test'
import { expect, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

test('a team forms by invitation until it is full, and is locked by its first submission', async ({
  page,
  openContext,
  teacher,
}) => {
  const { slug, title, joinCode } = await openRound(teacher, 'team')
  const sized = await teacher.patch(`/api/rounds/${slug}`, { data: { teamSize: 2 } })
  expect(sized.status(), await sized.text()).toBe(200)
  const team = (of: Page) => of.getByRole('region', { name: 'チーム' })
  const student = async (name: string) => {
    const opened = await (await openContext()).newPage()
    await registerStudent(opened.request, joinCode, name)
    return opened
  }

  await registerStudent(page.request, joinCode, '佐藤')
  await page.goto(`/rounds/${slug}/overview`)
  await expect(team(page)).toContainText('1 / 2 人')
  await team(page).getByLabel('チーム名').fill('畳み込み同盟')
  await team(page).getByRole('button', { name: '保存する' }).click()
  await team(page).getByRole('button', { name: '招待リンクを作る' }).click()
  const link = await team(page).getByLabel('招待リンク').inputValue()

  const guest = await student('鈴木')
  await guest.goto(link)
  const invitation = guest.getByRole('region', { name: '畳み込み同盟' })
  await expect(invitation).toContainText(title)
  await expect(invitation).toContainText('佐藤')
  await invitation.getByRole('button', { name: 'このチームに参加する' }).click()
  await expect(team(guest)).toContainText('2 / 2 人')
  await expect(team(guest).getByRole('listitem')).toHaveText([/佐藤/, /鈴木 \(あなた\)/])
  // The page that was open all the time hears of it.
  await expect(team(page)).toContainText('このチームは満員です。')

  const third = await student('高橋')
  await third.goto(link)
  await third.getByRole('button', { name: 'このチームに参加する' }).click()
  await expect(third.getByRole('alert')).toContainText('このチームはもう満員です（2 人まで）。')

  await team(guest).getByRole('button', { name: 'チームを抜ける' }).click()
  await guest.getByRole('dialog').getByRole('button', { name: 'チームを抜ける' }).click()
  await expect(team(guest)).toContainText('1 / 2 人')
  await page.goto(`/rounds/${slug}/submit`)
  const warning = page.getByText(/最初の提出をすると、チームのメンバーは変えられなくなります。/)
  await expect(warning).toBeVisible()
  await submitModel(page.request, slug, linearModel(4), '')
  await page.reload()
  await expect(page.getByRole('button', { name: '提出する' })).toBeVisible()
  await expect(warning).toHaveCount(0)
  await page.goto(`/rounds/${slug}/overview`)
  await guest.goto(link)
  await guest.getByRole('button', { name: 'このチームに参加する' }).click()
  await expect(guest.getByRole('alert')).toContainText('すでにモデルを提出したチームがある')
  await page.reload()
  await expect(team(page)).toContainText('すでに提出したので、メンバーを変えられるのは先生だけです。')
  await expect(team(page).getByRole('button', { name: 'リンクを作り直す' })).toHaveCount(0)
  // Who of the team sent it stands in its history.
  await page.getByRole('link', { name: '提出履歴' }).click()
  await expect(page.getByRole('row', { name: /畳み込み同盟 · 佐藤 · / })).toBeVisible()
})

test('somebody with an account joins the next round by its link, signed in before or not', async ({
  page,
  openContext,
  teacher,
}) => {
  const before = await openRound(teacher, 'earlier')
  const { slug, title, joinCode } = await openRound(teacher, 'next')
  const link = `/register?code=${joinCode}`
  await registerStudent(page.request, before.joinCode, '佐藤')
  await page.goto(link)
  await expect(page.getByText(`「${title}」に、佐藤 さんのアカウントで参加します。`)).toBeVisible()
  await expect(page.getByLabel('メールアドレス')).toHaveCount(0)
  await page.getByRole('button', { name: '参加する', exact: true }).click()
  await expect(page.getByRole('region', { name: 'チーム' })).toContainText('佐藤')
  await page.goto(link)
  await expect(page.getByText(`「${title}」には、もう参加しています。`)).toBeVisible()
  await page.getByRole('link', { name: 'ラウンドのページを開く' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)

  const email = `suzuki-${Date.now()}@example.com`
  await registerStudent((await openContext()).request, before.joinCode, '鈴木', email)
  const other = await (await openContext()).newPage()
  await other.goto(link)
  await other.getByRole('link', { name: 'サインインする' }).click()
  // Until it has come, the page before has fields of the same names.
  await expect(other.getByRole('heading', { level: 1, name: 'サインイン' })).toBeVisible()
  await other.getByLabel('メールアドレス').fill(email)
  await other.getByLabel('パスワード').and(other.locator('input')).fill('student-password')
  await other.getByRole('button', { name: 'サインインする' }).click()
  await other.getByRole('button', { name: '参加する', exact: true }).click()
  await expect(other).toHaveURL(`/rounds/${slug}/overview`)
  await expect(other.getByRole('region', { name: 'チーム' })).toContainText('鈴木')
})

test('somebody without an account registers from an invitation, and an instructor moves them', async ({
  page,
  openContext,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'invited')
  await teacher.patch(`/api/rounds/${slug}`, { data: { teamSize: 2 } })
  await registerStudent(page.request, joinCode, '佐藤')
  const invited = await page.request.put(`/api/rounds/${slug}/entry/invite`)
  const { inviteCode }: { inviteCode: string } = await invited.json()

  const guest = await (await openContext()).newPage()
  await guest.goto(`/join/${inviteCode}`)
  await guest.getByRole('link', { name: '登録して参加する' }).click()
  await expect(guest.getByText(/のチーム「佐藤」に参加します/)).toBeVisible()
  await expect(guest.getByText('チームのメンバーと先生に表示される名前です。')).toBeVisible()
  await guest.getByLabel('名前').fill('鈴木')
  await guest.getByLabel('メールアドレス').fill(`guest-${Date.now()}@example.com`)
  await guest.getByLabel('パスワード').and(guest.locator('input')).fill('student-password')
  await guest.getByRole('button', { name: '登録して参加する' }).click()
  await guest.getByRole('link', { name: '概要' }).click()
  await expect(guest.getByRole('region', { name: 'チーム' })).toContainText('2 / 2 人')

  const desk = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await desk.goto(`/admin/rounds/${slug}/entries`)
  const member = desk.getByRole('row', { name: /佐藤/ }).locator('div').filter({ hasText: /^鈴木/ })
  await member.getByRole('button', { name: '移す' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '移す' }).click()
  await expect(desk.getByRole('row')).toHaveCount(3)
  await desk.getByRole('row', { name: /^鈴木/ }).getByRole('button', { name: '統合する' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '統合する' }).click()
  await expect(desk.getByRole('row')).toHaveCount(2)
  await expect(guest.getByRole('region', { name: 'チーム' })).toContainText('2 / 2 人')
})
