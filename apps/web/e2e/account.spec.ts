import { expect, openRound, registerStudent, test } from './fixtures.ts'

test('a password is changed, which ends the session of another browser and not this one', async ({
  page,
  teacher,
  openContext,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'password')
  const email = `password-${Date.now()}@example.com`
  await registerStudent(page.request, joinCode, '隠れ層の住人', email)
  const elsewhere = await (await openContext()).newPage()
  const signIn = async (password: string) => {
    await elsewhere.goto('/sign-in')
    await elsewhere.getByLabel('メールアドレス').fill(email)
    await elsewhere.getByLabel('パスワード').and(elsewhere.locator('input')).fill(password)
    await elsewhere.getByRole('button', { name: 'サインインする' }).click()
  }
  await signIn('student-password')
  await expect(elsewhere.getByRole('link', { name: 'マイページ' })).toBeVisible()

  await page.goto('/me')
  const panel = page.getByRole('region', { name: 'パスワードの変更' })
  const fill = async (current: string) => {
    await panel.getByLabel('今のパスワード').and(page.locator('input')).fill(current)
    await panel.getByLabel('新しいパスワード').and(page.locator('input')).fill('changed-password')
    await panel.getByRole('button', { name: 'パスワードを変更する' }).click()
  }
  await fill('not the password')
  await expect(panel.getByRole('alert')).toContainText('今のパスワードが違います。')
  await fill('student-password')
  await expect(page.getByText('パスワードを変更しました')).toBeVisible()
  await expect(panel.getByLabel('今のパスワード').and(page.locator('input'))).toHaveValue('')

  // The other page was open all the time.
  await expect(elsewhere.getByRole('link', { name: 'サインイン', exact: true })).toBeVisible()
  await signIn('student-password')
  await expect(elsewhere.getByRole('alert')).toContainText('メールアドレスまたはパスワードが違います。')
  await signIn('changed-password')
  await expect(elsewhere.getByRole('link', { name: 'マイページ' })).toBeVisible()
  await page.goto(`/rounds/${slug}`)
  await expect(page.getByText('ライブ', { exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'マイページ' })).toBeVisible()
})
