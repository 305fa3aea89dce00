import { existsSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EngineName } from '@taikai/shared/model/engine-name'
import { StartupError } from '../platform/startup-error.ts'
import { noEngine, threadsVariable } from './protocol.ts'

const root = realpathSync(fileURLToPath(new URL('../../../..', import.meta.url))).replace(/\/$/, '')
/** What `scripts/build-scoring-child.ts` makes of `scoring-child.ts`. */
export const childFile = fileURLToPath(new URL('../../dist/scoring-child.js', import.meta.url))

/** Code and nothing else: no data folder, no configuration, no home. */
const readable = [
  'package.json',
  'node_modules/*',
  'apps/server/package.json',
  'apps/server/node_modules/*',
  'apps/server/dist/*',
].map((path) => `--allow-fs-read=${root}/${path}`)

/** What TensorFlow's libraries need of the worker's own environment: where CUDA is, which cards, and what was compiled for them. */
const tensorflowKeeps = ['LD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES', 'CUDA_CACHE_PATH']

/**
 * The whole environment of a child: an allow-list. With `threads` its engine computes on so many, else on all cores; wasm has one. onnxruntime would leave a log in the folder for temporary files with every run,
 * and report home. TensorFlow would take all of a card's memory at once, and round float32 to TF32, which is off by more than 1e-4.
 */
export function childEnvironment(
  engine: EngineName | typeof noEngine,
  threads?: number,
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const inThreads = (...names: string[]) =>
    threads === undefined ? {} : Object.fromEntries(names.map((name) => [name, String(threads)]))
  if (engine === 'onnxruntime')
    return { TMPDIR: '/dev/null', ORT_DISABLE_TELEMETRY: '1', ...inThreads(threadsVariable) }
  if (engine !== 'tensorflow' && engine !== 'tensorflow-gpu') return {}
  const environment: Record<string, string> = {
    NVIDIA_TF32_OVERRIDE: '0',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    TF_CPP_MIN_LOG_LEVEL: '2',
    ...inThreads('TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS'),
  }
  for (const name of tensorflowKeeps) {
    const value = own[name]
    if (value !== undefined) environment[name] = value
  }
  return environment
}

/** node and its arguments for one child; native engines may load their binding, others may load none. */
export function childNodeArguments(
  engine: EngineName | typeof noEngine,
  hdf5: boolean,
  user: { uid: number; gid: number } | null,
): [string, ...string[]] {
  if (!existsSync(childFile)) {
    throw new StartupError(
      '採点プログラムがまだ作られていません。pnpm exec node scripts/build-scoring-child.ts を実行してください。',
      'The scoring program is not built yet. Run pnpm exec node scripts/build-scoring-child.ts.',
    )
  }
  return [
    process.execPath,
    '--permission',
    ...readable,
    '--allow-worker', // the lifeline, and the thread that makes inputs
    ...(engine === 'wasm' || engine === noEngine ? [] : ['--allow-addons']),
    '--no-warnings',
    childFile,
    ...(hdf5 ? ['--hdf5'] : []),
    engine,
    ...(user === null ? [] : [String(user.uid), String(user.gid)]),
  ]
}
