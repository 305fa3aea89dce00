import { randomBytes, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from './startup-error.ts'

/** Makes the data folder, and throws StartupError unless files can be written in it. */
export function prepareDataFolder(folder: string): void {
  const probe = join(folder, `.write-test-${randomUUID()}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new StartupError(
      `データフォルダー ${folder} に書き込めません。権限を直すか、DATA_DIR に別のフォルダーを設定してください。`,
      `The data folder ${folder} cannot be written. Mend its permissions, or set DATA_DIR to another folder.`,
      { cause: error },
    )
  }
}

/** A secret that is drawn once, under `name` in the folder, and readable by its owner only. */
export function keepSecret(folder: string, name: string): string {
  const file = join(folder, name)
  const part = `${file}.${randomUUID()}.part`
  writeFileSync(part, randomBytes(32).toString('base64url'), { mode: 0o600 })
  try {
    linkSync(part, file) // unlike a rename, never replaces what another start has drawn
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(part, { force: true })
  }
  return readFileSync(file, 'utf8')
}
