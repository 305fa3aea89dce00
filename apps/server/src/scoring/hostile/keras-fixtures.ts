import type { ModelFile } from '@taikai/shared/model/model-file'
import { zipSync } from 'fflate'
import { File, type Group, ready } from 'h5wasm'
import { ascii } from './hostile-case.ts'
import { classifier, type Json } from './layers-fixtures.ts'

const library = await ready

/** The bytes of an HDF5 file that `build` fills. */
export function hdf5(build: (file: File) => void): Uint8Array {
  const path = '/made.h5'
  const file = new File(path, 'w')
  build(file)
  file.close()
  const bytes = library.FS.readFile(path)
  library.FS.unlink(path)
  return Uint8Array.from(bytes)
}

export const kernelValues = () => Float32Array.from({ length: 1920 }, (_, at) => Math.sin(at))

type Making = {
  config?: unknown
  /** Writes `kernel:0` into the group of the dense layer. */
  kernel?: (group: Group) => void
  /** Length of the bias. */
  bias?: number
  /** Anything more, at the end. */
  more?: (file: File) => void
}

/** The sound classifier as Keras 2 saves it with `model.save('model.h5')`, but for what is given. */
export function kerasH5({
  config = classifier(),
  kernel = soundKernel,
  bias = 10,
  more,
}: Making = {}): Uint8Array {
  return hdf5((file) => {
    file.create_attribute('keras_version', '2.4.0')
    file.create_attribute('backend', 'tensorflow')
    file.create_attribute('model_config', typeof config === 'string' ? config : JSON.stringify(config))
    const weights = file.create_group('model_weights')
    weights.create_attribute('layer_names', ['d'])
    const dense = weights.create_group('d')
    dense.create_attribute('weight_names', ['d/kernel:0', 'd/bias:0'])
    const inner = dense.create_group('d')
    inner.create_dataset({ name: 'bias:0', data: new Float32Array(bias) })
    kernel(inner)
    more?.(file)
  })
}

function soundKernel(group: Group): void {
  group.create_dataset({ name: 'kernel:0', data: kernelValues(), shape: [192, 10] })
}

/** The same as Keras 3 saves it with `model.save('model.keras')`; `entries` are added or put in the place of others. */
export function kerasZip(
  { config = classifier() }: { config?: Json | string } = {},
  entries: Record<string, Uint8Array> = {},
  zip: (entries: Record<string, Uint8Array>) => Uint8Array = zipSync,
): Uint8Array {
  const weights = hdf5((file) => {
    const vars = file.create_group('layers').create_group('dense').create_group('vars')
    vars.create_dataset({ name: '0', data: kernelValues(), shape: [192, 10] })
    vars.create_dataset({ name: '1', data: new Float32Array(10) })
  })
  return zip({
    'metadata.json': ascii('{"keras_version":"3.9.2","date_saved":"2026-11-20@10:00:00"}'),
    'config.json': ascii(typeof config === 'string' ? config : JSON.stringify(config)),
    'model.weights.h5': weights,
    ...entries,
  })
}

export const h5File = (bytes: Uint8Array): ModelFile[] => [{ name: 'model.h5', bytes }]
export const kerasFile = (bytes: Uint8Array): ModelFile[] => [{ name: 'model.keras', bytes }]
