import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { TaikaiError } from '../../errors.ts'
import { modelLimits } from '../limits.ts'
import { weightsMismatch } from '../weights-mismatch.ts'
import { type CompanionFiles, type ExternalEntries, externalEntry } from './external-data.ts'
import { type OnnxTensor, tensorTypes } from './onnx-model.ts'
import {
  bytesField,
  chunksField,
  type FieldBudget,
  intField,
  intsField,
  readMessage,
  textField,
} from './proto-reader.ts'

const variableLength = { int32: 5, int64: 7, uint64: 11 } as const

/** What tensors are read from besides their own bytes. */
export type OnnxSource = { budget: FieldBudget; companions: CompanionFiles }

/**
 * Reads a TensorProto. Shape, type and the length of the data are compared before anything is decoded.
 * Throws ONNX_EXTERNAL_DATA, WEIGHTS_TRUNCATED, WEIGHTS_MISMATCH, MODEL_TOO_LARGE, or LAYER_UNSUPPORTED for types without numbers.
 */
export function readTensor(bytes: Uint8Array, { budget, companions }: OnnxSource): OnnxTensor {
  let name = ''
  let type = 0
  const held: { raw: Uint8Array | null; elsewhere: boolean } = { raw: null, elsewhere: false }
  const external: ExternalEntries = new Map()
  const shape: number[] = []
  const fixed: Uint8Array[] = []
  const varints: Uint8Array[] = []
  const collect = (list: Uint8Array[]) => (chunk: Uint8Array) => list.push(chunk)
  readMessage(bytes, budget, {
    1: intsField(budget, (size) => shape.push(sizeOf(size))),
    2: intField((value) => {
      type = Number(value)
    }),
    4: chunksField(WireType.Bit32, collect(fixed)),
    [variableLength.int32]: chunksField(WireType.Varint, collect(varints)),
    [variableLength.int64]: chunksField(WireType.Varint, collect(varints)),
    8: textField((value) => {
      name = value
    }),
    9: bytesField((value) => {
      held.raw = value
    }),
    10: chunksField(WireType.Bit64, collect(fixed)),
    [variableLength.uint64]: chunksField(WireType.Varint, collect(varints)),
    13: externalEntry(budget, external),
    14: intField((place) => {
      held.elsewhere = place !== 0n
    }),
  })
  const known = tensorTypes.get(type)
  if (known === undefined)
    throw new TaikaiError('LAYER_UNSUPPORTED', { layer: `TensorProto(data_type=${type})` })
  const count = shape.reduce((product, size) => product * size, 1)
  if (count > modelLimits.parameters) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'parameters' })
  const width = count * known.bytes
  if (held.elsewhere || external.size > 0)
    return { name, type, shape, data: companions.take(name, external, width) }
  const stored = held.raw ?? (varints.length > 0 ? unpack(varints, count, known.bytes, name) : join(fixed))
  checkLength(stored.length, width, name)
  return { name, type, shape, data: stored }
}

function sizeOf(size: bigint): number {
  if (size < 0n || size > 1_000_000_000n) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'parameters' })
  return Number(size)
}

function checkLength(found: number, expected: number, name: string): void {
  if (found < expected) throw new TaikaiError('WEIGHTS_TRUNCATED', { found, expected })
  if (found > expected) throw weightsMismatch('bytes-of-weight', { weight: name, expected, found })
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks
  if (only !== undefined && chunks.length === 1) return only
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.length
  }
  return joined
}

/** Variable-length integers to packed ones of `width` bytes; how many there are is counted first. */
function unpack(chunks: readonly Uint8Array[], count: number, width: number, name: string): Uint8Array {
  let found = 0
  for (const chunk of chunks) for (const byte of chunk) if (byte < 0x80) found++
  checkLength(found * width, count * width, name)
  const out = new Uint8Array(count * width)
  const view = new DataView(out.buffer)
  let at = 0
  for (const chunk of chunks) {
    const reader = new BinaryReader(chunk)
    while (reader.pos < reader.len) {
      const value = BigInt(reader.int64())
      if (width === 8) view.setBigInt64(at, value, true)
      else if (width === 4) view.setInt32(at, Number(BigInt.asIntN(32, value)), true)
      else if (width === 2) view.setInt16(at, Number(BigInt.asIntN(16, value)), true)
      else view.setInt8(at, Number(BigInt.asIntN(8, value)))
      at += width
    }
  }
  return out
}
