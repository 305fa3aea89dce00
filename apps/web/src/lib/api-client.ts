import type { Problem } from '@taikai/shared/wire/problem'
import { i18n } from '../i18n/i18n.ts'
import { RequestError } from './request-error.ts'

/** How requests go out: by the browser's fetch, and where the server writes a page within itself. */
let ask: (path: string, init: RequestInit) => Promise<Response> = (path, init) => fetch(path, init)

export function askBy(other: typeof ask): void {
  ask = other
}

/** GET of an API path. `T` is the wire type that the route answers with. Throws RequestError. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, signal === undefined ? {} : { signal })
  const body: T = await response.json()
  return body
}

/** GET of a file. Throws RequestError. */
export async function getBytes(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await send(path, signal === undefined ? {} : { signal })
  return new Uint8Array(await response.arrayBuffer())
}

/** A request that changes something; the body goes as JSON. Throws RequestError. */
export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  json?: unknown,
): Promise<T> {
  const response = await sendBody(method, path, json)
  const body: T = await response.json()
  return body
}

/** Like sendJson, where the answer has no body. */
export async function sendWithoutAnswer(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  json?: unknown,
): Promise<void> {
  await sendBody(method, path, json)
}

/** POST of a file's bytes as they are. Throws RequestError. */
export async function sendFile<T>(path: string, file: File, mediaType: string): Promise<T> {
  const response = await send(path, { method: 'POST', body: file, headers: { 'content-type': mediaType } })
  const body: T = await response.json()
  return body
}

function sendBody(method: string, path: string, json: unknown): Promise<Response> {
  if (json === undefined) return send(path, { method })
  return send(path, { method, body: JSON.stringify(json), headers: { 'content-type': 'application/json' } })
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await ask(path, {
      ...init,
      headers: { ...init.headers, 'accept-language': i18n.language },
    })
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause
    throw new RequestError(null, { cause })
  }
  if (!response.ok) throw new RequestError(await readProblem(response))
  return response
}

async function readProblem(response: Response): Promise<Problem | null> {
  // A proxy in between answers with a page of its own.
  if (response.headers.get('content-type')?.includes('application/problem+json') !== true) return null
  const problem: Problem = await response.json()
  return problem
}
