import type { Ending, HostileCase } from './hostile-case.ts'
import { ascii, hostile, join, noise, truncations } from './hostile-case.ts'
import {
  attributeGraph,
  attributeInt,
  attributeInts,
  externalTensor,
  floats,
  type Graph,
  graph,
  head,
  image,
  integers,
  kernel,
  message,
  model,
  nestedBranches,
  node,
  onnxFile,
  scores,
  soundOnnx,
  tensor,
  value,
} from './onnx-fixtures.ts'

const made = (name: string, ending: Ending, make: () => Graph, opset?: number): HostileCase =>
  hostile(`ONNX: ${name}`, ending, () => onnxFile(model(graph(make()), opset)))
const weight = (name: string, ending: Ending, make: () => Uint8Array): HostileCase =>
  made(name, ending, () => ({ nodes: head('x'), initializers: [make()] }))
const before = (
  name: string,
  ending: Ending,
  nodes: readonly Uint8Array[],
  initializers: readonly Uint8Array[] = [],
) =>
  made(name, ending, () => ({ nodes: [...nodes, ...head('z')], initializers: [kernel(), ...initializers] }))
const body = (...nodes: readonly Uint8Array[]) =>
  graph({
    nodes,
    inputs: [value('i', [], 7), value('c', [], 9), value('s', ['N', 3, 8, 8])],
    outputs: [value('c2', [], 9), value('s2', ['N', 3, 8, 8])],
  })
const truth = tensor('true', [], Uint8Array.of(1), 9)
const anyEnding: readonly Ending[] = [
  'SCORED',
  'ONNX_INVALID',
  'ONNX_OPSET_UNSUPPORTED',
  'ONNX_EXTERNAL_DATA',
  'MODEL_FORMAT_UNKNOWN',
  'MODEL_FORMAT_UNSUPPORTED',
  'MODEL_TOO_LARGE',
  'LAYER_UNSUPPORTED',
  'INPUT_SHAPE_MISMATCH',
  'OUTPUT_SHAPE_MISMATCH',
  'WEIGHTS_MISMATCH',
  'WEIGHTS_TRUNCATED',
  'WEIGHTS_NOT_FINITE',
  'OUTPUT_NOT_FINITE',
  'MODEL_FILE_EMPTY',
]

/** Weights in a file of `size` bytes beside the model, where the entries say. */
const beside = (what: string, ending: Ending, size: number, entries: Record<string, string> = {}) =>
  hostile(`ONNX: weights in a file beside it, ${what}`, ending, () => [
    ...onnxFile(
      model(
        graph({
          nodes: head('x'),
          initializers: [externalTensor('w', [192, 10], 'model.onnx.data', entries)],
        }),
      ),
    ),
    { name: 'model.onnx.data', bytes: new Uint8Array(size) },
  ])

