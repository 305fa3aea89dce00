import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import type { S3Config } from '../src/config.ts'
import { freePort } from './free-port.ts'

const program = fileURLToPath(new URL('s3-server-process.mjs', import.meta.url))
const access = { region: 'us-east-1', accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }

export type S3Server = {
  endpoint: string
  /** As a crash does: what it held is there again after `start`. */
  kill(): Promise<void>
  start(): Promise<void>
}

/** An S3 server of the tests' own, with its objects in `folder`. */
export async function startS3Server(folder: string): Promise<S3Server> {
  const port = await freePort()
  let child: ChildProcess
  const start = async () => {
    // Its tokens of listings are made with a cipher that OpenSSL calls legacy; the SDK's signatures of requests to a bucket
    // itself are not understood.
    const own = ['--directory', folder, '--address', '127.0.0.1', '--port', String(port)]
    const args = ['--openssl-legacy-provider', program, ...own, '--silent', '--allow-mismatched-signatures']
    child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    if (child.stdout === null) throw new Error('the S3 server has an output')
    // It says where it listens, once it does.
    await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`the S3 server ended with ${code}`)
      }),
    ])
  }
  await start()
  return {
    endpoint: `http://127.0.0.1:${port}`,
    start,
    async kill() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** A new, empty bucket of a test server, and how to reach it. */
export async function createBucket(endpoint: string): Promise<S3Config> {
  const bucket = `test-${randomUUID()}`
  const { region, ...credentials } = access
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  client.destroy()
  return { endpoint, bucket, ...access }
}
