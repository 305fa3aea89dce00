import type { ModelFile } from '@taikai/shared/model/model-file'
import type { Ending, HostileCase } from './hostile-case.ts'
import { ascii, hostile, truncations } from './hostile-case.ts'

type Json = Record<string, unknown>
const float32 = { dtype: { type: 'DT_FLOAT' }, T: { type: 'DT_FLOAT' } }
const op = (name: string, operation: string, input: readonly string[], attr: Json = {}): Json => ({
  name,
  op: operation,
  input,
  attr: { ...float32, ...attr },
})
const shape = (...sizes: readonly number[]) => ({
  shape: { shape: { dim: sizes.map((size) => ({ size: String(size) })) } },
})
const input = op('x', 'Placeholder', [], shape(-1, 8, 8, 3))
const dense = (from: string): Json[] => [
  op('flat/shape', 'Const', [], { dtype: { type: 'DT_INT32' } }),
  op('flat', 'Reshape', [from, 'flat/shape'], { Tshape: { type: 'DT_INT32' } }),
  op('w', 'Const', []),
  op('y', 'MatMul', ['flat', 'w'], { transpose_a: { b: false }, transpose_b: { b: false } }),
]

/** A frozen graph [8, 8, 3] → 10 as tensorflowjs_converter writes it. */
function graphModel(nodes: readonly Json[], specs: readonly Json[] = []): ModelFile[] {
  const json = {
    format: 'graph-model',
    modelTopology: { node: nodes, versions: { producer: 1087 } },
    signature: {
      inputs: {
        x: {
          name: 'x:0',
          dtype: 'DT_FLOAT',
          tensorShape: { dim: [{ size: '-1' }, { size: '8' }, { size: '8' }, { size: '3' }] },
        },
      },
      outputs: {
        y: { name: 'y:0', dtype: 'DT_FLOAT', tensorShape: { dim: [{ size: '-1' }, { size: '10' }] } },
      },
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [
          { name: 'flat/shape', shape: [2], dtype: 'int32' },
          { name: 'w', shape: [192, 10], dtype: 'float32' },
          ...specs,
        ],
      },
    ],
  }
  const values = Float32Array.from({ length: 1920 }, (_, at) => Math.sin(at))
  return [
    { name: 'model.json', bytes: ascii(JSON.stringify(json)) },
    {
      name: 'weights.bin',
      bytes: new Uint8Array(
        Buffer.concat([new Uint8Array(Int32Array.of(-1, 192).buffer), new Uint8Array(values.buffer)]),
      ),
    },
  ]
}

const sound = () => graphModel([input, ...dense('x')])
const made = (name: string, endings: readonly Ending[], nodes: readonly Json[]): HostileCase => ({
  name: `GraphModel: ${name}`,
  endings,
  files: () => graphModel([input, ...nodes, ...dense('z')]),
})

/** GraphModels with operations that do more than compute, and graphs that never end. */
export const graphCases: readonly HostileCase[] = [
  hostile('GraphModel: a sound one', 'SCORED', sound),
  made('an operation that reads files', ['LAYER_UNSUPPORTED'], [op('z', 'ReadFile', ['x'])]),
  made('an operation that runs Python', ['LAYER_UNSUPPORTED'], [op('z', 'PyFunc', ['x'])]),
  made('an operation named __proto__', ['LAYER_UNSUPPORTED'], [op('z', '__proto__', ['x'])]),
  made('an operation named constructor', ['LAYER_UNSUPPORTED'], [op('z', 'constructor', ['x'])]),
  made('a random operation', ['LAYER_UNSUPPORTED'], [op('z', 'RandomStandardNormal', ['x'])]),
  made('a cycle', ['MODEL_TOPOLOGY_INVALID'], [op('z', 'AddV2', ['x', 'z2']), op('z2', 'Relu', ['z'])]),
  made('an input that is not there', ['MODEL_TOPOLOGY_INVALID'], [op('z', 'Relu', ['nowhere'])]),
  made('two nodes of one name', ['MODEL_TOPOLOGY_INVALID'], [op('z', 'Relu', ['x']), op('z', 'Relu', ['x'])]),
  made(
    'a while loop whose function is missing',
    ['LAYER_UNSUPPORTED', 'MODEL_TOPOLOGY_INVALID'],
    [op('z', 'StatelessWhile', ['x'], { cond: { func: { name: 'c' } }, body: { func: { name: 'b' } } })],
  ),
  made(
    'a frame that is entered and never left',
    ['SCORED'],
    [op('e', 'Enter', ['x'], { frame_name: { s: 'Zg==' } }), op('z', 'NextIteration', ['e'])],
  ),
  hostile('GraphModel: 100,000 operations', 'MODEL_TOO_LARGE', () =>
    graphModel([
      input,
      ...Array.from({ length: 1e5 }, (_, at) => op(`r${at + 1}`, 'Relu', [at === 0 ? 'x' : `r${at}`])),
      ...dense('r100000'),
    ]),
  ),
]

/** Sound files cut short or written over at every twentieth of their length. */
export const graphCuts: readonly HostileCase[] = [
  ...truncations('GraphModel', sound, 'model.json', ['MODEL_FILE_EMPTY', 'MODEL_JSON_INVALID']),
]
