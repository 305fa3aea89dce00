import type { GraphNode } from './graph/graph-node.ts'
import type { InputLayout } from './input-shape.ts'
import type { Inspection } from './inspection.ts'
import type { Shape } from './layers/layer-kind.ts'
import type { ModelGraph } from './model-graph.ts'
import type { OnnxProto } from './onnx/onnx-model.ts'

/** A model ready for an engine: clean topology, checked weights. Nothing in it is the sender's own JSON. */
export type ParsedModel = LayersModel | GraphModel | OnnxModel

type Common = {
  /** One image as the model takes it, without the batch dimension. */
  inputShape: Shape
  layout: InputLayout
}

export type LayersModel = Common & {
  family: 'layers'
  topology: ModelGraph['topology']
  /** The layers that hold weights; `path` names the layer in the topology, values are in the layer's own order. */
  weights: { path: readonly string[]; values: { shape: Shape; data: Float32Array }[] }[]
  /** Which of the topology's outputs is scored. */
  headIndex: number
  headCount: number
}

/** How many images one call takes: any number, exactly `size`, or one that stands without a batch dimension. */
export type BatchRule = { kind: 'any' } | { kind: 'fixed'; size: number } | { kind: 'none' }

export type GraphModel = Common & {
  family: 'graph'
  nodes: readonly GraphNode[]
  /** The values of Const nodes by their names, quantised ones decoded. */
  weights: readonly { name: string; shape: Shape; dtype: 'float32' | 'int32' | 'bool'; data: Float32Array }[]
  inputName: string
  inputType: 'float32' | 'int32'
  outputName: string
  batch: BatchRule
}

export type OnnxModel = Common & {
  family: 'onnx'
  /** One input and one output, both float32, and no path to any file; written anew for the engine. */
  proto: OnnxProto
  inputName: string
  outputName: string
  batch: BatchRule
}

export type Inspected = { inspection: Inspection; model: ParsedModel }
