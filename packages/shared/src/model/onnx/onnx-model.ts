/** The parts of ONNX's protobuf messages that inference needs (onnx.proto3, IR version 3 to 12). */
export type OnnxProto = {
  irVersion: number
  opsets: OnnxOpset[]
  graph: OnnxGraph
  functions: OnnxFunction[]
}
export type OnnxOpset = { domain: string; version: number }

export type OnnxGraph = {
  name: string
  nodes: OnnxNode[]
  initializers: OnnxTensor[]
  inputs: OnnxValue[]
  outputs: OnnxValue[]
  /** What the exporter noted about values in between; shown, and never given to the engine. */
  values: OnnxValue[]
}

export type OnnxFunction = {
  domain: string
  name: string
  overload: string
  inputs: string[]
  outputs: string[]
  attributes: string[]
  defaults: OnnxAttribute[]
  nodes: OnnxNode[]
  opsets: OnnxOpset[]
}

export type OnnxNode = {
  name: string
  domain: string
  opType: string
  overload: string
  inputs: string[]
  outputs: string[]
  attributes: OnnxAttribute[]
}

/** `type` says which of the values counts (AttributeProto.AttributeType). */
export type OnnxAttribute = {
  name: string
  type: number
  /** Within a function: the function's own attribute that gives the value. */
  reference: string
  float: number
  int: bigint
  bytes: Uint8Array
  tensor: OnnxTensor | null
  graph: OnnxGraph | null
  floats: number[]
  ints: bigint[]
  strings: Uint8Array[]
  tensors: OnnxTensor[]
  graphs: OnnxGraph[]
}

export const emptyAttribute = (name: string): OnnxAttribute => ({
  name,
  type: 0,
  reference: '',
  float: 0,
  int: 0n,
  bytes: new Uint8Array(),
  tensor: null,
  graph: null,
  floats: [],
  ints: [],
  strings: [],
  tensors: [],
  graphs: [],
})

/** `data`: packed little-endian values, whatever field of the file held them; its length fits type and shape. */
export type OnnxTensor = { name: string; type: number; shape: number[]; data: Uint8Array }

/** `type` 0 is a value that is no tensor; `shape` null is not known, and a size in it is a number or a free name. */
export type OnnxValue = { name: string; type: number; shape: (number | string)[] | null }

/** TensorProto.DataType: bytes per value, and what messages call it. Strings, complex and sub-byte types cannot be scored. */
export const tensorTypes: ReadonlyMap<number, { name: string; bytes: number }> = new Map([
  [1, { name: 'float32', bytes: 4 }],
  [2, { name: 'uint8', bytes: 1 }],
  [3, { name: 'int8', bytes: 1 }],
  [4, { name: 'uint16', bytes: 2 }],
  [5, { name: 'int16', bytes: 2 }],
  [6, { name: 'int32', bytes: 4 }],
  [7, { name: 'int64', bytes: 8 }],
  [9, { name: 'bool', bytes: 1 }],
  [10, { name: 'float16', bytes: 2 }],
  [11, { name: 'float64', bytes: 8 }],
  [12, { name: 'uint32', bytes: 4 }],
  [13, { name: 'uint64', bytes: 8 }],
  [16, { name: 'bfloat16', bytes: 2 }],
])
