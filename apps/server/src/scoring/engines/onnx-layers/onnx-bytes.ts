import {
  emptyAttribute,
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from '@taikai/shared/model/onnx/onnx-model'
import { writeOnnx } from '@taikai/shared/model/onnx/write-onnx'
import type { AttributeValue, Constant, GraphBuilder, GraphNode } from './graph-builder.ts'
import type { Value } from './value.ts'

/** ONNX 1.15: the first with Gelu. */
const opset = { domain: '', version: 20 }
const irVersion = 9
const float32 = 1
const int64 = 7

/** The graph as the bytes of an ONNX file, with the constants that its nodes read. The batch is free. */
export function onnxBytes(
  graph: GraphBuilder,
  inputs: readonly Value[],
  output: Value,
): Uint8Array<ArrayBuffer> {
  const read = new Set(graph.nodes.flatMap((node) => node.inputs))
  return writeOnnx({
    irVersion,
    opsets: [opset],
    functions: [],
    graph: {
      name: 'model',
      nodes: graph.nodes.map(nodeOf),
      initializers: [...graph.constants].flatMap(([name, one]) =>
        read.has(name) ? [tensorOf(name, one)] : [],
      ),
      inputs: inputs.map(describe),
      outputs: [describe(output)],
      values: [],
    },
  })
}

const describe = ({ name, shape }: Value): OnnxValue => ({ name, type: float32, shape: ['batch', ...shape] })

function nodeOf({ op, inputs, outputs, attributes }: GraphNode, index: number): OnnxNode {
  const written = Object.entries(attributes).map(([name, value]) => attributeOf(name, value))
  return { name: `n${index}`, domain: '', opType: op, overload: '', inputs, outputs, attributes: written }
}

function tensorOf(name: string, { shape, data }: Constant): OnnxTensor {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return { name, type: data instanceof Float32Array ? float32 : int64, shape: [...shape], data: bytes }
}

/** With the number that says which of the values counts (AttributeProto.AttributeType). */
function attributeOf(name: string, value: AttributeValue): OnnxAttribute {
  const empty = emptyAttribute(name)
  if (typeof value === 'number') return { ...empty, type: 2, int: BigInt(value) }
  if (typeof value === 'string') return { ...empty, type: 3, bytes: utf8(value) }
  if ('float' in value) return { ...empty, type: 1, float: value.float }
  if ('floats' in value) return { ...empty, type: 6, floats: [...value.floats] }
  const texts = value.filter((one) => typeof one === 'string')
  if (texts.length > 0) return { ...empty, type: 8, strings: texts.map(utf8) }
  return { ...empty, type: 7, ints: value.map(BigInt) }
}

const utf8 = (text: string) => new TextEncoder().encode(text)
