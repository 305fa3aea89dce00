import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { ModelFile } from '@taikai/shared/model/model-file'
import { layer, modelFiles, sequential } from '@taikai/shared/model/model-fixtures'
import { onTestFinished } from 'vitest'
import { compileCache } from '../../test/compile-cache.ts'

const launcher = fileURLToPath(new URL('../../../../scripts/command-line.ts', import.meta.url))

/** Runs `./taikai` as the shell would, in a process of its own; without a database address. */
export async function runTaikai(folder: string, args: readonly string[]) {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    env: { ...compileCache, PATH: process.env.PATH, TMPDIR: dirname(folder) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code, stdout, stderr }
}

/** A folder with these files, below one of its own that is removed when the test is over. */
export async function folderWith(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'taikai-cli-test-'))
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
  const folder = await mkdtemp(join(parent, 'work-'))
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  return folder
}

/**
 * A linear model without activation whose output k is `weight` times value k of the flattened input: it predicts the
 * brightest of the image's first ten values.
 */
export function brightestOfTen(
  inputShape: readonly [number, number, number],
  weight: number,
  classes = 10,
): [ModelFile, ModelFile] {
  const inputs = inputShape[0] * inputShape[1] * inputShape[2]
  const kernel = new Float32Array(inputs * classes)
  for (let value = 0; value < 10; value++) kernel[value * classes + value] = weight
  const [json, weights] = modelFiles(
    sequential(inputShape, layer('Flatten'), layer('Dense', { name: 'd', units: classes, use_bias: false })),
    [{ name: 'd/kernel', shape: [inputs, classes] }],
    kernel,
  )
  if (json === undefined || weights === undefined) throw new Error('the model has two files')
  return [json, weights]
}
