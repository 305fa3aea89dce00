import { formatError } from './file-content.ts'
import type { DatasetFile } from './labelled-images.ts'
import { isKind, PickleError, type PickleValue, readPickle } from './pickle.ts'

const imageBytes = 3 * 32 * 32

/**
 * Reads one batch of CIFAR-10's Python version: a pickled dict with `data`, a numpy array of unsigned bytes [images, 3072], and
 * `labels`, a list. Throws DATASET_FORMAT_UNKNOWN.
 */
export function readPickledBatch(
  file: DatasetFile,
  bytes: Uint8Array,
): { data: Uint8Array; labels: Uint8Array } {
  try {
    const batch = readPickle(bytes)
    if (!isKind(batch, 'dict')) throw new PickleError('no dict')
    return {
      data: arrayBytes(batch.entries.get('data')),
      labels: byteList(batch.entries.get('labels')),
    }
  } catch (error) {
    if (error instanceof PickleError) throw formatError(file, error.message, error)
    throw error
  }
}

/** The bytes of a numpy array, whose state is (version, shape, dtype, whether in Fortran's order, bytes). */
function arrayBytes(value: PickleValue | undefined): Uint8Array {
  if (!isKind(value, 'object') || value.type !== 'numpy.core.multiarray _reconstruct')
    throw new PickleError('no array')
  if (!isKind(value.state, 'tuple')) throw new PickleError('an array without state')
  const [, shape, dtype, fortranOrder, bytes] = value.state.items
  if (!isKind(shape, 'tuple') || shape.items.length !== 2 || shape.items[1] !== imageBytes) {
    throw new PickleError('an array of another shape')
  }
  if (!isUnsignedByte(dtype) || fortranOrder !== false || !(bytes instanceof Uint8Array)) {
    throw new PickleError('an array of another type')
  }
  if (shape.items[0] !== bytes.length / imageBytes) throw new PickleError('an array of another size')
  return bytes
}

function isUnsignedByte(dtype: PickleValue | undefined): boolean {
  if (!isKind(dtype, 'object') || dtype.type !== 'numpy dtype') return false
  const [code] = dtype.args
  return code instanceof Uint8Array && Buffer.from(code).toString('latin1') === 'u1'
}

function byteList(value: PickleValue | undefined): Uint8Array {
  if (!Array.isArray(value)) throw new PickleError('no list of labels')
  return Uint8Array.from(value, (item) => {
    if (typeof item !== 'number' || item < 0 || item > 255)
      throw new PickleError('a label that is no small number')
    return item
  })
}
