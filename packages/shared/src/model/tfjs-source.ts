import { bindByName } from './bind-weights.ts'
import { locateWeights } from './decode-weights.ts'
import { kerasMajor } from './keras/model-node.ts'
import type { LayersFile } from './layers-file.ts'
import type { LayersSource } from './layers-source.ts'

/** The TF.js files of a model of layers. Throws WEIGHTS_TRUNCATED or WEIGHTS_MISMATCH when shards and manifest differ. */
export function tfjsSource({ topology, groups, unused }: LayersFile): LayersSource {
  const stored = locateWeights(groups)
  return {
    format: 'tfjs-layers',
    topology,
    keras: kerasMajor(topology.keras_version, topology),
    bind: (_model, layers) => bindByName(layers, stored),
    unused,
    close: () => undefined,
  }
}
