import { Tensor } from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { distanceFrom, inputsOf, references, topologyOf, weightsOf } from '../layers/references/references.ts'
import { createSession } from '../onnx-session.ts'
import { GraphBuilder } from './graph-builder.ts'
import { onnxBytes } from './onnx-bytes.ts'
import { translateTopology } from './translate-model.ts'
import { Untranslatable, untranslatableLayers } from './untranslatable.ts'
import { channelsLast, plain } from './value.ts'

const leftOut = new Set(
  untranslatableLayers.filter(({ when }) => when === undefined).map(({ layer }) => layer),
)

it.each(references)('a translation gives what Keras gives: %s', async (_title, reference) => {
  const graph = new GraphBuilder()
  const inputs = reference.inputs.map((shape, index) => plain(`input_${index}`, shape))
  const weights = new Map([['layer', weightsOf(reference)]])
  const translate = () => translateTopology(topologyOf(reference), inputs, null, { graph, weights, path: [] })
  if (leftOut.has(topologyOf(reference).config.layers.at(-1)?.class_name ?? '')) {
    expect(translate).toThrow(Untranslatable)
    return
  }
  const [value] = translate()
  if (value === undefined) throw new Error('no output')
  const { name, shape } = channelsLast(graph, value)
  expect(shape).toEqual(reference.shape)
  graph.nodes.push({ op: 'Identity', inputs: [name], outputs: ['output'], attributes: {} })
  const session = await createSession(onnxBytes(graph, inputs, plain('output', shape)))
  const feeds = inputsOf(reference).map(({ data, shape: size }, index): [string, Tensor] => [
    `input_${index}`,
    new Tensor('float32', data, [...size]),
  ])
  const { output } = await session.run(Object.fromEntries(feeds))
  expect(output?.dims).toEqual([2, ...reference.shape])
  if (!(output?.data instanceof Float32Array)) throw new Error('no float32 output')
  expect(distanceFrom(reference, output.data)).toBeLessThan(5e-6)
})