/** ONNX files that name other files, that never end, and that ask for more than there is. */
export const onnxCases: readonly HostileCase[] = [
  weight('weights in /etc/passwd', 'ONNX_EXTERNAL_DATA', () => externalTensor('w', [192, 10], '/etc/passwd')),
  weight('weights two folders up', 'ONNX_EXTERNAL_DATA', () => externalTensor('w', [192, 10], '../../data')),
  weight('weights of 1e18 values', 'MODEL_TOO_LARGE', () => floats('w', [1e9, 1e9], new Float32Array(1920))),
  weight('weights of a negative size', 'MODEL_TOO_LARGE', () =>
    floats('w', [-192, -10], new Float32Array(1920)),
  ),
  weight('weights a value short', 'WEIGHTS_TRUNCATED', () => floats('w', [192, 10], new Float32Array(1919))),
  weight('weights a value long', 'WEIGHTS_MISMATCH', () => floats('w', [192, 10], new Float32Array(1921))),
  weight('weights with NaN', 'WEIGHTS_NOT_FINITE', () =>
    floats('w', [192, 10], new Float32Array(1920).fill(Number.NaN)),
  ),
  weight('weights of text', 'LAYER_UNSUPPORTED', () => tensor('w', [192, 10], new Uint8Array(1920), 8)),
  weight('weights of a type that does not exist', 'LAYER_UNSUPPORTED', () =>
    tensor('w', [192, 10], new Uint8Array(1920), 99),
  ),
  weight('weights that do not fit', 'MODEL_TOPOLOGY_INVALID', () =>
    floats('w', [19, 10], new Float32Array(190)),
  ),
  made('an operator of Microsoft', 'LAYER_UNSUPPORTED', () => ({
    nodes: [node('FusedGemm', ['x'], ['y'], [], 'com.microsoft')],
  })),
  made('an operator of nobody', 'LAYER_UNSUPPORTED', () => ({
    nodes: [node('System', ['x'], ['y'], [], 'evil')],
  })),
  made('an operator that does not exist', 'LAYER_UNSUPPORTED', () => ({
    nodes: [node('Sytsem', ['x'], ['y'])],
  })),
  made('a random operator', 'LAYER_UNSUPPORTED', () => ({ nodes: [node('RandomNormalLike', ['x'], ['y'])] })),
  made(
    'an opset of the future',
    'ONNX_OPSET_UNSUPPORTED',
    () => ({ nodes: head('x'), initializers: [kernel()] }),
    99,
  ),
  made(
    'an opset of the past',
    'ONNX_OPSET_UNSUPPORTED',
    () => ({ nodes: head('x'), initializers: [kernel()] }),
    1,
  ),
  made('no input', 'ONNX_INVALID', () => ({ nodes: head('w'), initializers: [kernel()], inputs: [] })),
  made('no output', 'OUTPUT_SHAPE_MISMATCH', () => ({
    nodes: head('x'),
    initializers: [kernel()],
    outputs: [],
  })),
  made('two nodes that write one value', 'MODEL_TOPOLOGY_INVALID', () => ({
    nodes: [...head('x'), ...head('x')],
    initializers: [kernel()],
  })),
  before('a cycle', 'MODEL_TOPOLOGY_INVALID', [node('Add', ['x', 'z2'], ['z']), node('Relu', ['z'], ['z2'])]),
  before(
    'a constant of 1e12 values',
    'MODEL_TOO_LARGE',
    [node('ConstantOfShape', ['size'], ['c']), node('Add', ['x', 'c'], ['z'])],
    [integers('size', [1_000_000n, 1_000_000n])],
  ),
  before(
    'a tensor repeated 1e9 times',
    'MODEL_TOO_LARGE',
    [node('Tile', ['x', 'times'], ['z'])],
    [integers('times', [1n, 1_000n, 1_000n, 1_000n])],
  ),
  before('a padding chosen by the image', 'MODEL_TOPOLOGY_INVALID', [node('Pad', ['x', 'x'], ['z'])]),
  before(
    'a loop without end',
    'LAYER_UNSUPPORTED',
    [
      node(
        'Loop',
        ['', 'true', 'x'],
        ['z'],
        [attributeGraph('body', body(node('Identity', ['c'], ['c2']), node('Identity', ['s'], ['s2'])))],
      ),
    ],
    [truth],
  ),
  before(
    'a loop of 1e18 rounds',
    'MODEL_TOO_LARGE',
    [
      node(
        'Loop',
        ['rounds', 'true', 'x'],
        ['z'],
        [attributeGraph('body', body(node('Identity', ['c'], ['c2']), node('Identity', ['s'], ['s2'])))],
      ),
    ],
    [integers('rounds', [10n ** 18n]), truth],
  ),
  made('branches 10,000 deep', 'MODEL_TOO_LARGE', () => ({
    nodes: [nestedBranches(10_000), ...head('z')],
    initializers: [kernel(), truth],
  })),
  made('20,000 operators', 'MODEL_TOO_LARGE', () => ({
    nodes: [
      ...Array.from({ length: 20_000 }, (_, at) => node('Relu', [at === 0 ? 'x' : `r${at}`], [`r${at + 1}`])),
      ...head('r20000'),
    ],
    initializers: [kernel()],
  })),
  made('a convolution chain of gigabytes', 'OUT_OF_MEMORY', () => ({
    nodes: [
      node('Conv', ['x', 'k'], ['c0'], [attributeInts('pads', [400, 400, 400, 400])]),
      ...Array.from({ length: 8 }, (_, at) => node('Relu', [`c0`], [`d${at}`])),
      node(
        'Concat',
        Array.from({ length: 8 }, (_, at) => `d${at}`),
        ['e'],
        [attributeInt('axis', 1)],
      ),
      node('GlobalAveragePool', ['e'], ['p']),
      node('Flatten', ['p'], ['q']),
      node('MatMul', ['q', 'w'], ['y']),
    ],
    initializers: [
      floats('k', [64, 3, 1, 1], new Float32Array(192).fill(1)),
      floats('w', [512, 10], new Float32Array(5120)),
    ],
  })),
  made('an input named twice', 'ONNX_INVALID', () => ({
    nodes: head('x'),
    initializers: [kernel()],
    inputs: [image, image],
  })),
  made('an output of another shape', 'OUTPUT_SHAPE_MISMATCH', () => ({
    nodes: head('x'),
    initializers: [kernel()],
    outputs: [value('y', ['N', 11])],
  })),
  made('an output that says it has ten values', 'OUTPUT_SHAPE_MISMATCH', () => ({
    nodes: [node('Flatten', ['x'], ['y'])],
    outputs: [scores],
  })),
  hostile('ONNX: a function that calls itself', 'ONNX_INVALID', () =>
    onnxFile(
      model(
        graph({ nodes: [node('F', ['x'], ['z'], [], 'own'), ...head('z')], initializers: [kernel()] }),
        13,
        [
          [8, message([1, 'own'], [2, 1])],
          [25, message([1, 'F'], [4, 'a'], [5, 'b'], [7, node('F', ['a'], ['b'], [], 'own')], [10, 'own'])],
        ],
      ),
    ),
  ),
  hostile('ONNX: a number of eleven bytes', 'ONNX_INVALID', () =>
    onnxFile(join(Uint8Array.of(0x08, 0x08, 0x12), new Uint8Array(11).fill(0xff), Uint8Array.of(1))),
  ),
  hostile('ONNX: a message longer than the file', 'ONNX_INVALID', () =>
    onnxFile(join(Uint8Array.of(0x08, 0x08, 0x3a, 0xff, 0xff, 0xff, 0xff, 0x07), noise(1000, 3))),
  ),
  hostile('ONNX: a start and random bytes', 'ONNX_INVALID', () =>
    onnxFile(join(Uint8Array.of(0x08, 0x08, 0x3a), noise(100_000, 6))),
  ),
  beside('a value short', 'WEIGHTS_TRUNCATED', 7676),
  beside('from 1e15 on', 'WEIGHTS_TRUNCATED', 7680, { offset: '999999999999999' }),
  beside('from before its start', 'WEIGHTS_MISMATCH', 7680, { offset: '-8' }),
  beside('of another length', 'WEIGHTS_MISMATCH', 7680, { length: '4' }),
  beside('from a fraction on', 'WEIGHTS_MISMATCH', 7680, { offset: '0.5' }),
  hostile('ONNX: a thousand tensors from the same bytes beside it', 'WEIGHTS_MISMATCH', () => [
    ...onnxFile(
      model(
        graph({
          nodes: head('x'),
          initializers: Array.from({ length: 1000 }, (_, at) =>
            externalTensor(at === 0 ? 'w' : `w${at}`, [192, 10], 'model.onnx.data'),
          ),
        }),
      ),
    ),
    { name: 'model.onnx.data', bytes: new Uint8Array(1_000_000) },
  ]),
  hostile('ONNX: a producer name of 10 MB', 'SCORED', () =>
    onnxFile(model(graph({ nodes: head('x'), initializers: [kernel()] }), 13, [[2, 'x'.repeat(1e7)]])),
  ),
  hostile('ONNX: two models', 'MODEL_FILES_UNUSED', () => [
    ...onnxFile(soundOnnx()),
    { name: 'second.onnx', bytes: soundOnnx() },
    { name: 'README.md', bytes: ascii('two') },
  ]),
]

/** Sound files cut short or written over at every twentieth of their length. */
export const onnxCuts: readonly HostileCase[] = [
  ...Array.from({ length: 20 }, (_, twentieth) => ({
    name: `ONNX: 16 random bytes at ${twentieth}/20`,
    endings: anyEnding,
    files: () => {
      const bytes = soundOnnx()
      bytes.set(noise(16, twentieth + 1), Math.floor(((bytes.length - 16) * twentieth) / 20))
      return onnxFile(bytes)
    },
  })),
  ...truncations('ONNX', () => onnxFile(soundOnnx()), 'model.onnx', [
    'MODEL_FILE_EMPTY',
    'MODEL_FORMAT_UNKNOWN',
    'ONNX_INVALID',
    'WEIGHTS_TRUNCATED',
  ]),
]
