/** TensorFlow.js GraphModel files for tests, made so that outputs can be told by hand. */
import type { ModelFile } from '../model-file.ts'
import type { GraphNode } from './graph-node.ts'

type Weight = {
  shape: number[]
  values: number[]
  dtype?: string
  quantization?: { dtype: string; scale?: number; min?: number }
}

export function graphNode(
  op: string,
  name: string,
  input: string[],
  { shape, type, source, target }: { shape?: number[]; type?: string; source?: string; target?: string } = {},
): GraphNode {
  const attr: GraphNode['attr'] = {
    ...(op === 'Placeholder' ? { dtype: { type: type ?? 'DT_FLOAT' } } : { T: { type: 'DT_FLOAT' } }),
    ...(shape === undefined
      ? {}
      : { shape: { shape: { dim: shape.map((size) => ({ size: String(size) })) } } }),
    ...(source === undefined ? {} : { SrcT: { type: source } }),
    ...(target === undefined ? {} : { DstT: { type: target } }),
  }
  return { name, op, input, attr }
}

/** `model.json` and one shard; a Const node is added for each weight. */
export function graphFiles({
  nodes,
  weights,
  signature,
}: {
  nodes: GraphNode[]
  weights: Record<string, Weight>
  signature?: object | undefined
}): ModelFile[] {
  const constants = Object.entries(weights).map(([name, { dtype = 'float32' }]) => ({
    name,
    op: 'Const',
    attr: { dtype: { type: `DT_${dtype === 'float32' ? 'FLOAT' : dtype.toUpperCase()}` } },
  }))
  const json = {
    format: 'graph-model',
    modelTopology: { node: [...constants, ...nodes], versions: { producer: 1 } },
    signature,
    weightsManifest: [
      {
        paths: ['group1-shard1of1.bin'],
        weights: Object.entries(weights).map(([name, { shape, dtype = 'float32', quantization }]) => ({
          name,
          shape,
          dtype,
          quantization,
        })),
      },
    ],
  }
  const parts = Object.values(weights).flatMap(({ values, dtype, quantization }) => [
    ...bytesOf(values, quantization?.dtype ?? dtype ?? 'float32'),
  ])
  return [
    { name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(json)) },
    { name: 'group1-shard1of1.bin', bytes: Uint8Array.from(parts) },
  ]
}

function bytesOf(values: number[], dtype: string): Uint8Array {
  if (dtype === 'float32') return new Uint8Array(Float32Array.from(values).buffer)
  return dtype === 'int32' ? new Uint8Array(Int32Array.from(values).buffer) : Uint8Array.from(values)
}
