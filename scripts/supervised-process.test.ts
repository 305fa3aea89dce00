import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { superviseProcess } from './supervised-process.ts'

const patience = { timeout: 30_000 }

/** Supervises a program of these lines; `restart` answers each death. The program's starts are counted in a file. */
async function supervise(lines: string, restart: boolean) {
  const folder = await mkdtemp(join(tmpdir(), 'taikai-supervised-'))
  const program = join(folder, 'program.mjs')
  await writeFile(program, lines)
  const messages: unknown[] = []
  const exits: { code: number | null; refused: boolean }[] = []
  const supervised = superviseProcess({
    program,
    env: { COUNT_FILE: join(folder, 'count') },
    onMessage: (message) => void messages.push(message),
    onExit({ code, refused }) {
      exits.push({ code, refused })
      return restart
    },
  })
  onTestFinished(async () => {
    await supervised.stop(10_000)
    await rm(folder, { recursive: true })
  })
  return { supervised, messages, exits }
}

it('a program that ends before it ever reported has refused to start', async () => {
  const { exits } = await supervise('process.exit(3)', false)
  await vi.waitFor(() => expect(exits).toEqual([{ code: 3, refused: true }]), patience)
})

it('a program that is killed before it reported has refused nothing', async () => {
  const { exits } = await supervise("process.kill(process.pid, 'SIGKILL')", false)
  await vi.waitFor(() => expect(exits).toEqual([{ code: null, refused: false }]), patience)
})

it('a program that once ran is started again, also when its next start fails', async () => {
  const lines = `
    import { existsSync, writeFileSync } from 'node:fs'
    const again = existsSync(process.env.COUNT_FILE)
    writeFileSync(process.env.COUNT_FILE, '')
    if (again) process.exit(1)
    process.send('up', () => process.exit(2))`
  const { exits, messages } = await supervise(lines, true)
  await vi.waitFor(
    () =>
      expect(exits.slice(0, 2)).toEqual([
        { code: 2, refused: false },
        { code: 1, refused: false },
      ]),
    patience,
  )
  expect(messages).toEqual(['up'])
})
