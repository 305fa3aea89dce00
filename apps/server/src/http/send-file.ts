import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyReply } from 'fastify'
import { uploadsFolder } from './upload-intake.ts'

export type MadeFile = { dataDir: string; name: string; mediaType: string; make(path: string): Promise<void> }

/**
 * Makes a file that may be larger than memory in a folder of its own, answers with it, and removes it. A fault while it is made is an
 * answer of its own, not a download that breaks off.
 */
export async function sendMadeFile(reply: FastifyReply, { dataDir, name, mediaType, make }: MadeFile) {
  // Beside uploads: what a killed server leaves there is removed at the next start.
  const folder = join(uploadsFolder(dataDir), randomUUID())
  const path = join(folder, 'file')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await make(path)
    const { size } = await stat(path)
    const content = createReadStream(path)
    content.once('close', () => void remove())
    reply.type(mediaType)
    reply.header('content-length', size)
    reply.header('content-disposition', `attachment; filename="${name}"`)
    return reply.send(content)
  } catch (error) {
    await remove()
    throw error
  }
}
