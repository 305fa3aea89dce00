import { zipSync } from 'fflate'
import type { Ending, HostileCase } from './hostile-case.ts'
import { ascii, hostile, noise, truncations } from './hostile-case.ts'
import { hdf5, kerasFile, kerasH5, kerasZip } from './keras-fixtures.ts'
import { classifier, type Json, layer, sequential } from './layers-fixtures.ts'
import { zipBomb } from './zip-bomb.ts'

const config = (name: string, ending: Ending, make: () => Json | string): HostileCase =>
  hostile(name, ending, () => kerasFile(kerasZip({ config: make() })))
const entries = (name: string, ending: Ending, make: () => Record<string, Uint8Array>): HostileCase =>
  hostile(name, ending, () => kerasFile(kerasZip({}, make())))

/** `.keras` files: code within them, names that point elsewhere, and parts that lie. */
export const kerasCases: readonly HostileCase[] = [
  config('.keras: a Lambda with code', 'LAYER_UNSUPPORTED', () =>
    sequential({
      ...layer('Lambda', { function: { class_name: '__lambda__', config: { code: '4wEAAA==' } } }),
      module: 'keras.layers',
      registered_name: null,
    }),
  ),
  config('.keras: a class from the module os', 'LAYER_UNSUPPORTED', () =>
    sequential({ ...layer('system', { command: 'id' }), module: 'os', registered_name: 'system' }),
  ),
  config('.keras: a custom class', 'LAYER_UNSUPPORTED', () =>
    sequential({ ...layer('MyDense', { units: 10 }), module: null, registered_name: 'Custom>MyDense' }),
  ),
  config('.keras: a config that is not JSON', 'MODEL_JSON_INVALID', () => '{"class_name":'),
  config('.keras: 1e9 units', 'MODEL_TOPOLOGY_INVALID', () => classifier({ units: 1e9 })),
  entries('.keras: entries two folders up', 'SCORED', () => ({ '../../../root/.bashrc': ascii('id') })),
  hostile('.keras: an asset of 200 MB of zeros', 'MODEL_ARCHIVE_INVALID', () =>
    kerasFile(kerasZip({}, { 'assets/a': new Uint8Array(2e8) }, zipBomb)),
  ),
  entries('.keras: weights that are random bytes', 'MODEL_FILES_MISSING', () => ({
    'model.weights.h5': noise(1e5, 5),
  })),
  entries('.keras: weights that are empty', 'MODEL_FILE_EMPTY', () => ({
    'model.weights.h5': new Uint8Array(),
  })),
  entries('.keras: weights of another model', 'WEIGHTS_MISMATCH', () => ({
    'model.weights.h5': hdf5((file) => {
      const vars = file.create_group('layers').create_group('dense').create_group('vars')
      vars.create_dataset({ name: '0', data: new Float32Array(30), shape: [10, 3] })
      vars.create_dataset({ name: '1', data: new Float32Array(3) })
    }),
  })),
  entries('.keras: a whole .h5 model for its weights', 'SCORED', () => ({ 'model.weights.h5': kerasH5() })),
  hostile('.keras: no weights', 'MODEL_FILES_MISSING', () =>
    kerasFile(zipSync({ 'config.json': ascii(JSON.stringify(classifier())) })),
  ),
  hostile('.keras: no config', 'MODEL_TOPOLOGY_MISSING', () =>
    kerasFile(
      zipSync({
        'model.weights.h5': hdf5(
          (file) => void file.create_dataset({ name: 'x', data: new Float32Array(3) }),
        ),
      }),
    ),
  ),
  hostile('.keras: a .keras within a .keras', 'MODEL_FORMAT_UNKNOWN', () =>
    kerasFile(zipSync({ 'model.keras': zipSync({ 'model.keras': kerasZip() }) })),
  ),
]

/** Sound files cut short or written over at every twentieth of their length. */
export const kerasCuts: readonly HostileCase[] = [
  ...truncations('.keras', () => kerasFile(kerasZip()), 'model.keras', [
    'MODEL_FILE_EMPTY',
    'MODEL_FORMAT_UNKNOWN',
    'MODEL_ARCHIVE_DAMAGED',
  ]),
]
