import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { TaikaiError } from '../../errors.ts'

/** Takes one field from the reader. */
export type FieldReader = (reader: BinaryReader, wire: WireType) => void

/** How many fields may still be read: two bytes of a file can ask for a whole object in memory. */
export class FieldBudget {
  #left: number

  constructor(fields: number) {
    this.#left = fields
  }

  /** Throws MODEL_TOO_LARGE. */
  spend(): void {
    if (this.#left-- <= 0) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'entries' })
  }
}

class WrongWireType extends Error {}

/** Reads one message; fields that are not named are passed over. Throws whatever the protobuf reader does at damage. */
export function readMessage(
  bytes: Uint8Array,
  budget: FieldBudget,
  fields: Readonly<Record<number, FieldReader>>,
): void {
  const reader = new BinaryReader(bytes)
  while (reader.pos < reader.len) {
    budget.spend()
    const [number, wire] = reader.tag()
    const take = fields[number]
    if (take === undefined) reader.skip(wire, number)
    else take(reader, wire)
  }
}

const expect = (wire: WireType, wanted: WireType) => {
  if (wire !== wanted) throw new WrongWireType(`wire type ${wire} instead of ${wanted}`)
}
const varint = (reader: BinaryReader) => BigInt(reader.int64())

export const bytesField =
  (set: (bytes: Uint8Array) => void): FieldReader =>
  (reader, wire) => {
    expect(wire, WireType.LengthDelimited)
    set(reader.bytes())
  }
export const textField =
  (set: (text: string) => void): FieldReader =>
  (reader, wire) => {
    expect(wire, WireType.LengthDelimited)
    set(reader.string())
  }
export const intField =
  (set: (value: bigint) => void): FieldReader =>
  (reader, wire) => {
    expect(wire, WireType.Varint)
    set(varint(reader))
  }
export const floatField =
  (set: (value: number) => void): FieldReader =>
  (reader, wire) => {
    expect(wire, WireType.Bit32)
    set(reader.float())
  }

/** A repeated number, packed or not; each value counts against the budget. */
const repeated =
  (single: WireType, budget: FieldBudget, read: (reader: BinaryReader) => void): FieldReader =>
  (reader, wire) => {
    if (wire === single) return read(reader)
    expect(wire, WireType.LengthDelimited)
    const packed = new BinaryReader(reader.bytes())
    while (packed.pos < packed.len) {
      budget.spend()
      read(packed)
    }
  }
export const intsField = (budget: FieldBudget, add: (value: bigint) => void): FieldReader =>
  repeated(WireType.Varint, budget, (reader) => add(varint(reader)))
export const floatsField = (budget: FieldBudget, add: (value: number) => void): FieldReader =>
  repeated(WireType.Bit32, budget, (reader) => add(reader.float()))

/** The bytes of a repeated number as they stand, packed or not, without decoding any. */
export const chunksField =
  (single: WireType, add: (chunk: Uint8Array) => void): FieldReader =>
  (reader, wire) => {
    if (wire === WireType.LengthDelimited) return add(reader.bytes())
    expect(wire, single)
    add(reader.skip(wire))
  }
