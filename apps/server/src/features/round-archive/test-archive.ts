import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { ImportedRound } from '@taikai/shared/wire/round-archive'
import { openZip } from '@taikai/shared/zip'
import { zipSync } from 'fflate'
import { expect } from 'vitest'
import type { TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'

/** Gives a scored submission the files and raw outputs that a real one has. */
export async function addFiles({ prisma, blobs }: TestApp, submissionId: string): Promise<void> {
  const model = Buffer.from(`model of ${submissionId}`)
  await blobs.put(`submissions/${submissionId}/0`, model)
  await prisma.submissionFile.create({
    data: {
      submissionId,
      position: 0,
      name: 'model.json',
      bytes: model.length,
      sha256: createHash('sha256').update(model).digest('hex'),
      blobKey: `submissions/${submissionId}/0`,
    },
  })
  for (const { id } of await prisma.scoringRun.findMany({ where: { submissionId, status: 'SCORED' } })) {
    const outputs = Float32Array.from({ length: 1000 }, (_, index) => index / id.charCodeAt(0))
    await blobs.put(`outputs/${id}/1`, deflateSync(new Uint8Array(outputs.buffer)))
    await prisma.scoringRun.update({ where: { id }, data: { outputsBlob: `outputs/${id}/1`, attempt: 1 } })
  }
}

export async function exportZip(instructor: TestClient, { slug }: Pick<Round, 'slug'>): Promise<Buffer> {
  const response = await instructor.get(`/api/rounds/${slug}/export.zip`)
  expect(response.statusCode, response.body).toBe(200)
  return response.rawPayload
}

/** What the import of a zip is answered with. */
export function postZip(instructor: TestClient, zip: Uint8Array) {
  const form = new FormData()
  form.append('meta', '{}')
  form.append('file', new File([new Uint8Array(zip)], 'round.zip'))
  return instructor.post('/api/rounds/import', form)
}

export async function importZip(instructor: TestClient, zip: Uint8Array): Promise<ImportedRound> {
  const response = await postZip(instructor, zip)
  expect(response.statusCode, response.body).toBe(201)
  return response.json()
}

type Json = Record<string, unknown>

/** The zip with other content, and sums that fit it: of JSON files by a change, of others by new bytes (null: without it). */
export function rewritten(
  zip: Uint8Array,
  changes: {
    json?: (name: string, value: Json) => Json
    blob?: (name: string, bytes: Uint8Array) => Uint8Array | null
    added?: Record<string, Uint8Array>
  },
): Uint8Array {
  const files: Record<string, Uint8Array> = { ...changes.added }
  for (const { name, read } of openZip(zip, { entries: 1000, bytes: 1024 ** 3, ratio: 1000 })) {
    if (name === 'sha256sums.txt') continue
    const bytes = name.endsWith('.json')
      ? changedJson(name, read(), changes.json)
      : changedBlob(name, read(), changes.blob)
    if (bytes !== null) files[name] = bytes
  }
  const sums = Object.entries(files).map(
    ([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`,
  )
  return zipSync({ ...files, 'sha256sums.txt': Buffer.from(sums.join('')) })
}

function changedJson(
  name: string,
  bytes: Uint8Array,
  change?: (name: string, value: Json) => Json,
): Uint8Array {
  const value: Json = JSON.parse(Buffer.from(bytes).toString())
  return Buffer.from(JSON.stringify(change?.(name, value) ?? value))
}

function changedBlob(
  name: string,
  bytes: Uint8Array,
  change?: (name: string, bytes: Uint8Array) => Uint8Array | null,
): Uint8Array | null {
  return change === undefined ? bytes : change(name, bytes)
}

/** What lies under keys that begin so. */
export async function blobsOf({ blobs }: TestApp, prefix: string) {
  const found: [string, string][] = []
  for await (const key of blobs.list(prefix))
    found.push([key, Buffer.from(await blobs.readBytes(key)).toString('base64')])
  return found.sort()
}
