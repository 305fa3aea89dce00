import { File, type Group, ready } from 'h5wasm'
import type { ModelFile } from '../model-file.ts'
import { layer, sequential } from '../model-fixtures.ts'

/** Bytes of an HDF5 file that `write` fills; for tests. */
export async function buildHdf5(write: (root: Group) => void): Promise<Uint8Array> {
  const library = await ready
  const path = '/written.h5'
  const file = new File(path, 'w')
  write(file)
  file.close()
  const bytes = library.FS.readFile(path)
  library.FS.unlink(path)
  return bytes.slice()
}

export type TestWeight = { name: string; shape: number[]; first?: number; dtype?: '<f' | '<i' }

/** A dataset with the values first, first + 1, …, and the groups around it. */
export function addWeight(
  root: Group,
  path: string,
  { shape, first = 0, dtype = '<f' }: Omit<TestWeight, 'name'>,
): void {
  const parts = path.split('/')
  const name = parts.pop() ?? ''
  let group = root
  for (const part of parts) {
    const there = group.keys().includes(part) ? group.get(part) : group.create_group(part)
    if (there === null || !('create_group' in there)) throw new Error(`${part} is no group`)
    group = there
  }
  const length = shape.reduce((product, size) => product * size, 1)
  const values = Array.from({ length }, (_, at) => first + at)
  const data = dtype === '<f' ? Float32Array.from(values) : Int32Array.from(values)
  group.create_dataset({ name, data, shape, dtype })
}

/** Keras' first convention: one group per layer with the names of its weights. */
export function addLayerGroups(
  root: Group,
  layers: readonly { layer: string; weights: readonly TestWeight[] }[],
): void {
  root.create_attribute(
    'layer_names',
    layers.map(({ layer }) => layer),
  )
  for (const { layer, weights } of layers) {
    const group = root.create_group(layer)
    group.create_attribute(
      'weight_names',
      weights.map(({ name }) => name),
    )
    for (const weight of weights) addWeight(group, weight.name, weight)
  }
}

/** A linear classifier of flat input as Keras 2 saves it: [inputs] → [classes], its kernel and its bias 0, 1, 2, … */
export async function denseH5(inputs: number, classes: number): Promise<ModelFile> {
  const topology = sequential([inputs], layer('Dense', { name: 'd', units: classes }))
  const weights = [
    { name: 'd/kernel:0', shape: [inputs, classes] },
    { name: 'd/bias:0', shape: [classes] },
  ]
  const bytes = await buildHdf5((root) => {
    root.create_attribute('model_config', JSON.stringify(topology))
    addLayerGroups(root.create_group('model_weights'), [{ layer: 'd', weights }])
  })
  return { name: 'model.h5', bytes }
}
