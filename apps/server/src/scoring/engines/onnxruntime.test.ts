import { inspectModel } from '@taikai/shared/model/inspect'
import type { ImageSpec } from '@taikai/shared/model/model-file'
import { floats, graphOf, ints, node, onnxFile, pick, value } from '@taikai/shared/model/onnx/onnx-fixtures'
import type { OnnxGraph } from '@taikai/shared/model/onnx/onnx-model'
import { createPreprocess } from '@taikai/shared/preprocessing-apply'
import { describe, expect, it } from 'vitest'
import { createOnnxruntimeEngine } from './onnxruntime.ts'

/** Images of 2×2 pixels with three channels; the outputs are the first values that the model sees, in its own order. */
const spec: ImageSpec = { imageShape: [2, 2, 3], classCount: 4 }
const image = (start: number) => Array.from({ length: 12 }, (_, at) => start + at)
const images = Uint8Array.from([image(0), image(20), image(40), image(60), image(80)].flat())

async function outputsOf(graph: Partial<OnnxGraph>, opset = 13, irVersion = 8): Promise<number[][]> {
  const file = onnxFile(graph, { irVersion, opsets: [{ domain: '', version: opset }] })
  const { model } = await inspectModel([file], spec)
  const engine = await createOnnxruntimeEngine()
  await engine.load(model)
  const input = new Float32Array(images.length)
  const raw = { preset: 'raw', channelOrder: 'rgb', flatOrder: 'hwc' } as const
  createPreprocess(raw, spec, model.layout, null)(images, 5, input)
  const outputs = await engine.predict(input, 5)
  return Array.from({ length: 5 }, (_, at) => [...outputs.subarray(at * 4, at * 4 + 4)])
}

const flatThenPick = (from: string) => ({
  nodes: [node('Flatten', [from], ['flat']), node('MatMul', ['flat', 'pick'], ['y'])],
  initializers: [floats('pick', [12, 4], pick(12, 4))],
  outputs: [value('y', ['n', 4])],
})
const firstFour = (places: number[]) => [0, 20, 40, 60, 80].map((start) => places.map((at) => start + at))

describe('ONNX Runtime', () => {
  it('sees NCHW images channel by channel', async () => {
    const outputs = await outputsOf({ ...flatThenPick('x'), inputs: [value('x', ['n', 3, 2, 2])] })
    expect(outputs).toEqual(firstFour([0, 3, 6, 9]))
  })

  it('sees NHWC images pixel by pixel', async () => {
    const outputs = await outputsOf({ ...flatThenPick('x'), inputs: [value('x', ['n', 2, 2, 3])] })
    expect(outputs).toEqual(firstFour([0, 1, 2, 3]))
  })

  it('sees flat images in the declared order', async () => {
    const outputs = await outputsOf({ ...flatThenPick('x'), inputs: [value('x', ['n', 12])] })
    expect(outputs).toEqual(firstFour([0, 1, 2, 3]))
  })

  it.each([1, 2, 8])('runs a batch that is fixed to %i', async (size) => {
    const outputs = await outputsOf({
      ...flatThenPick('x'),
      inputs: [value('x', [size, 3, 2, 2])],
      outputs: [value('y', [size, 4])],
    })
    expect(outputs).toEqual(firstFour([0, 3, 6, 9]))
  })

  it('takes a model without a batch dimension image by image', async () => {
    const outputs = await outputsOf({
      nodes: [node('Reshape', ['x', 'flat'], ['row']), node('MatMul', ['row', 'pick'], ['y'])],
      initializers: [ints('flat', [12]), floats('pick', [12, 4], pick(12, 4))],
      inputs: [value('x', [3, 2, 2])],
      outputs: [value('y', [4])],
    })
    expect(outputs).toEqual(firstFour([0, 3, 6, 9]))
  })

  it('finds out that a batch declared free is fixed within', async () => {
    const outputs = await outputsOf({
      nodes: [node('Reshape', ['x', 'one'], ['row']), node('MatMul', ['row', 'pick'], ['y'])],
      initializers: [ints('one', [1, -1]), floats('pick', [12, 4], pick(12, 4))],
      inputs: [value('x', ['n', 3, 2, 2])],
      outputs: [value('y', ['n', 4])],
    })
    expect(outputs).toEqual(firstFour([0, 3, 6, 9]))
  })

  it('normalises within the graph', async () => {
    const { nodes, initializers, outputs } = flatThenPick('scaled')
    const found = await outputsOf({
      nodes: [node('Sub', ['x', 'mean'], ['centred']), node('Div', ['centred', 'std'], ['scaled']), ...nodes],
      initializers: [...initializers, floats('mean', [1, 3, 1, 1], [2, 4, 6]), floats('std', [], [2])],
      inputs: [value('x', ['n', 3, 2, 2])],
      outputs,
    })
    expect(found).toEqual(firstFour([0, 3, 6, 9]).map((row) => row.map((one) => (one - 2) / 2)))
  })

  it.each([
    ['bytes', 2],
    ['int32', 6],
    ['int64', 7],
    ['float16', 10],
    ['float64', 11],
  ])('feeds %s', async (_name, type) => {
    const { nodes, ...rest } = flatThenPick('cast')
    const outputs = await outputsOf({
      ...rest,
      nodes: [node('Cast', ['x'], ['cast'], { to: 1 }), ...nodes],
      inputs: [value('x', ['n', 3, 2, 2], type)],
    })
    expect(outputs).toEqual(firstFour([0, 3, 6, 9]))
  })

  it('reads float16 outputs', async () => {
    const { nodes, initializers } = flatThenPick('x')
    const outputs = await outputsOf({
      nodes: [...nodes, node('Cast', ['y'], ['half'], { to: 10 })],
      initializers,
      inputs: [value('x', ['n', 3, 2, 2])],
      outputs: [value('half', ['n', 4], 10)],
    })
    expect(outputs).toEqual(firstFour([0, 3, 6, 9]))
  })

  it.each([7, 9, 11, 13, 17, 21])('runs opset %i', async (opset) => {
    const outputs = await outputsOf({ ...flatThenPick('x'), inputs: [value('x', ['n', 3, 2, 2])] }, opset)
    expect(outputs).toEqual(firstFour([0, 3, 6, 9]))
  })

  it.each([3, 11, 30])('runs IR version %i, weights among the inputs', async (irVersion) => {
    const inputs = [value('pick', [12, 4]), value('x', ['n', 3, 2, 2])]
    const outputs = await outputsOf({ ...flatThenPick('x'), inputs }, 9, irVersion)
    expect(outputs).toEqual(firstFour([0, 3, 6, 9]))
  })

  it('runs the last head with a number per class, and a bounded loop', async () => {
    const { nodes, initializers } = flatThenPick('x')
    const body = graphOf({
      nodes: [node('Add', ['carried', 'carried'], ['twice']), node('Identity', ['going'], ['still'])],
      inputs: [value('round', [], 7), value('going', [], 9), value('carried', ['n', 4])],
      outputs: [value('still', [], 9), value('twice', ['n', 4])],
    })
    const outputs = await outputsOf({
      nodes: [...nodes, node('Loop', ['rounds', '', 'y'], ['grown'], { body })],
      initializers: [...initializers, ints('rounds', [3], [])],
      inputs: [value('x', ['n', 3, 2, 2])],
      outputs: [value('y', ['n', 4]), value('grown', ['n', 4]), value('flat', ['n', 12])],
    })
    expect(outputs).toEqual(firstFour([0, 3, 6, 9]).map((row) => row.map((one) => one * 8)))
  })
})
