import { zipSync } from 'fflate'
import { formatNpy, type NpyArray, parseNpy } from './npy.ts'
import { openZip } from './zip.ts'

/** More arrays than any file of images and labels has. */
const arraysMax = 64
/** Blank images of a drawing shrink a lot; what shrinks more is a bomb. */
const ratioMax = 1000
const suffix = '.npy'
/** Zip's first day: the same arrays give the same file. */
const mtime = '1980-01-01T00:00:00'

/**
 * The arrays of NumPy's `.npz` by name, those whose name is among `names`. `maxBytes`: of all arrays unpacked.
 * Throws ZipError, and RangeError for an array that is none (see `parseNpy`).
 */
export function readNpz(file: Uint8Array, names: readonly string[], maxBytes: number): Map<string, NpyArray> {
  const arrays = new Map<string, NpyArray>()
  for (const entry of openZip(file, { entries: arraysMax, bytes: maxBytes, ratio: ratioMax })) {
    const name = entry.name.endsWith(suffix) ? entry.name.slice(0, -suffix.length) : null
    if (name !== null && names.includes(name)) arrays.set(name, parseNpy(entry.read()))
  }
  return arrays
}

/** An `.npz` file, not compressed, as `numpy.savez` writes it. */
export function formatNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}${suffix}`, formatNpy(array)])
  return zipSync(Object.fromEntries(files), { level: 0, mtime })
}
