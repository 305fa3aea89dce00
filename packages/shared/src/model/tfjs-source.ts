import { bindByName } from './bind-weights.ts'
import { locateWeights } from './decode-weights.ts'
import { kerasMajor } from './keras/model-node.ts'
import type { LayersFile } from './layers-file.ts'
import type { LayersSource } from './layers-source.ts'

/** The TF.js files of a model of layers. Its `bind` throws WEIGHTS_TRUNCATED or WEIGHTS_MISMATCH when shards and manifest differ. */
export function tfjsSource({ topology, groups, unused }: LayersFile): LayersSource {
  return {
    format: 'tfjs-layers',
    topology,
    keras: kerasMajor(topology.keras_version, topology),
    bind: (_model, layers) => bindByName(layers, locateWeights(groups)),
    unused,
    close: () => undefined,
  }
}
