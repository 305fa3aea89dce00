import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { TaikaiError } from '@taikai/shared/errors'
import type { Download, OfficialFormat, StartDownload } from '@taikai/shared/wire/dataset'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../../config.ts'
import type { Actor } from '../audit/audit.repository.ts'
import { type ImportDeps, importDataset } from './datasets.service.ts'
import { downloadFile } from './download-file.ts'
import type { DatasetFile } from './formats/labelled-images.ts'
import type { OfficialDownload, OfficialFile } from './formats/official-files.ts'

export type OfficialDownloadDeps = ImportDeps & {
  config: Pick<Config, 'dataDir'>
  officialFiles: readonly OfficialFile[]
  logger: FastifyBaseLogger
}

export type OfficialDownloads = {
  /** What is going on, and what failed last. */
  list(): Download[]
  /** Begins to download and then import a dataset. Throws DOWNLOAD_RUNNING. */
  start(input: StartDownload & { actor: Actor }): Download
  /** Stops what is going on. What has come stays, and the next start goes on with it. */
  close(): Promise<void>
}

type Wanted = OfficialDownload & { md5: string; path: string }

/**
 * Downloads of official datasets by this server, one of each format at a time. Their state is in memory: a restart forgets it, but
 * not the files in `<dataDir>/downloads`.
 */
export function createOfficialDownloads(deps: OfficialDownloadDeps): OfficialDownloads {
  const folder = join(deps.config.dataDir, 'downloads')
  const downloads = new Map<OfficialFormat, Download>()
  const running = new Map<OfficialFormat, Promise<void>>()
  const stop = new AbortController()

  function filesOf(format: OfficialFormat): Wanted[] {
    return deps.officialFiles.flatMap(({ md5, download }) =>
      download?.format === format ? [{ ...download, md5, path: join(folder, md5) }] : [],
    )
  }

  async function run(state: Download, actor: Actor): Promise<void> {
    const files = filesOf(state.format)
    await mkdir(folder, { recursive: true })
    let earlier = 0
    for (const file of files) {
      await downloadFile(file, file.path, {
        signal: stop.signal,
        onBytes: (bytes) => {
          state.receivedBytes = earlier + bytes
        },
      })
      earlier += file.bytes
    }
    state.state = 'importing'
    const filesFor = (part: Wanted['part']): DatasetFile[] =>
      files
        .filter((file) => file.part === part)
        .map(({ url, path }) => ({ name: basename(new URL(url).pathname), path }))
    const { name, format } = state
    await importDataset(deps, { name, format, actor, hidden: filesFor('hidden'), train: filesFor('train') })
    for (const { path } of files) await rm(path)
  }

  async function follow(state: Download, actor: Actor): Promise<void> {
    try {
      await run(state, actor)
      downloads.delete(state.format)
    } catch (error) {
      if (stop.signal.aborted) return
      const isNamed = error instanceof TaikaiError
      deps.logger[isNamed ? 'warn' : 'error']({ err: error }, 'a download failed')
      state.state = 'failed'
      state.problem = isNamed ? { code: error.code, params: error.params } : { code: 'INTERNAL', params: {} }
    } finally {
      running.delete(state.format)
    }
  }

  return {
    list: () => [...downloads.values()],
    start({ name, format, actor }) {
      if (running.has(format)) throw new TaikaiError('DOWNLOAD_RUNNING')
      const totalBytes = filesOf(format).reduce((sum, { bytes }) => sum + bytes, 0)
      const state: Download = {
        name,
        format,
        state: 'downloading',
        receivedBytes: 0,
        totalBytes,
        problem: null,
      }
      downloads.set(format, state)
      running.set(format, follow(state, actor))
      return state
    },
    async close() {
      stop.abort()
      await Promise.all(running.values())
    },
  }
}
