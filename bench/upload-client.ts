// A process that uploads, for uploads.ts.
import { randomFillSync } from 'node:crypto'
import { request } from 'node:http'

export type UploadRequest = { url: string; cookie: string; megabytes: number }

const boundary = 'the-boundary-of-the-benchmark'
const chunk = randomFillSync(Buffer.alloc(1_000_000))
const meta = JSON.stringify({ preprocessing: { preset: 'unit' } })
const head = [
  `--${boundary}`,
  'content-disposition: form-data; name="meta"',
  '',
  meta,
  `--${boundary}`,
  'content-disposition: form-data; name="files"; filename="model.keras"',
  'content-type: application/octet-stream',
  '',
  '',
].join('\r\n')
const tail = `\r\n--${boundary}--\r\n`

/** The status of the answer. */
function upload({ url, cookie, megabytes }: UploadRequest): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': head.length + megabytes * chunk.length + tail.length,
      cookie,
    }
    const sending = request(url, { method: 'POST', headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode))
    })
    sending.on('error', reject)
    const send = async () => {
      sending.write(head)
      for (let sent = 0; sent < megabytes; sent++) {
        if (!sending.write(chunk)) await new Promise((drained) => sending.once('drain', drained))
      }
      sending.end(tail)
    }
    send().catch(reject)
  })
}

process.on('message', async (message: UploadRequest) => {
  process.send?.((await upload(message)) ?? 0)
})
