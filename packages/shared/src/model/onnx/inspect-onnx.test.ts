import { describe, expect, it } from 'vitest'
import { TaikaiError } from '../../errors.ts'
import { inspectModel } from '../inspect.ts'
import type { ImageSpec } from '../model-file.ts'
import { floats, node, onnxFile, value } from './onnx-fixtures.ts'
import type { OnnxGraph, OnnxValue } from './onnx-model.ts'

const cifar: ImageSpec = { imageShape: [32, 32, 3], classCount: 10 }
const mnist: ImageSpec = { imageShape: [28, 28, 1], classCount: 10 }
const output = value('y', ['n', 10])
const inspect = (graph: Partial<OnnxGraph>, spec = cifar) =>
  inspectModel([onnxFile({ nodes: [node('Relu', ['x'], ['y'])], outputs: [output], ...graph })], spec)
const withInput = (shape: OnnxValue['shape'], spec?: ImageSpec) =>
  inspect({ inputs: [value('x', shape)] }, spec)
const refusalOf = async (inspecting: Promise<unknown>) => {
  try {
    await inspecting
  } catch (error) {
    if (error instanceof TaikaiError) return error.code
    throw error
  }
  return null
}

describe('inspecting ONNX', () => {
  it.each([
    [['n', 3, 32, 32], cifar, 'chw', [3, 32, 32], 'any'],
    [['n', 32, 32, 3], cifar, 'hwc', [32, 32, 3], 'any'],
    [['', '', '', ''], cifar, 'chw', [3, 32, 32], 'any'],
    [['n', 'h', 'w', 3], cifar, 'hwc', [32, 32, 3], 'any'],
    [[1, 3, 32, 32], cifar, 'chw', [3, 32, 32], 'fixed'],
    [['n', 3072], cifar, 'flat', [3072], 'any'],
    [[3072], cifar, 'flat', [3072], 'none'],
    [[3, 32, 32], cifar, 'chw', [3, 32, 32], 'none'],
    [['n', 1, 28, 28], mnist, 'chw', [1, 28, 28], 'any'],
    [['n', 28, 28, 1], mnist, 'hwc', [28, 28, 1], 'any'],
    [['n', 28, 28], mnist, 'hwc', [28, 28], 'any'],
    [[1, 784, 1], mnist, 'hwc', [784, 1], 'fixed'],
  ] as const)('reads the input %j of %j as %s', async (shape, spec, layout, image, batch) => {
    const { model } = await withInput([...shape], spec)
    expect(model).toMatchObject({ family: 'onnx', layout, inputShape: image, batch: { kind: batch } })
  })

  it('refuses other inputs', async () => {
    expect(await refusalOf(withInput(['n', 3, 224, 224]))).toBe('INPUT_SHAPE_MISMATCH')
    expect(await refusalOf(withInput(null))).toBe('INPUT_SHAPE_MISMATCH')
    expect(await refusalOf(withInput([1_000_000, 3, 32, 32]))).toBe('MODEL_TOO_LARGE')
    const two = [value('x', ['n', 3072]), value('z', ['n', 3072])]
    expect(await refusalOf(inspect({ inputs: two }))).toBe('ONNX_INVALID')
    expect(await refusalOf(inspect({ inputs: [value('x', ['n', 3072], 8)] }))).toBe('LAYER_UNSUPPORTED')
  })

  it('tells weights that stand among the inputs from the input', async () => {
    const inputs = [value('kernel', [3072, 10]), value('x', ['n', 3072])]
    const kernel = floats('kernel', [3072, 10], new Array<number>(30_720).fill(0))
    const nodes = [node('MatMul', ['x', 'kernel'], ['y'])]
    const { inspection } = await inspect({ inputs, nodes, initializers: [kernel] })
    expect(inspection).toMatchObject({
      parameters: 30_720,
      macs: 30_720,
      outputKind: 'logits',
      inputShape: [3072],
    })
    expect(inspection.layers).toEqual([
      {
        name: 'y',
        className: 'MatMul',
        outputShape: [10],
        parameters: 30_720,
        activation: null,
        inputs: [-1],
      },
    ])
  })

  it('scores the last output with a number per class, and says so', async () => {
    const outputs = [value('a', ['n', 10]), value('y', ['n', 10]), value('features', ['n', 64])]
    const nodes = [
      node('Relu', ['x'], ['a']),
      node('Softmax', ['a'], ['y']),
      node('Relu', ['x'], ['features']),
    ]
    const { inspection } = await inspect({ inputs: [value('x', ['n', 3072])], nodes, outputs })
    expect(inspection).toMatchObject({ outputKind: 'probabilities', head: { name: 'y', index: 1, count: 3 } })
  })

  it('takes an output that says nothing of its shape, and refuses one that says the wrong', async () => {
    const inputs = [value('x', ['n', 3072])]
    expect(await refusalOf(inspect({ inputs, outputs: [value('y', null)] }))).toBeNull()
    expect(await refusalOf(inspect({ inputs, outputs: [value('y', ['n', 1])] }))).toBe(
      'OUTPUT_SHAPE_MISMATCH',
    )
    expect(await refusalOf(inspect({ inputs, outputs: [] }))).toBe('OUTPUT_SHAPE_MISMATCH')
  })

  it.each([
    [['Softmax'], 'probabilities'],
    [['LogSoftmax'], 'logits'],
    [['Sigmoid'], 'sigmoids'],
    [['Gemm', 'Flatten'], 'logits'],
    [['Relu'], 'unknown'],
  ] as const)('tells what %j gives: %s', async (opTypes, kind) => {
    const nodes = opTypes.map((opType, at) =>
      node(opType, [at === 0 ? 'x' : `v${at}`], [at === opTypes.length - 1 ? 'y' : `v${at + 1}`]),
    )
    const { inspection } = await inspect({ inputs: [value('x', ['n', 3072])], nodes })
    expect(inspection.outputKind).toBe(kind)
  })

  it('gives a reason for whatever a damaged byte makes of a file', async () => {
    const { bytes } = onnxFile({
      nodes: [
        node('Gemm', ['x', 'kernel'], ['a'], { alpha: 0.5 }),
        node('Softmax', ['a'], ['y'], { axis: 1 }),
      ],
      initializers: [floats('kernel', [12, 10], new Array<number>(120).fill(1))],
      inputs: [value('x', ['n', 12])],
      outputs: [output],
    })
    const tiny: ImageSpec = { imageShape: [2, 2, 3], classCount: 10 }
    const outcomes = new Set<string | null>()
    for (let at = 0; at < bytes.length; at++)
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = Uint8Array.from(bytes)
        damaged[at] = (bytes[at] ?? 0) ^ flip
        outcomes.add(await refusalOf(inspectModel([{ name: 'model.onnx', bytes: damaged }], tiny)))
      }
    expect([...outcomes]).toEqual(
      expect.arrayContaining([null, 'ONNX_INVALID', 'WEIGHTS_TRUNCATED', 'ONNX_OPSET_UNSUPPORTED']),
    )
  })

  it('names the files that do not belong to it', async () => {
    const model = onnxFile({ inputs: [value('x', ['n', 3072])], outputs: [output] })
    const notes = { name: 'notes.txt', bytes: new TextEncoder().encode('trained on Tuesday') }
    expect((await inspectModel([model, notes], cifar)).inspection.unusedFiles).toEqual(['notes.txt'])
    expect(await refusalOf(inspectModel([model, { ...model, name: 'b.onnx' }], cifar))).toBe(
      'MODEL_FILES_UNUSED',
    )
  })
})
