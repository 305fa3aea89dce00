import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { checkMantineStyles } from './check-mantine-styles.ts'
import { inputsDigest } from './inputs-digest.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const web = join(root, 'apps/web')
const stamp = join(root, '.tools/web-build.stamp')
const inputs = [
  'apps/web/{src,public}/**/*',
  'apps/web/{index.html,package.json,tsconfig.json,vite.config.ts}',
  'docs/{models,ties,glossary}.*.md',
  'packages/shared/{package.json,src/**/*.ts}',
  'scripts/{build-web,check-mantine-styles,inputs-digest}.ts',
  'pnpm-lock.yaml',
]

/** Builds the pages into apps/web/dist unless that holds the build of the very same inputs. Throws with Vite's output. */
export async function buildWeb(): Promise<void> {
  const dist = join(web, 'dist')
  const digest = inputsDigest(inputs)
  const isBuilt = existsSync(join(dist, 'index.html')) && existsSync(stamp)
  if (isBuilt && readFileSync(stamp, 'utf8') === digest) return
  // Built beside the old pages and swapped: a build that fails or is interrupted leaves those.
  const built = `${dist}.${process.pid}.part`
  const vite = join(web, 'node_modules/vite/bin/vite.js')
  try {
    const build = (...args: string[]) =>
      promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], { cwd: web })
    await build('--outDir', built)
    await build('--ssr', 'src/write-page.tsx', '--outDir', join(built, '.server'))
    checkMantineStyles(join(built, 'assets'), join(web, 'node_modules/@mantine/core/styles'))
    await compressAssets(join(built, 'assets'))
    rmSync(dist, { recursive: true, force: true })
    renameSync(built, dist)
  } finally {
    rmSync(built, { recursive: true, force: true })
  }
  mkdirSync(join(root, '.tools'), { recursive: true })
  writeFileSync(stamp, digest)
}

const compressible = /\.(js|css|svg|wasm)$/
/** Brotli's best takes seconds for a megabyte; one step below is nearly as small. */
const largeBytes = 600_000
/** Smaller ones fit into a packet as they are. */
const leastBytes = 1_000

/** Puts a Brotli and a gzip file beside each asset that gains by it: no request then waits for compression, and the best costs nothing. */
async function compressAssets(folder: string): Promise<void> {
  const names = readdirSync(folder).filter((name) => compressible.test(name))
  await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name)
      const bytes = await readFile(file)
      if (bytes.length < leastBytes) return
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: bytes.length > largeBytes ? 9 : constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      }
      await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }))
      await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }))
    }),
  )
}
