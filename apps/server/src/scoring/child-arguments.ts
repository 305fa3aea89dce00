import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EngineName } from '@taikai/shared/model/engine-name'
import { noEngine } from './protocol.ts'

const root = realpathSync(fileURLToPath(new URL('../../../..', import.meta.url))).replace(/\/$/, '')
const childFile = fileURLToPath(new URL('./scoring-child.ts', import.meta.url))

/** Code and nothing else: no data folder, no configuration, no home. */
const readable = [
  'package.json',
  'node_modules/*',
  'apps/server/package.json',
  'apps/server/node_modules/*',
  'apps/server/src/package.json',
  'apps/server/src/scoring/*',
  'packages/shared/*',
].map((path) => `--allow-fs-read=${root}/${path}`)

/** What TensorFlow's libraries need of the worker's own environment: where CUDA is, which cards, and what was compiled for them. */
const tensorflowKeeps = ['LD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES', 'CUDA_CACHE_PATH']

/**
 * The whole environment of a child: an allow-list. onnxruntime would leave a log in the folder for temporary files with every run,
 * and report home. TensorFlow would take all of a card's memory at once, and round float32 to TF32, which is off by more than 1e-4.
 */
export function childEnvironment(
  engine: EngineName | typeof noEngine,
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  if (engine === 'onnxruntime') return { TMPDIR: '/dev/null', ORT_DISABLE_TELEMETRY: '1' }
  if (engine !== 'tensorflow' && engine !== 'tensorflow-gpu') return {}
  const environment: Record<string, string> = {
    NVIDIA_TF32_OVERRIDE: '0',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    TF_CPP_MIN_LOG_LEVEL: '2',
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
  user: { uid: number; gid: number } | null,
): [string, ...string[]] {
  return [
    process.execPath,
    '--permission',
    ...readable,
    '--allow-worker', // the lifeline
    ...(engine === 'wasm' || engine === noEngine ? [] : ['--allow-addons']),
    '--no-warnings',
    childFile,
    engine,
    ...(user === null ? [] : [String(user.uid), String(user.gid)]),
  ]
}
