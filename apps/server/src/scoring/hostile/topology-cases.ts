import type { Ending, HostileCase } from './hostile-case.ts'
import { ascii, hostile } from './hostile-case.ts'
import {
  classifier,
  classifierValues,
  classifierWeights,
  connected,
  functional,
  type Json,
  layer,
  modelJson,
  sequential,
  shard,
} from './layers-fixtures.ts'

const refused = (name: string, ending: Ending, topology: () => unknown): HostileCase =>
  hostile(name, ending, () => [modelJson(topology())])
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index))
/** Model text that JSON.stringify could not write: it would overflow its own stack. */
const asText = (name: string, ending: Ending, text: () => string): HostileCase =>
  hostile(name, ending, () => [{ name: 'model.json', bytes: ascii(text()) }])
const relu = (config: Json = {}) => layer('Activation', { activation: 'relu', ...config })
const flatDense = [layer('Flatten'), layer('Dense', { units: 10 })]

/** TF.js Layers topologies that ask for the impossible, or for too much. */
export const topologyCases: readonly HostileCase[] = [
  refused('1e9 units', 'MODEL_TOPOLOGY_INVALID', () => classifier({ units: 1e9 })),
  refused('4 layers of 1e6 units', 'MODEL_TOO_LARGE', () =>
    sequential(layer('Flatten'), ...times(4, () => layer('Dense', { units: 1e6 }))),
  ),
  refused('a fraction of a unit', 'MODEL_TOPOLOGY_INVALID', () => classifier({ units: 2.5 })),
  refused('a negative filter count', 'MODEL_TOPOLOGY_INVALID', () =>
    sequential(layer('Conv2D', { filters: -3, kernel_size: [3, 3] })),
  ),
  refused('units as text', 'MODEL_TOPOLOGY_INVALID', () => classifier({ units: '10' })),
  refused('a pooling stride of 0', 'MODEL_TOPOLOGY_INVALID', () =>
    sequential(layer('MaxPooling2D', { pool_size: [2, 2], strides: [0, 0] }), ...flatDense),
  ),
  refused('a reshape to negative sizes', 'MODEL_TOPOLOGY_INVALID', () =>
    sequential(layer('Reshape', { target_shape: [-8, -24] }), ...flatDense),
  ),
  refused('a permutation that names one axis twice', 'MODEL_TOPOLOGY_INVALID', () =>
    sequential(layer('Permute', { dims: [1, 1, 2] }), ...flatDense),
  ),
  refused('an up-sampling bomb', 'MODEL_TOO_LARGE', () =>
    sequential(layer('UpSampling2D', { size: [1000, 1000] }), layer('GlobalAveragePooling2D')),
  ),
  refused('a padding bomb', 'MODEL_TOO_LARGE', () =>
    sequential(layer('ZeroPadding2D', { padding: times(2, () => [20_000, 20_000]) })),
  ),
  refused('a repetition bomb', 'MODEL_TOO_LARGE', () =>
    sequential(layer('Flatten'), layer('RepeatVector', { n: 1e6 })),
  ),
  refused('an embedding of 1e6 by 1e6', 'MODEL_TOO_LARGE', () =>
    sequential(layer('Flatten'), layer('Embedding', { input_dim: 1e6, output_dim: 1e6 })),
  ),
  refused('a convolution chain of 100 GB of activations', 'MODEL_TOO_LARGE', () =>
    sequential(
      layer('UpSampling2D', { size: [32, 32] }),
      ...times(500, () => layer('Conv2D', { filters: 60, kernel_size: 1, use_bias: false })),
    ),
  ),
  refused('a kernel of 31 by 31 by 2048', 'MODEL_TOO_LARGE', () =>
    sequential(...times(3, () => layer('Conv2D', { filters: 2048, kernel_size: 31, padding: 'same' }))),
  ),
  refused('a graph with a cycle', 'MODEL_TOPOLOGY_INVALID', () =>
    functional('b', connected('a', layer('Add'), 'input', 'b'), connected('b', relu(), 'a')),
  ),
  refused('a layer that feeds itself', 'MODEL_TOPOLOGY_INVALID', () =>
    functional('a', connected('a', layer('Add'), 'input', 'a')),
  ),
  refused('an input from a layer that is not there', 'MODEL_TOPOLOGY_INVALID', () =>
    functional('a', connected('a', relu(), 'nowhere')),
  ),
  refused('two layers of one name', 'MODEL_TOPOLOGY_INVALID', () =>
    functional('a', connected('a', relu(), 'input'), connected('a', relu(), 'input')),
  ),
  refused('an output named constructor', 'MODEL_TOPOLOGY_INVALID', () => functional('constructor')),
  refused('a sum that doubles a thousand times', 'OUTPUT_SHAPE_MISMATCH', () =>
    functional(
      'a999',
      ...times(1000, (index) => {
        const before = index === 0 ? 'input' : `a${index - 1}`
        return connected(`a${index}`, layer('Add'), before, before)
      }),
    ),
  ),
  refused('1900 layers, the last one first', 'OUTPUT_SHAPE_MISMATCH', () =>
    functional(
      'a1899',
      ...times(1900, (index) =>
        connected(`a${index}`, relu(), index === 0 ? 'input' : `a${index - 1}`),
      ).toReversed(),
    ),
  ),
  refused('a layer with a thousand inputs, a thousand times', 'MODEL_TOPOLOGY_INVALID', () =>
    functional('all', {
      ...connected('all', layer('Add')),
      inbound_nodes: times(1001, () => times(300, () => ['input', 0, 0, {}])),
    }),
  ),
  refused('the class constructor', 'LAYER_UNSUPPORTED', () => sequential(layer('constructor'))),
  refused('the class __proto__', 'LAYER_UNSUPPORTED', () => sequential(layer('__proto__'))),
  refused('the class toString', 'LAYER_UNSUPPORTED', () => sequential(layer('toString'))),
  refused('the activation __proto__', 'LAYER_UNSUPPORTED', () => classifier({ activation: '__proto__' })),
  refused('an optimizer as a layer', 'LAYER_UNSUPPORTED', () => sequential(layer('SGD'))),
  refused('a Lambda with code', 'LAYER_UNSUPPORTED', () =>
    sequential(layer('Lambda', { function: ['4wEAAA==', null, null] })),
  ),
  refused('an activation of 36 underscores', 'LAYER_UNSUPPORTED', () =>
    classifier({ activation: `${'_'.repeat(35)}!` }),
  ),
  refused('a layer name of 10 MB', 'MODEL_TOPOLOGY_INVALID', () =>
    classifier({ units: -1, name: 'x'.repeat(1e7) }),
  ),
  refused('a number beyond all numbers', 'MODEL_TOPOLOGY_INVALID', () =>
    classifier({ units: Number.MAX_VALUE }),
  ),
  refused('layers that are no list', 'MODEL_TOPOLOGY_INVALID', () => ({
    class_name: 'Sequential',
    config: { layers: { length: 1e9 } },
  })),
  refused('1e5 layers', 'MODEL_TOPOLOGY_INVALID', () => sequential(...times(1e5, () => relu()))),
  asText('1e6 layers', 'MODEL_TOO_LARGE', () => {
    const one = JSON.stringify(relu())
    return `{"modelTopology":{"class_name":"Sequential","config":{"layers":[${`${one},`.repeat(1e6)}${one}]}},"weightsManifest":[]}`
  }),
  asText('1e5 models within each other', 'MODEL_TOO_LARGE', () => {
    const open = '{"class_name":"Sequential","config":{"build_input_shape":[null,192],"layers":['
    return `{"modelTopology":${open.repeat(1e5)}${JSON.stringify(relu())}${']}}'.repeat(1e5)},"weightsManifest":[]}`
  }),
  hostile('models within each other, each calling the next twice', 'MODEL_TOO_LARGE', () => {
    let inner: Json = functional('a', connected('a', relu(), 'input'))
    for (let depth = 0; depth < 12; depth++)
      inner = functional('twice', connected('once', inner, 'input'), connected('twice', inner, 'once'))
    return [modelJson(inner)]
  }),
  hostile('a __proto__ key in a layer', 'MODEL_TOPOLOGY_INVALID', () => {
    const text = JSON.stringify(classifier({ units: undefined }))
    const proto = text.replace(
      '"name":"d"',
      '"name":"d","__proto__":{"units":10},"constructor":{"prototype":{"units":10}}',
    )
    return [modelJson(JSON.parse(proto), classifierWeights), shard(classifierValues)]
  }),
  hostile('a key that says 10 units, then 1e9', 'MODEL_TOPOLOGY_INVALID', () => {
    const [name, text] = [
      'model.json',
      new TextDecoder().decode(modelJson(classifier(), classifierWeights).bytes),
    ]
    return [
      { name, bytes: ascii(text.replace('"units":10', '"units":10,"units":1000000000')) },
      shard(classifierValues),
    ]
  }),
]
