// Builds the program of the scoring child. Run by itself it is a step of the images (docker/build.sh).
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inputsDigest } from './inputs-digest.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const inputs = [
  'apps/server/src/scoring/**/*.ts',
  'packages/shared/{package.json,src/**/*.ts}',
  'scripts/{build-scoring-child,inputs-digest}.ts',
  'pnpm-lock.yaml',
]
/** Found by the child itself: native bindings, WebAssembly files, and TensorFlow.js, of which tfjs-node must meet the same copy. */
const external = /^(onnxruntime-node|h5wasm|@tensorflow\/tfjs-(?!converter).*)$/

/**
 * Bundles the child's TypeScript into apps/server/dist unless that holds the bundle of the very same sources. A child starts for each
 * inspection and each run: it loads a dozen files of JavaScript in place of three hundred whose types would be removed each time
 * (decision 032).
 */
export async function buildScoringChild(): Promise<void> {
  const dist = join(root, 'apps/server/dist')
  const stamp = join(dist, 'digest')
  const digest = inputsDigest(inputs)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  const { build } = await import('rolldown') // not loaded, or even there, where nothing is to be built
  // Built beside the old program and swapped: a build that fails or is interrupted leaves that.
  const built = `${dist}.${process.pid}.part`
  try {
    await build({
      input: ['scoring-child', 'input-thread'].map((name) =>
        join(root, `apps/server/src/scoring/${name}.ts`),
      ),
      platform: 'node',
      external,
      output: { dir: built, format: 'esm' },
    })
    mkdirSync(built, { recursive: true })
    writeFileSync(join(built, 'digest'), digest)
    rmSync(dist, { recursive: true, force: true })
    renameSync(built, dist)
  } finally {
    rmSync(built, { recursive: true, force: true })
  }
}

if (import.meta.main) await buildScoringChild()
