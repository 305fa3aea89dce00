import { TaikaiError } from '../../errors.ts'
import { modelLimits } from '../limits.ts'
import type { CompanionFiles } from './external-data.ts'
import {
  emptyAttribute,
  type OnnxAttribute,
  type OnnxFunction,
  type OnnxGraph,
  type OnnxNode,
  type OnnxOpset,
  type OnnxProto,
  type OnnxValue,
} from './onnx-model.ts'
import {
  bytesField,
  FieldBudget,
  floatField,
  floatsField,
  intField,
  intsField,
  readMessage,
  textField,
} from './proto-reader.ts'
import { type OnnxSource, readTensor } from './read-tensor.ts'

/**
 * Reads a ModelProto under limits, weights in files beside it as well. Throws ONNX_INVALID when it is damaged or holds no graph,
 * and what readTensor throws.
 */
export function readOnnx(bytes: Uint8Array, companions: CompanionFiles): OnnxProto {
  const proto: Omit<OnnxProto, 'graph'> & { graph: OnnxGraph | null } = {
    irVersion: 0,
    opsets: [],
    graph: null,
    functions: [],
  }
  try {
    const source = { budget: new FieldBudget(modelLimits.onnxFields), companions }
    readMessage(bytes, source.budget, {
      1: intField((value) => {
        proto.irVersion = Number(value)
      }),
      7: bytesField((value) => {
        proto.graph = readGraph(value, source, 0)
      }),
      8: bytesField((value) => proto.opsets.push(readOpset(value, source.budget))),
      25: bytesField((value) => proto.functions.push(readFunction(value, source))),
    })
  } catch (error) {
    if (error instanceof TaikaiError) throw error
    throw invalid('it is damaged or cut off')
  }
  const { graph, ...rest } = proto
  if (graph === null) throw invalid('it holds no graph')
  return { ...rest, graph }
}

const invalid = (reason: string) => new TaikaiError('ONNX_INVALID', { reason })

function readOpset(bytes: Uint8Array, budget: FieldBudget): OnnxOpset {
  const opset: OnnxOpset = { domain: '', version: 0 }
  readMessage(bytes, budget, {
    1: textField((value) => {
      opset.domain = value
    }),
    2: intField((value) => {
      opset.version = Number(value)
    }),
  })
  return opset
}

function readGraph(bytes: Uint8Array, source: OnnxSource, depth: number): OnnxGraph {
  const { budget } = source
  if (depth > modelLimits.depth) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'nesting' })
  const graph: OnnxGraph = { name: '', nodes: [], initializers: [], inputs: [], outputs: [], values: [] }
  readMessage(bytes, budget, {
    1: bytesField((value) => graph.nodes.push(readNode(value, source, depth))),
    2: textField((value) => {
      graph.name = value
    }),
    5: bytesField((value) => graph.initializers.push(readTensor(value, source))),
    11: bytesField((value) => graph.inputs.push(readValue(value, budget))),
    12: bytesField((value) => graph.outputs.push(readValue(value, budget))),
    13: bytesField((value) => graph.values.push(readValue(value, budget))),
    15: refuse('SparseTensorProto'),
  })
  return graph
}

const refuse = (what: string) =>
  bytesField(() => {
    throw new TaikaiError('LAYER_UNSUPPORTED', { layer: what })
  })

function readNode(bytes: Uint8Array, source: OnnxSource, depth: number): OnnxNode {
  const node: OnnxNode = {
    name: '',
    domain: '',
    opType: '',
    overload: '',
    inputs: [],
    outputs: [],
    attributes: [],
  }
  readMessage(bytes, source.budget, {
    1: textField((value) => node.inputs.push(value)),
    2: textField((value) => node.outputs.push(value)),
    3: textField((value) => {
      node.name = value
    }),
    4: textField((value) => {
      node.opType = value
    }),
    5: bytesField((value) => node.attributes.push(readAttribute(value, source, depth))),
    7: textField((value) => {
      node.domain = value === 'ai.onnx' ? '' : value
    }),
    8: textField((value) => {
      node.overload = value
    }),
  })
  return node
}

function readAttribute(bytes: Uint8Array, source: OnnxSource, depth: number): OnnxAttribute {
  const { budget } = source
  const attribute = emptyAttribute('')
  readMessage(bytes, budget, {
    1: textField((value) => {
      attribute.name = value
    }),
    2: floatField((value) => {
      attribute.float = value
    }),
    3: intField((value) => {
      attribute.int = value
    }),
    4: bytesField((value) => {
      attribute.bytes = value
    }),
    5: bytesField((value) => {
      attribute.tensor = readTensor(value, source)
    }),
    6: bytesField((value) => {
      attribute.graph = readGraph(value, source, depth + 1)
    }),
    7: floatsField(budget, (value) => attribute.floats.push(value)),
    8: intsField(budget, (value) => attribute.ints.push(value)),
    9: bytesField((value) => attribute.strings.push(value)),
    10: bytesField((value) => attribute.tensors.push(readTensor(value, source))),
    11: bytesField((value) => attribute.graphs.push(readGraph(value, source, depth + 1))),
    20: intField((value) => {
      attribute.type = Number(value)
    }),
    21: textField((value) => {
      attribute.reference = value
    }),
    22: refuse('SparseTensorProto'),
    23: refuse('SparseTensorProto'),
  })
  return attribute
}

function readFunction(bytes: Uint8Array, source: OnnxSource): OnnxFunction {
  const { budget } = source
  const result: OnnxFunction = {
    domain: '',
    name: '',
    overload: '',
    inputs: [],
    outputs: [],
    attributes: [],
    defaults: [],
    nodes: [],
    opsets: [],
  }
  readMessage(bytes, budget, {
    1: textField((value) => {
      result.name = value
    }),
    4: textField((value) => result.inputs.push(value)),
    5: textField((value) => result.outputs.push(value)),
    6: textField((value) => result.attributes.push(value)),
    7: bytesField((value) => result.nodes.push(readNode(value, source, 0))),
    9: bytesField((value) => result.opsets.push(readOpset(value, budget))),
    10: textField((value) => {
      result.domain = value
    }),
    11: bytesField((value) => result.defaults.push(readAttribute(value, source, 0))),
    13: textField((value) => {
      result.overload = value
    }),
  })
  return result
}

function readValue(bytes: Uint8Array, budget: FieldBudget): OnnxValue {
  const value: OnnxValue = { name: '', type: 0, shape: null }
  readMessage(bytes, budget, {
    1: textField((name) => {
      value.name = name
    }),
    2: bytesField((type) =>
      readMessage(type, budget, {
        1: bytesField((tensorType) => readTensorType(tensorType, budget, value)),
      }),
    ),
  })
  return value
}

function readTensorType(bytes: Uint8Array, budget: FieldBudget, value: OnnxValue): void {
  readMessage(bytes, budget, {
    1: intField((type) => {
      value.type = Number(type)
    }),
    2: bytesField((shape) => {
      const sizes: (number | string)[] = []
      readMessage(shape, budget, {
        1: bytesField((dimension) => sizes.push(readDimension(dimension, budget))),
      })
      if (sizes.length > modelLimits.rank) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'rank' })
      value.shape = sizes
    }),
  })
}

/** A size, or the name of a free one; what is neither is free and has no name. */
function readDimension(bytes: Uint8Array, budget: FieldBudget): number | string {
  let size: number | string = ''
  readMessage(bytes, budget, {
    1: intField((value) => {
      size = value > 0n && value <= 1_000_000_000n ? Number(value) : ''
    }),
    2: textField((name) => {
      size = name
    }),
  })
  return size
}
