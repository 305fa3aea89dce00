import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { formatNpz } from '@taikai/shared/npz'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileCache } from '../../test/compile-cache.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { plainPng } from '../features/datasets/formats/test-images.ts'
import { folderWith } from './test-command.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const program = `
  const { datasetCommand } = await import(${JSON.stringify(fileURLToPath(new URL('./dataset.ts', import.meta.url)))})
  await datasetCommand().parseAsync(process.argv.slice(1), { from: 'user' })`

/** Runs `import` as the shell would, in a process of its own. */
async function runImport(folder: string, args: readonly string[]) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, '--', 'import', ...args], {
    cwd: folder,
    env: {
      ...compileCache,
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      AUTH_SECRET: 'x'.repeat(40),
      DATA_DIR: join(folder, 'data'),
    },
  })
  const exited = new Promise((resolve) => child.on('exit', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await exited, stdout, stderr }
}

it('imports a zip of image folders and draws the hidden ones', async () => {
  const images = Array.from({ length: 10 }, (_, index) => [
    [`cats/${index}.png`, plainPng([index, 0, 0])],
    [`dogs/${index}.png`, plainPng([0, index + 1, 0])],
  ]).flat()
  const folder = await folderWith({ 'pets.zip': zipSync(Object.fromEntries(images)) })
  const args = ['--name', 'Pets', '--format', 'image-folder', '--hidden', 'pets.zip']
  const { code, stdout } = await runImport(folder, [...args, '--size', '16', '--hidden-percent', '30'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ name: 'Pets', version: 1, hiddenCount: 6, trainCount: 14 })

  const missing = await runImport(folder, args)
  expect([missing.code, missing.stdout]).toEqual([1, ''])
  expect(missing.stderr).toContain('imageSize')
})

it('imports an .npz, and says what is wrong with one', async () => {
  const labels = { descr: '|u1', shape: [4], data: Uint8Array.of(0, 1, 0, 1) }
  const images = { descr: '|u1', shape: [4, 1, 1], data: Uint8Array.of(1, 2, 3, 4) }
  const folder = await folderWith({
    'a.npz': formatNpz({ x_test: images, y_test: labels }),
    'b.npz': formatNpz({ images }),
  })
  const args = ['--name', 'Arrays', '--format', 'npz', '--hidden']
  const imported = await runImport(folder, [...args, 'a.npz', '--classes', 'round', 'square'])
  expect([imported.code, JSON.parse(imported.stdout)]).toMatchObject([0, { hiddenCount: 4 }])
  const refused = await runImport(folder, [...args, 'b.npz'])
  expect([refused.code, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toContain('labels')
})
