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

/** The whole environment of a child. onnxruntime would leave a log in the folder for temporary files with every run, and report home. */
export const childEnvironment = (engine: EngineName | typeof noEngine): Record<string, string> =>
  engine === 'onnxruntime' ? { TMPDIR: '/dev/null', ORT_DISABLE_TELEMETRY: '1' } : {}

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
