import type { Problem } from '@taikai/shared/wire/problem'
import { i18n } from '../i18n/i18n.ts'
import { RequestError } from './request-error.ts'
import { speedometer, type UploadProgress } from './upload-progress.ts'

/**
 * POST of a multipart form with progress, which fetch cannot tell. `meta` goes first, as the routes ask.
 * Throws RequestError; an aborted signal ends the upload with an AbortError.
 */
export function uploadForm<T>(
  path: string,
  form: FormData,
  options: {
    signal: AbortSignal
    onProgress(progress: UploadProgress): void
    headers?: Readonly<Record<string, string>>
  },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const speed = speedometer(performance.now())
    request.open('POST', path)
    request.setRequestHeader('accept-language', i18n.language)
    for (const [name, value] of Object.entries(options.headers ?? {})) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      options.onProgress({
        sentBytes: loaded,
        totalBytes: total,
        bytesPerSecond: speed(loaded, performance.now()),
      }),
    )
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        const body: T = JSON.parse(request.responseText)
        resolve(body)
      } else reject(new RequestError(readProblem(request)))
    })
    request.addEventListener('error', () => reject(new RequestError(null)))
    request.addEventListener('abort', () => reject(new DOMException('Upload aborted', 'AbortError')))
    options.signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}

function readProblem(request: XMLHttpRequest): Problem | null {
  if (request.getResponseHeader('content-type')?.includes('application/problem+json') !== true) return null
  const problem: Problem = JSON.parse(request.responseText)
  return problem
}
