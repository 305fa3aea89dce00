import { readdir } from 'node:fs/promises'
import { type ClientRequest, request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { type Problem, problemSchema } from '@taikai/shared/wire/problem'
import { type Submission, submissionSchema } from '@taikai/shared/wire/submission'
import type { TestApp } from '../../../test/build-test-app.ts'
import { brightPixelModel, type TestFile } from '../../jobs/test-models.ts'

export const unitMeta = { preprocessing: { preset: 'unit' } }

export type Upload = {
  slug: string
  headers: Record<string, string>
  /** Sent as JSON, a string as it is. */
  meta?: unknown
  files?: readonly TestFile[]
  /** An instructor's baseline goes elsewhere. */
  to?: 'submissions' | 'baselines'
}

/** Uploads over the network as a browser's form does; `service` listens. */
export async function upload(
  service: TestApp,
  { slug, headers, meta = unitMeta, files = brightPixelModel(), to = 'submissions' }: Upload,
): Promise<unknown> {
  const body = new FormData()
  body.append('meta', typeof meta === 'string' ? meta : JSON.stringify(meta))
  for (const { name, bytes } of files) body.append('files', new File([bytes], name))
  const url = `${service.app.listeningOrigin}/api/rounds/${slug}/${to}`
  const response = await fetch(url, { method: 'POST', body, headers })
  return response.json()
}

/** An upload that is taken; throws when it is not. */
export async function submitted(service: TestApp, sent: Upload): Promise<Submission> {
  return submissionSchema.parse(await upload(service, sent))
}

/** An upload that is refused; throws when it is taken. */
export async function refused(service: TestApp, sent: Upload): Promise<Problem> {
  return problemSchema.parse(await upload(service, sent))
}

/** The beginning of an upload whose body (30 MB, it says) is left to the test; nothing of it is sent yet. */
export function openUpload(
  origin: string,
  { slug, headers }: Pick<Upload, 'slug' | 'headers'>,
): ClientRequest {
  return httpRequest(`${origin}/api/rounds/${slug}/submissions`, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': 30_000_000,
    },
  })
}

/** The description and 100 kB of a first file. */
export const uploadBeginning =
  `--x\r\nContent-Disposition: form-data; name="meta"\r\n\r\n${JSON.stringify(unitMeta)}\r\n` +
  `--x\r\nContent-Disposition: form-data; name="files"; filename="weights.bin"\r\n\r\n${'x'.repeat(100_000)}`

/** What is kept of submissions: rows, their files, and uploads on the way. */
export async function kept({ prisma, blobs, config }: TestApp) {
  const files: string[] = []
  for await (const key of blobs.list('submissions/')) files.push(key)
  const uploads = await readdir(join(config.dataDir, 'uploads')).catch(() => [])
  return { rows: await prisma.submission.count(), files: files.length, uploads: uploads.length }
}
