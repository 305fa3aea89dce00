import type { Engine } from '@taikai/shared/engines/engine'
import { TaikaiError } from '@taikai/shared/errors'
import { identityLayers } from '@taikai/shared/model/layers/identity'
import { layerKinds } from '@taikai/shared/model/layers/registry'
import type { LayersModel } from '@taikai/shared/model/parsed-model'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createWasmEngine } from '../wasm.ts'
import type { Case } from './cases/arbitraries.ts'
import { imageCases } from './cases/image-cases.ts'
import { sequenceCases } from './cases/sequence-cases.ts'
import { valueCases } from './cases/value-cases.ts'
import { loadTranslation } from './load-translation.ts'
import { madeModel, randomNumbers } from './test-models.ts'
import { translators } from './translators.ts'
import { untranslatableLayers } from './untranslatable.ts'

let wasm: Engine
beforeAll(async () => {
  wasm = await createWasmEngine()
})

const cases = new Map(Object.entries({ ...valueCases, ...imageCases, ...sequenceCases }))
const leftOut = new Set(
  untranslatableLayers.filter(({ when }) => when === undefined).map(({ layer }) => layer),
)

/** Kinds that engines never meet: each is read as a plainer layer. A configuration and an input of each. */
const readAsOthers = new Map<string, readonly [config: object, input: number[]]>([
  ['EinsumDense', [{ equation: 'ab,bc->ac', output_shape: 5 }, [4]]],
  ...['Average', 'Max'].flatMap((kind) =>
    [1, 2, 3].map((rank): [string, [object, number[]]] => [
      `Adaptive${kind}Pooling${rank}D`,
      [{ output_size: 2 }, [...new Array<number>(rank).fill(4), 3]],
    ]),
  ),
])

it('translates what a plainer layer is read as', () => {
  for (const [name, [config, input]] of readAsOthers) {
    const read = layerKinds.get(name)?.(config, [input]).engine?.className
    expect([name, read !== undefined && translators.has(read)]).toEqual([name, true])
  }
})

it('translates every registered layer, or says why not', () => {
  const both = [...layerKinds.keys()].filter(
    (name) => !readAsOthers.has(name) && translators.has(name) === leftOut.has(name),
  )
  expect(both).toEqual([])
  for (const { layer, when, reason } of untranslatableLayers) {
    expect(translators.has(layer)).toBe(when !== undefined)
    expect(reason).not.toBe('')
  }
})

/** Null where the settings do not fit the shape, which a layer's kind says. */
function modelOf({ shape, layers }: Case, seed: number): LayersModel | null {
  try {
    return madeModel(shape, layers, seed)
  } catch (error) {
    if (error instanceof TaikaiError) return null
    throw error
  }
}

/** A layer before it that gives channels first in ONNX, where shapes have places. */
function behindConvolution({ shape, layers }: Case): Case {
  const rank = shape.length - 1
  if (rank < 1 || rank > 3) return { shape, layers }
  const config = { name: 'before', filters: shape.at(-1), kernel_size: 1 }
  const moved = layers.map((layer, index) =>
    index === 0 || layer.inputs?.includes('x') ? { ...layer, inputs: ['before'] } : layer,
  )
  return { shape, layers: [{ class_name: `Conv${rank}D`, config, inputs: ['x'] }, ...moved] }
}

/** Images pixel by pixel, one channel after the other. */
function planesOf(pixels: Float32Array, [height = 0, width = 0, channels = 0]: readonly number[]) {
  const area = height * width
  const planes = new Float32Array(pixels.length)
  for (let image = 0; image < pixels.length; image += area * channels)
    for (let pixel = 0; pixel < area; pixel++)
      for (let channel = 0; channel < channels; channel++)
        planes[image + channel * area + pixel] = pixels[image + pixel * channels + channel] ?? Number.NaN
  return planes
}

const translated = [...layerKinds.keys()].filter((name) => translators.has(name) && !(name in identityLayers))
const count = 2

describe('gives what the wasm engine gives, on random weights, settings and shapes', () => {
  it.each(translated)('%s', async (className) => {
    const arbitrary = cases.get(className)
    if (arbitrary === undefined) throw new Error(`no cases for ${className}`)
    const property = fc.asyncProperty(arbitrary, fc.boolean(), fc.nat(), async (one, behind, seed) => {
      const model = modelOf(behind ? behindConvolution(one) : one, seed)
      fc.pre(model !== null)
      const size = model.inputShape.reduce((product, length) => product * length, 1)
      const input = randomNumbers(count * size, seed + 1)
      await wasm.load(model)
      const expected = await wasm.predict(input, count)
      const { predict, layout } = await loadTranslation(model)
      const given = layout === model.layout ? input : planesOf(input, model.inputShape)
      const found = await predict(given, count)
      expect(found.length).toBe(expected.length)
      const largest = Math.max(1, ...expected.map(Math.abs))
      const farthest = Math.max(...expected.map((value, at) => Math.abs(value - (found[at] ?? Number.NaN))))
      expect(farthest / largest).toBeLessThan(1e-5)
    })
    await fc.assert(property, { numRuns: 30, seed: 8 })
  })
})
