/** ONNX files for tests, made so that outputs can be told by hand. */
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { ModelFile } from '../model-file.ts'
import {
  emptyAttribute,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxNode,
  type OnnxProto,
  type OnnxTensor,
  type OnnxValue,
} from './onnx-model.ts'
import { writeOnnx } from './write-onnx.ts'

export const float32 = 1

export function onnxFile(
  graph: Partial<OnnxGraph>,
  rest: Partial<Omit<OnnxProto, 'graph'>> = {},
): { name: string; bytes: Uint8Array<ArrayBuffer> } {
  const proto: OnnxProto = {
    irVersion: 8,
    opsets: [{ domain: '', version: 13 }],
    functions: [],
    ...rest,
    graph: graphOf(graph),
  }
  return { name: 'model.onnx', bytes: writeOnnx(proto) }
}

/**
 * The same model as PyTorch's exporter writes it since 2.9: the values of all initializers in a file beside it, each from a
 * multiple of `alignment` bytes on.
 */
export function onnxFiles(
  graph: Partial<OnnxGraph>,
  { alignment = 64, location = 'model.onnx.data' } = {},
): ModelFile[] {
  const initializers = graph.initializers ?? []
  const starts: number[] = []
  let end = 0
  for (const { data } of initializers) {
    starts.push(Math.ceil(end / alignment) * alignment)
    end = (starts.at(-1) ?? 0) + data.length
  }
  const data = new Uint8Array(end)
  for (const [index, tensor] of initializers.entries()) data.set(tensor.data, starts[index])
  const whole = onnxFile({ ...graph, initializers: [] })
  const reader = new BinaryReader(whole.bytes)
  const writer = new BinaryWriter()
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag()
    if (field !== 7) writer.tag(field, wire).raw(reader.skip(wire))
    else {
      writer.tag(field, wire).fork().raw(reader.bytes())
      for (const [index, tensor] of initializers.entries())
        writeExternal(writer, tensor, { location, offset: starts[index] ?? 0, length: tensor.data.length })
      writer.join()
    }
  }
  return [
    { name: whole.name, bytes: writer.finish() },
    { name: 'model.onnx.data', bytes: data },
  ]
}

/** An initializer with external_data, in the order in which PyTorch writes it. */
function writeExternal(writer: BinaryWriter, { name, type, shape }: OnnxTensor, place: object): void {
  writer.tag(5, WireType.LengthDelimited).fork()
  for (const size of shape) writer.tag(1, WireType.Varint).int64(size)
  writer.tag(2, WireType.Varint).int32(type)
  writer.tag(8, WireType.LengthDelimited).string(name)
  for (const [key, value] of Object.entries(place)) {
    writer.tag(13, WireType.LengthDelimited).fork()
    writer.tag(1, WireType.LengthDelimited).string(key)
    writer.tag(2, WireType.LengthDelimited).string(String(value)).join()
  }
  writer.tag(14, WireType.Varint).int32(1).join()
}

export const graphOf = (graph: Partial<OnnxGraph>): OnnxGraph => ({
  name: 'graph',
  nodes: [],
  initializers: [],
  inputs: [],
  outputs: [],
  values: [],
  ...graph,
})

type Value = number | number[] | string | OnnxTensor | OnnxGraph

export function node(
  opType: string,
  inputs: string[],
  outputs: string[],
  attributes: Record<string, Value> = {},
  domain = '',
): OnnxNode {
  const written = Object.entries(attributes).map(([name, value]) => attribute(name, value))
  return { name: '', domain, opType, overload: '', inputs, outputs, attributes: written }
}

/** Whole numbers become INT or INTS, others FLOAT. */
function attribute(name: string, value: Value): OnnxAttribute {
  const empty = emptyAttribute(name)
  if (typeof value === 'string') return { ...empty, type: 3, bytes: new TextEncoder().encode(value) }
  if (typeof value === 'number')
    return Number.isInteger(value)
      ? { ...empty, type: 2, int: BigInt(value) }
      : { ...empty, type: 1, float: value }
  if (Array.isArray(value)) return { ...empty, type: 7, ints: value.map(BigInt) }
  return 'nodes' in value ? { ...empty, type: 5, graph: value } : { ...empty, type: 4, tensor: value }
}

export const floats = (name: string, shape: number[], values: readonly number[]): OnnxTensor => ({
  name,
  type: float32,
  shape,
  data: new Uint8Array(Float32Array.from(values).buffer),
})

export const ints = (name: string, values: readonly number[], shape = [values.length]): OnnxTensor => ({
  name,
  type: 7,
  shape,
  data: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
})

export const value = (name: string, shape: OnnxValue['shape'], type = float32): OnnxValue => ({
  name,
  type,
  shape,
})

/** 1 where input and output stand at the same place, so that a product picks the first `columns` values. */
export const pick = (rows: number, columns: number) =>
  Array.from({ length: rows * columns }, (_, at) => (Math.floor(at / columns) === at % columns ? 1 : 0))
