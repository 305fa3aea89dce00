import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { describe, expect, it } from 'vitest'
import { TaikaiError } from '../../errors.ts'
import { CompanionFiles } from './external-data.ts'
import { floats, graphOf, ints, node, onnxFile, value } from './onnx-fixtures.ts'
import type { OnnxTensor } from './onnx-model.ts'
import { readOnnx } from './read-onnx.ts'

const small = onnxFile({
  nodes: [node('Gemm', ['x', 'kernel', 'bias'], ['y'], { alpha: 0.5, transB: 1 })],
  initializers: [floats('kernel', [2, 2], [1, 2, 3, 4]), floats('bias', [2], [5, 6])],
  inputs: [value('x', ['n', 2])],
  outputs: [value('y', ['n', 2])],
}).bytes

type Field = (writer: BinaryWriter) => void
const nested =
  (number: number, ...fields: Field[]): Field =>
  (writer) => {
    writer.tag(number, WireType.LengthDelimited).fork()
    for (const field of fields) field(writer)
    writer.join()
  }
const int =
  (number: number, whole: bigint): Field =>
  (writer) => {
    writer.tag(number, WireType.Varint).int64(whole)
  }
const text =
  (number: number, words: string): Field =>
  (writer) => {
    writer.tag(number, WireType.LengthDelimited).string(words)
  }
const bytes =
  (number: number, given: ArrayLike<number>): Field =>
  (writer) => {
    writer.tag(number, WireType.LengthDelimited).bytes(Uint8Array.from(given))
  }
const message = (...fields: Field[]) => {
  const writer = new BinaryWriter()
  for (const field of fields) field(writer)
  return writer.finish()
}
const read = (given: Uint8Array) => {
  const file = { name: 'model.onnx', bytes: given }
  return readOnnx(given, new CompanionFiles(file, [file]))
}
/** A file whose graph has one initializer, made of the given fields of TensorProto. */
const withTensor = (...fields: Field[]) => message(int(1, 8n), nested(7, nested(5, ...fields)))
const tensorOf = (...fields: Field[]): OnnxTensor | undefined =>
  read(withTensor(...fields)).graph.initializers[0]

const refusalOf = (given: Uint8Array) => {
  try {
    read(given)
  } catch (error) {
    if (error instanceof TaikaiError) return error.code
    throw error
  }
  return null
}

describe('reading ONNX', () => {
  it('gives back what was written', () => {
    const { irVersion, opsets, graph } = read(small)
    expect(irVersion).toBe(8)
    expect(opsets).toEqual([{ domain: '', version: 13 }])
    expect(graph.inputs).toEqual([{ name: 'x', type: 1, shape: ['n', 2] }])
    expect(graph.initializers[0]).toMatchObject({ name: 'kernel', type: 1, shape: [2, 2] })
    expect(new Float32Array(Uint8Array.from(graph.initializers[0]?.data ?? []).buffer)).toEqual(
      Float32Array.of(1, 2, 3, 4),
    )
    expect(graph.nodes[0]?.attributes.map(({ name, float, int: whole }) => [name, float, whole])).toEqual([
      ['alpha', 0.5, 0n],
      ['transB', 0, 1n],
    ])
  })

  it('refuses a file that is cut off anywhere, and never with anything but a reason', () => {
    const parts = Array.from({ length: 20 }, (_, at) =>
      small.subarray(0, Math.floor((small.length * at) / 20)),
    )
    for (const part of parts) expect(refusalOf(part)).toMatch(/^(ONNX_INVALID|WEIGHTS_TRUNCATED)$/)
  })

  it('reads values from each field that may hold them', () => {
    const float32s = new Uint8Array(Float32Array.of(1.5, -2).buffer)
    expect(tensorOf(int(1, 2n), int(2, 1n), bytes(4, float32s))?.data).toEqual(float32s)
    const unpacked: Field = (writer) => {
      writer.tag(4, WireType.Bit32).float(1.5).tag(4, WireType.Bit32).float(-2)
    }
    expect(tensorOf(int(1, 2n), int(2, 1n), unpacked)?.data).toEqual(float32s)
    const int64s = new Uint8Array(BigInt64Array.of(-1n, 300n).buffer)
    const negative = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]
    expect(tensorOf(int(1, 2n), int(2, 7n), bytes(7, [...negative, 0xac, 0x02]))?.data).toEqual(int64s)
    // float16 stands as its bits: 1.0 is 0x3c00
    expect(tensorOf(int(1, 1n), int(2, 10n), bytes(5, [0x80, 0x78]))?.data).toEqual(Uint8Array.of(0, 0x3c))
  })

  it.each([
    [
      'weights in another file',
      'ONNX_EXTERNAL_DATA',
      [int(1, 1n), int(2, 1n), int(14, 1n), nested(13, text(1, 'location'), text(2, '../../etc/passwd'))],
    ],
    ['a shape without values', 'MODEL_TOO_LARGE', [int(1, 100_000n), int(1, 100_000n), int(2, 1n)]],
    ['a negative size', 'MODEL_TOO_LARGE', [int(1, -1n), int(2, 1n)]],
    ['too few values', 'WEIGHTS_TRUNCATED', [int(1, 3n), int(2, 1n), bytes(9, [0, 0, 0, 0])]],
    ['too many values', 'WEIGHTS_MISMATCH', [int(1, 1n), int(2, 1n), bytes(9, [0, 0, 0, 0, 0])]],
    ['text', 'LAYER_UNSUPPORTED', [int(1, 1n), int(2, 8n), text(6, 'a')]],
    ['a field of the wrong kind', 'ONNX_INVALID', [text(2, 'float')]],
  ])('refuses a tensor with %s', (_name, code, fields) => {
    expect(refusalOf(withTensor(...fields))).toBe(code)
  })

  it('refuses sparse initializers, which two bytes can make huge', () => {
    expect(refusalOf(message(int(1, 8n), nested(7, bytes(15, []))))).toBe('LAYER_UNSUPPORTED')
  })

  it('refuses graphs within graphs beyond any use', () => {
    let graph = graphOf({})
    for (let depth = 0; depth < 20; depth++)
      graph = graphOf({ nodes: [node('If', ['x'], ['y'], { then_branch: graph })] })
    expect(refusalOf(onnxFile(graph).bytes)).toBe('MODEL_TOO_LARGE')
  })

  it('stops at a million empty nodes before it has made them', () => {
    const empty = new Uint8Array(2_000_000).map((_, at) => (at % 2 === 0 ? 0x0a : 0))
    expect(refusalOf(message(int(1, 8n), bytes(7, empty)))).toBe('MODEL_TOO_LARGE')
  })

  it('keeps int64 attributes exact', () => {
    const file = onnxFile({
      nodes: [node('Slice', ['x'], ['y'], { ends: [2 ** 52] })],
      initializers: [ints('a', [1])],
    })
    expect(read(file.bytes).graph.nodes[0]?.attributes[0]?.ints).toEqual([2n ** 52n])
  })
})
