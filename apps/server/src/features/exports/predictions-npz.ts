import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { formatNpy, type NpyArray, npyTexts } from '@taikai/shared/npy'
import type { BlobStore } from '../../platform/blob-store.ts'
import { type NewZipEntry, writeZip } from '../../platform/zip-file.ts'
import { stratifiedSplit } from '../datasets/split.ts'
import type { RoundRow } from '../rounds/rounds.repository.ts'
import type { StoredOutputs } from './exports.repository.ts'

const inflateAsync = promisify(inflate)
const floatBytes = 4

/**
 * Writes an `.npz` of what every scored submission answered: an array with the submission's id as its name, float32 [images, classes],
 * as the model gave it; `submissions` and `teams` (texts, in the same order), `class_names`, and, since instructors hold the hidden
 * part anyway, `labels` (uint8) and `is_public` (whether each image is of the public split).
 */
export async function writePredictions(
  blobs: BlobStore,
  round: RoundRow,
  outputs: readonly StoredOutputs[],
  path: string,
): Promise<void> {
  const { classNames, hiddenLabelsBlob, hiddenCount } = round.dataset
  const classCount = classNames.length
  const labels = await blobs.readBytes(hiddenLabelsBlob)
  const { isPublic } = stratifiedSplit(labels, classCount, round.publicPercent, round.splitSeed)
  const array = (name: string, make: () => Promise<NpyArray>): NewZipEntry => ({
    name: `${name}.npy`,
    compress: true,
    read: async () => formatNpy(await make()),
  })
  const ofImages = (descr: string, data: Uint8Array): NpyArray => ({ descr, shape: [hiddenCount], data })
  await writeZip(
    path,
    [
      array('labels', async () => ofImages('|u1', labels)),
      array('is_public', async () => ofImages('|b1', Uint8Array.from(isPublic))),
      array('class_names', async () => npyTexts(classNames)),
      array('submissions', async () => npyTexts(outputs.map(({ submissionId }) => submissionId))),
      array('teams', async () => npyTexts(outputs.map(({ entryName }) => entryName))),
      ...outputs.map(({ submissionId, outputsBlob }) =>
        array(submissionId, async () => {
          const data = await inflateAsync(await blobs.readBytes(outputsBlob))
          if (data.length !== hiddenCount * classCount * floatBytes) {
            throw new Error(`blob ${outputsBlob} does not hold ${hiddenCount} × ${classCount} outputs`)
          }
          return { descr: '<f4', shape: [hiddenCount, classCount], data }
        }),
      ),
    ],
    { withSums: false },
  )
}
