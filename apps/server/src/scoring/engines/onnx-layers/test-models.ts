import { readModelNode } from '@taikai/shared/model/keras/model-node'
import type { Shape } from '@taikai/shared/model/layers/layer-kind'
import { readGraph } from '@taikai/shared/model/model-graph'
import type { LayersModel } from '@taikai/shared/model/parsed-model'

export type LayerJson = { class_name: string; config: Record<string, unknown>; inputs?: string[] }

/** Numbers between −1 and 1 that follow from a seed (mulberry32). */
export function randomNumbers(count: number, seed: number): Float32Array {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1
  })
}

/**
 * A model of layers on `inputShape`, each called with the one before it where `inputs` names no others, the model's input being
 * `x`; weights are random, variances positive.
 */
export function madeModel(inputShape: Shape, layers: readonly LayerJson[], seed: number): LayersModel {
  const names = layers.map(({ config }, index) => String(config.name ?? `layer${index}`))
  const called = layers.map(({ class_name, config, inputs }, index) => ({
    class_name,
    name: names[index],
    config: { ...config, name: names[index] },
    inbound_nodes: [(inputs ?? [names[index - 1] ?? 'x']).map((name) => [name, 0, 0, {}])],
  }))
  const input = {
    class_name: 'InputLayer',
    name: 'x',
    config: { name: 'x', batch_input_shape: [null, ...inputShape] },
    inbound_nodes: [],
  }
  const json = {
    class_name: 'Functional',
    config: {
      layers: [input, ...called],
      input_layers: [['x', 0, 0]],
      output_layers: [[names.at(-1), 0, 0]],
    },
  }
  const { graph, totals } = readGraph(readModelNode(json, 2), inputShape)
  const weights = totals.layers
    .filter((layer) => layer.weights.length > 0)
    .map(({ enginePath, weights: own }, layer) => ({
      path: enginePath,
      values: own.map(({ name, shape }, index) => {
        const size = shape.reduce((product, one) => product * one, 1)
        const numbers = randomNumbers(size, seed + 1000 * layer + index)
        const positive = name.endsWith('variance')
        return { shape, data: positive ? numbers.map((value) => Math.abs(value) + 0.1) : numbers }
      }),
    }))
  return {
    family: 'layers',
    topology: graph.topology,
    weights,
    inputShape,
    layout: 'hwc',
    headIndex: 0,
    headCount: 1,
  }
}
