import { TaikaiError } from '../errors.ts'
import type { LayersFile, WeightSpec } from './layers-file.ts'
import type { StoredWeight } from './stored-weight.ts'
import { weightsMismatch } from './weights-mismatch.ts'

const bytesPerValue: ReadonlyMap<string, number> = new Map([
  ['float32', 4],
  ['int32', 4],
  ['bool', 1],
])
const bytesPerQuantized: ReadonlyMap<string, number> = new Map([
  ['uint8', 1],
  ['uint16', 2],
  ['float16', 2],
])

function bytesOf(spec: WeightSpec): number {
  const table = spec.quantization === undefined ? bytesPerValue : bytesPerQuantized
  const each = table.get(spec.quantization?.dtype ?? spec.dtype)
  if (each === undefined || !bytesPerValue.has(spec.dtype))
    throw weightsMismatch('type', { weight: `${spec.name.slice(0, 80)} (${spec.dtype})` })
  return each
}

/**
 * Cuts the shards into weights. Lengths are compared with the specs before anything is joined.
 * Throws WEIGHTS_MISMATCH for dtypes that hold no numbers, WEIGHTS_TRUNCATED when the shards are shorter than the specs
 * say (`found`, `expected` bytes), WEIGHTS_MISMATCH when they are longer.
 */
export function locateWeights(groups: LayersFile['groups']): (StoredWeight & { dtype: string })[] {
  return groups.flatMap(({ specs, shards }) => {
    const lengths = specs.map((spec) => spec.shape.reduce((product, size) => product * size, 1))
    const expectedBytes = specs.reduce((sum, spec, index) => sum + bytesOf(spec) * (lengths[index] ?? 0), 0)
    const foundBytes = shards.reduce((sum, shard) => sum + shard.length, 0)
    if (foundBytes < expectedBytes)
      throw new TaikaiError('WEIGHTS_TRUNCATED', { found: foundBytes, expected: expectedBytes })
    if (foundBytes > expectedBytes)
      throw weightsMismatch('bytes', { expected: expectedBytes, found: foundBytes })
    const joined = join(shards, foundBytes)
    let at = 0
    return specs.map((spec, index) => {
      const length = lengths[index] ?? 0
      const bytes = joined.subarray(at, at + bytesOf(spec) * length)
      at += bytes.length
      return {
        name: spec.name,
        shape: spec.shape,
        dtype: spec.dtype,
        isInteger: spec.dtype === 'int32' && spec.quantization === undefined,
        read: () => decodeWeight(spec, length, bytes),
      }
    })
  })
}

function join(shards: readonly Uint8Array[], total: number): Uint8Array {
  const [only] = shards
  if (only !== undefined && shards.length === 1) return only
  const joined = new Uint8Array(total)
  let at = 0
  for (const shard of shards) {
    joined.set(shard, at)
    at += shard.length
  }
  return joined
}

/** Values of one weight as float32, quantised ones as TF.js decodes them (uint8 and uint16: value × scale + min). */
function decodeWeight(spec: WeightSpec, length: number, bytes: Uint8Array): Float32Array {
  const values = new Float32Array(length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const scale = spec.quantization?.scale ?? 1
  const min = spec.quantization?.min ?? 0
  const stored = spec.quantization?.dtype ?? spec.dtype
  for (let index = 0; index < length; index++) {
    if (stored === 'float32') values[index] = view.getFloat32(index * 4, true)
    else if (stored === 'int32') values[index] = view.getInt32(index * 4, true)
    else if (stored === 'bool') values[index] = view.getUint8(index)
    else if (stored === 'float16') values[index] = float16(view.getUint16(index * 2, true))
    else
      values[index] =
        (stored === 'uint8' ? view.getUint8(index) : view.getUint16(index * 2, true)) * scale + min
  }
  return values
}

/** IEEE 754 binary16 to a number. */
function float16(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
