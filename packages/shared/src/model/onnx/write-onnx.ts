import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type {
  OnnxAttribute,
  OnnxFunction,
  OnnxGraph,
  OnnxNode,
  OnnxOpset,
  OnnxProto,
  OnnxTensor,
  OnnxValue,
} from './onnx-model.ts'

/** Writes a ModelProto with nothing in it but what was read: no documentation, no metadata, no path to another file. */
export function writeOnnx({ irVersion, opsets, graph, functions }: OnnxProto): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter()
  int(writer, 1, BigInt(irVersion))
  nested(writer, 7, graph, writeGraph)
  for (const opset of opsets) nested(writer, 8, opset, writeOpset)
  for (const one of functions) nested(writer, 25, one, writeFunction)
  return writer.finish()
}

function nested<Value>(
  writer: BinaryWriter,
  field: number,
  value: Value,
  write: (writer: BinaryWriter, value: Value) => void,
): void {
  writer.tag(field, WireType.LengthDelimited).fork()
  write(writer, value)
  writer.join()
}
const text = (writer: BinaryWriter, field: number, value: string) =>
  writer.tag(field, WireType.LengthDelimited).string(value)
const int = (writer: BinaryWriter, field: number, value: bigint) =>
  writer.tag(field, WireType.Varint).int64(value)

function writeOpset(writer: BinaryWriter, { domain, version }: OnnxOpset): void {
  text(writer, 1, domain)
  int(writer, 2, BigInt(version))
}

function writeGraph(writer: BinaryWriter, { name, nodes, initializers, inputs, outputs }: OnnxGraph): void {
  for (const node of nodes) nested(writer, 1, node, writeNode)
  text(writer, 2, name === '' ? 'graph' : name)
  for (const tensor of initializers) nested(writer, 5, tensor, writeTensor)
  for (const value of inputs) nested(writer, 11, value, writeValue)
  for (const value of outputs) nested(writer, 12, value, writeValue)
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) text(writer, 1, input)
  for (const output of node.outputs) text(writer, 2, output)
  text(writer, 3, node.name)
  text(writer, 4, node.opType)
  for (const attribute of node.attributes) nested(writer, 5, attribute, writeAttribute)
  text(writer, 7, node.domain)
  if (node.overload !== '') text(writer, 8, node.overload)
}

/** The value that counts for the attribute's type (AttributeProto.AttributeType), and no other. */
function writeAttribute(writer: BinaryWriter, attribute: OnnxAttribute): void {
  text(writer, 1, attribute.name)
  int(writer, 20, BigInt(attribute.type))
  if (attribute.reference !== '') {
    text(writer, 21, attribute.reference)
    return
  }
  switch (attribute.type) {
    case 1:
      writer.tag(2, WireType.Bit32).float(attribute.float)
      break
    case 2:
      int(writer, 3, attribute.int)
      break
    case 3:
      writer.tag(4, WireType.LengthDelimited).bytes(attribute.bytes)
      break
    case 4:
      if (attribute.tensor !== null) nested(writer, 5, attribute.tensor, writeTensor)
      break
    case 5:
      if (attribute.graph !== null) nested(writer, 6, attribute.graph, writeGraph)
      break
    case 6:
      for (const value of attribute.floats) writer.tag(7, WireType.Bit32).float(value)
      break
    case 7:
      for (const value of attribute.ints) int(writer, 8, value)
      break
    case 8:
      for (const value of attribute.strings) writer.tag(9, WireType.LengthDelimited).bytes(value)
      break
    case 9:
      for (const value of attribute.tensors) nested(writer, 10, value, writeTensor)
      break
    case 10:
      for (const value of attribute.graphs) nested(writer, 11, value, writeGraph)
      break
  }
}

function writeTensor(writer: BinaryWriter, { name, type, shape, data }: OnnxTensor): void {
  for (const size of shape) int(writer, 1, BigInt(size))
  int(writer, 2, BigInt(type))
  text(writer, 8, name)
  writer.tag(9, WireType.LengthDelimited).bytes(data)
}

function writeValue(writer: BinaryWriter, { name, type, shape }: OnnxValue): void {
  text(writer, 1, name)
  if (type === 0) return
  nested(writer, 2, shape, (valueType) =>
    nested(valueType, 1, shape, (tensorType, sizes) => {
      int(tensorType, 1, BigInt(type))
      if (sizes !== null) nested(tensorType, 2, sizes, writeShape)
    }),
  )
}

function writeShape(writer: BinaryWriter, sizes: readonly (number | string)[]): void {
  for (const size of sizes)
    nested(writer, 1, size, (dimension) => {
      if (typeof size === 'number') int(dimension, 1, BigInt(size))
      else if (size !== '') text(dimension, 2, size)
    })
}

function writeFunction(writer: BinaryWriter, value: OnnxFunction): void {
  text(writer, 1, value.name)
  for (const input of value.inputs) text(writer, 4, input)
  for (const output of value.outputs) text(writer, 5, output)
  for (const attribute of value.attributes) text(writer, 6, attribute)
  for (const node of value.nodes) nested(writer, 7, node, writeNode)
  for (const opset of value.opsets) nested(writer, 9, opset, writeOpset)
  text(writer, 10, value.domain)
  for (const attribute of value.defaults) nested(writer, 11, attribute, writeAttribute)
  if (value.overload !== '') text(writer, 13, value.overload)
}
