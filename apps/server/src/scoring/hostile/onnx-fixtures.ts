import type { ModelFile } from '@taikai/shared/model/model-file'
import { ascii, join } from './hostile-case.ts'

/** Fields of a protobuf message in order: whole numbers as varints, all else length-delimited. */
export type Field = readonly [number: number, value: number | bigint | string | Uint8Array]

function varint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest === 0n ? low : low | 0x80)
  } while (rest !== 0n)
  return Uint8Array.from(bytes)
}

/** Encodes one message (https://protobuf.dev/programming-guides/encoding/). */
export function message(...fields: readonly Field[]): Uint8Array {
  return join(
    ...fields.flatMap(([number, value]) => {
      if (typeof value === 'number' || typeof value === 'bigint')
        return [varint(BigInt(number << 3)), varint(BigInt(value))]
      const bytes = typeof value === 'string' ? ascii(value) : value
      return [varint(BigInt((number << 3) | 2)), varint(BigInt(bytes.length)), bytes]
    }),
  )
}

// Field numbers are those of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
const float32 = 1
const int64 = 7

export const attributeInt = (name: string, value: number) => message([1, name], [3, value], [20, 2])
export const attributeInts = (name: string, values: readonly number[]) =>
  message([1, name], ...values.map((value): Field => [8, value]), [20, 7])
export const attributeGraph = (name: string, graph: Uint8Array) => message([1, name], [6, graph], [20, 5])

export function node(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: readonly Uint8Array[] = [],
  domain = '',
): Uint8Array {
  return message(
    ...inputs.map((name): Field => [1, name]),
    ...outputs.map((name): Field => [2, name]),
    [3, outputs[0] ?? ''],
    [4, opType],
    ...attributes.map((attribute): Field => [5, attribute]),
    [7, domain],
  )
}

export const tensor = (name: string, shape: readonly number[], data: Uint8Array, type = float32) =>
  message(...shape.map((size): Field => [1, size]), [2, type], [8, name], [9, data])
export const floats = (name: string, shape: readonly number[], values: Float32Array) =>
  tensor(name, shape, new Uint8Array(values.buffer))
export const integers = (name: string, values: readonly bigint[]) =>
  tensor(name, [values.length], new Uint8Array(BigInt64Array.from(values).buffer), int64)
/** A tensor whose data lies in a file at `location` (data_location EXTERNAL). */
export const externalTensor = (
  name: string,
  shape: readonly number[],
  location: string,
  entries: Readonly<Record<string, string>> = {},
) =>
  message(
    ...shape.map((size): Field => [1, size]),
    [2, float32],
    [8, name],
    ...Object.entries({ location, ...entries }).map(
      ([key, value]): Field => [13, message([1, key], [2, value])],
    ),
    [14, 1],
  )

export function value(name: string, shape: readonly (number | string)[], type = float32): Uint8Array {
  const sizes = shape.map(
    (size): Field => [1, typeof size === 'number' ? message([1, size]) : message([2, size])],
  )
  return message([1, name], [2, message([1, message([1, type], [2, message(...sizes)])])])
}

export type Graph = {
  nodes: readonly Uint8Array[]
  initializers?: readonly Uint8Array[]
  inputs?: readonly Uint8Array[]
  outputs?: readonly Uint8Array[]
}
export const image = value('x', ['N', 3, 8, 8])
export const scores = value('y', ['N', 10])

export const graph = ({ nodes, initializers = [], inputs = [image], outputs = [scores] }: Graph) =>
  message(
    ...nodes.map((one): Field => [1, one]),
    [2, 'graph'],
    ...initializers.map((one): Field => [5, one]),
    ...inputs.map((one): Field => [11, one]),
    ...outputs.map((one): Field => [12, one]),
  )

/** A ModelProto of IR version 8. */
export const model = (body: Uint8Array, opset = 13, more: readonly Field[] = []) =>
  message([1, 8], [7, body], [8, message([1, ''], [2, opset])], ...more)

export const kernel = () =>
  floats(
    'w',
    [192, 10],
    Float32Array.from({ length: 1920 }, (_, at) => Math.sin(at)),
  )
/** From `from` to the ten outputs. */
export const head = (from: string) => [
  node('Flatten', [from], ['flat']),
  node('MatMul', ['flat', 'w'], ['y']),
]
export const soundOnnx = () => model(graph({ nodes: head('x'), initializers: [kernel()] }))
export const onnxFile = (bytes: Uint8Array): ModelFile[] => [{ name: 'model.onnx', bytes }]

/**
 * `depth` If nodes within each other, around a Relu of `x` that writes `z`. Each message has what it encloses for its last field, and
 * so only beginnings are written: copied from each level into the next, ten thousand levels would take half a minute.
 */
export function nestedBranches(depth: number): Uint8Array {
  // From the inside: how each message begins, and the number of the field that encloses the one before.
  const beginnings: readonly [start: Uint8Array, field: number][] = [
    [message([2, 'branch'], [12, value('z', ['N', 3, 8, 8])]), 1], // a graph and its node
    [message([1, 'then_branch'], [20, 5]), 6], // an attribute and its graph
    [message([1, 'true'], [2, 'z'], [3, 'z'], [4, 'If']), 5], // a node and its attribute
  ]
  const innermost = node('Relu', ['x'], ['z'])
  const parts = [innermost]
  let length = innermost.length
  for (let level = 0; level < depth; level++) {
    for (const [start, field] of beginnings) {
      const part = join(start, varint(BigInt((field << 3) | 2)), varint(BigInt(length)))
      parts.push(part)
      length += part.length
    }
  }
  return join(...parts.reverse())
}
