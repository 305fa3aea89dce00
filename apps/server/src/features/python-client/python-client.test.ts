import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createdApiKeySchema } from '@taikai/shared/wire/account'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent } from '../../http/test-data.ts'
import { prepareScoring } from '../../jobs/prepare-scoring.ts'
import { type ScoringWorker, startScoringWorker } from '../../jobs/scoring-worker.ts'
import { seedRound } from '../../jobs/test-fixtures.ts'
import { brightPixel, brightPixelImages, brightPixelModel } from '../../jobs/test-models.ts'

let service: TestApp
let worker: ScoringWorker
let round: Round
let origin: string
let folder: string
let key: string

beforeAll(async () => {
  service = await buildTestApp()
  const scoring = await prepareScoring(service.config, service.logger)
  worker = await startScoringWorker({ ...service, scoring })
  origin = await service.app.listen({ host: '127.0.0.1', port: 0 })
  folder = await mkdtemp(join(tmpdir(), 'taikai-python-'))
  round = await seedRound(service, { ...brightPixel, ...brightPixelImages(12) })
  const student = await registeredStudent(service, round, 'Hana')
  const created = await student.post('/api/me/api-keys', { name: 'colab', expiresInDays: 1 })
  key = createdApiKeySchema.parse(created.json()).key
  await mkdir(join(folder, 'model'))
  for (const { name, bytes } of brightPixelModel()) await writeFile(join(folder, 'model', name), bytes)
  await writeFile(join(folder, 'taikai.py'), await (await fetch(`${origin}/taikai.py`)).text())
})
afterAll(async () => {
  await worker.close(0)
  await service.close()
  await rm(folder, { recursive: true, force: true })
})

/** Runs the file as it was served with the system's Python, in English. */
async function python(args: string[], env: Record<string, string> = { TAIKAI_KEY: key }) {
  const { PATH = '' } = process.env
  const child = spawn('/usr/bin/python3', ['taikai.py', ...args], {
    cwd: folder,
    env: { PATH, LANG: 'en_US.UTF-8', PYTHONUTF8: '1', XDG_CONFIG_HOME: folder, ...env },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { code, out, err }
}
const at = (...args: string[]) => [...args, '--server', origin]
const submission = () => at('submit', '--round', round.slug, '--preprocessing', 'unit', 'model')

describe('taikai.py', () => {
  it('submits a folder, waits, and tells the score: two of three classes are recognised', async () => {
    const { code, out, err } = await python([...submission(), '--label', '線形', '--wait'])
    expect(err).toContain(`accepted: ${origin}/submissions/`)
    expect(out).toMatch(/Scored\. Accuracy on the public images: 66\.67% \(4\/6\)/)
    expect(code).toBe(0)
    const { label } = await service.prisma.submission.findFirstOrThrow({ where: { roundId: round.id } })
    expect(label).toBe('線形')
  })

  it('gives the id alone when it does not wait, tells the state, and shows the ranking', async () => {
    const id = (await python(submission())).out.trim()
    const followed = await python(at('status', id, '--wait'))
    expect(followed).toMatchObject({ code: 0, out: expect.stringContaining('(4/6)') })
    const { out } = await python(at('leaderboard', '--round', round.slug))
    expect(out.split('\n')[1]).toBe('1\tHana\t4\t6\t66.67%')
  })

  it('tells a refusal in words, with its code, and exits with 2', async () => {
    await writeFile(join(folder, 'photo.jpg'), new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))
    const sent = at('submit', '--round', round.slug, '--preprocessing', 'unit', 'photo.jpg')
    const refusal = await python(sent)
    expect(refusal).toMatchObject({ code: 2, err: expect.stringContaining('MODEL_FORMAT_UNSUPPORTED') })
    const japanese = await python(sent, { TAIKAI_KEY: key, LANG: 'ja_JP.UTF-8' })
    expect(japanese.err).toContain('リクエスト番号')
  })

  it('keeps a key that was given once, for its owner alone to read', async () => {
    const without = await python(submission(), {})
    expect(without).toMatchObject({ code: 1, err: expect.stringContaining('taikai.py login') })
    expect(await python(at('login', '--token', 'wrong'), {})).toMatchObject({ code: 1 })
    expect(await python(at('login', '--token', key), {})).toMatchObject({ code: 0 })
    const kept = join(folder, 'taikai/login.json')
    expect(JSON.parse(await readFile(kept, 'utf8'))).toEqual({ [origin]: key })
    expect((await stat(kept)).mode & 0o777).toBe(0o600)
    expect((await python(submission(), {})).code).toBe(0)
  })

  it('says what to do where there is no server, no address, or no file', async () => {
    const none = 'http://127.0.0.1:1'
    const lost = await python(['status', 'x', '--server', none])
    expect(lost).toMatchObject({ code: 1, err: expect.stringContaining(`${none} cannot be reached`) })
    // Without PUBLIC_URL the file knows no address: what a request calls the server is not believed.
    expect((await python(['status', 'x'])).err).toContain('--server')
    const sent = at('submit', '--round', round.slug, '--preprocessing', 'unit', 'nothing.keras')
    expect(await python(sent)).toMatchObject({ code: 1, err: expect.stringContaining('nothing.keras') })
  })
})

const notebookSchema = z.object({
  nbformat: z.literal(4),
  cells: z.array(z.object({ cell_type: z.enum(['code', 'markdown']), source: z.array(z.string()) })),
})

describe('with a public address', () => {
  it('is what the files hold, whatever the request says', async () => {
    const config = { ...service.config, publicUrl: 'https://taikai.example' }
    const other = await buildTestApp({ config })
    const client = new TestClient(other.app)
    const python = await client.get('/taikai.py', { host: 'evil.example' })
    expect(python.headers['content-type']).toContain('text/x-python')
    expect(python.body).toContain('SERVER = "https://taikai.example"')
    for (const language of ['ja', 'en']) {
      const { body } = await client.get(`/starter.${language}.ipynb`, { host: 'evil.example' })
      const code = notebookSchema.parse(JSON.parse(body)).cells.flatMap(({ source }) => source)
      expect(code).toContain('SERVER = "https://taikai.example"\n')
      expect(body + python.body).not.toMatch(/evil|__TAIKAI_SERVER__/)
    }
    await other.close()
  })
})
