import { describe, expect, it } from 'vitest'
import { TaikaiError } from '../../errors.ts'
import { checkOnnx } from './check-onnx.ts'
import { floats, graphOf, ints, node, value } from './onnx-fixtures.ts'
import type { OnnxFunction, OnnxGraph, OnnxProto } from './onnx-model.ts'

const proto = (graph: Partial<OnnxGraph>, rest: Partial<OnnxProto> = {}): OnnxProto => ({
  irVersion: 8,
  opsets: [{ domain: '', version: 13 }],
  functions: [],
  ...rest,
  graph: graphOf(graph),
})
const refusalOf = (given: OnnxProto) => {
  try {
    checkOnnx(given)
  } catch (error) {
    if (error instanceof TaikaiError) return [error.code, error.params]
    throw error
  }
  return null
}
const functionOf = (name: string, calls: string[]): OnnxFunction => ({
  domain: 'mine',
  name,
  overload: '',
  inputs: ['a'],
  outputs: ['b'],
  attributes: [],
  defaults: [],
  nodes: calls.map((called, at) => node(called, ['a'], [`b${at}`], {}, called === 'Relu' ? '' : 'mine')),
  opsets: [{ domain: '', version: 13 }],
})
const loop = (trips: number, inner: OnnxGraph['nodes']) =>
  node('Loop', ['trips', '', 'x'], ['y'], {
    body: graphOf({ nodes: inner, initializers: [ints('trips', [trips], [])] }),
  })

describe('what a graph may hold', () => {
  it.each([
    [6, 'ONNX_OPSET_UNSUPPORTED'],
    [7, undefined],
    [21, undefined],
    [22, 'ONNX_OPSET_UNSUPPORTED'],
  ])('opset %i: %s', (version, code) => {
    const given = proto({ nodes: [node('Relu', ['x'], ['y'])] }, { opsets: [{ domain: '', version }] })
    expect(refusalOf(given)?.[0]).toBe(code)
  })

  it('no operators of others, but those that the file defines', () => {
    const nodes = [node('Sharpen', ['x'], ['y'], {}, 'mine')]
    expect(refusalOf(proto({ nodes }))).toEqual(['LAYER_UNSUPPORTED', { layer: 'mine.Sharpen' }])
    expect(refusalOf(proto({ nodes }, { functions: [functionOf('Sharpen', ['Relu'])] }))).toBeNull()
  })

  it('no function that calls itself, and none that doubles at every level', () => {
    const nodes = [node('f0', ['x'], ['y'], {}, 'mine')]
    const circle = [functionOf('f0', ['f1']), functionOf('f1', ['f0'])]
    expect(refusalOf(proto({ nodes }, { functions: circle }))?.[0]).toBe('ONNX_INVALID')
    const doubling = Array.from({ length: 60 }, (_, at) =>
      functionOf(`f${at}`, at === 59 ? ['Relu'] : [`f${at + 1}`, `f${at + 1}`]),
    )
    expect(refusalOf(proto({ nodes }, { functions: doubling }))).toEqual([
      'MODEL_TOO_LARGE',
      { what: 'operators' },
    ])
  })

  it('only loops whose rounds are known and bounded, also within each other', () => {
    const trips = ints('trips', [1000], [])
    const body = node('Relu', ['a'], ['b'])
    expect(refusalOf(proto({ nodes: [loop(1000, [body])], initializers: [trips] }))).toBeNull()
    expect(refusalOf(proto({ nodes: [loop(1000, [body])] }))).toEqual([
      'LAYER_UNSUPPORTED',
      { layer: 'Loop(M=?)' },
    ])
    const within = loop(1000, [loop(1000, [body])])
    expect(refusalOf(proto({ nodes: [within], initializers: [trips] }))?.[0]).toBe('MODEL_TOO_LARGE')
  })

  it.each(['RandomNormalLike', 'Multinomial', 'Bernoulli'])('nothing random: %s', (opType) => {
    expect(refusalOf(proto({ nodes: [node(opType, ['x'], ['y'])] }))).toEqual([
      'LAYER_UNSUPPORTED',
      { layer: opType },
    ])
  })

  it('no training mode', () => {
    const training = node('BatchNormalization', ['x', 's', 'b', 'm', 'v'], ['y'], { training_mode: 1 })
    const old = node('BatchNormalization', ['x', 's', 'b', 'm', 'v'], ['y', 'mean', 'var', 'a', 'c'])
    const plain = node('BatchNormalization', ['x', 's', 'b', 'm', 'v'], ['y'], { training_mode: 0 })
    expect(refusalOf(proto({ nodes: [training] }))?.[0]).toBe('LAYER_UNSUPPORTED')
    expect(refusalOf(proto({ nodes: [old] }))?.[0]).toBe('LAYER_UNSUPPORTED')
    expect(refusalOf(proto({ nodes: [plain] }))).toBeNull()
  })

  it('no constants of huge shapes', () => {
    const sizes = ints('sizes', [100_000, 100_000])
    for (const opType of ['ConstantOfShape', 'Expand', 'Tile']) {
      const inputs = opType === 'ConstantOfShape' ? ['sizes'] : ['x', 'sizes']
      const given = proto({ nodes: [node(opType, inputs, ['y'])], initializers: [sizes] })
      expect(refusalOf(given)).toEqual(['MODEL_TOO_LARGE', { what: 'activations' }])
    }
    const range = proto({
      nodes: [node('Range', ['from', 'to', 'step'], ['y'])],
      initializers: [ints('from', [0], []), ints('to', [1e12], []), ints('step', [1], [])],
    })
    expect(refusalOf(range)?.[0]).toBe('MODEL_TOO_LARGE')
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('no weights that are %d', (bad) => {
    const nodes = [node('MatMul', ['x', 'kernel'], ['y'])]
    const given = (last: number) => proto({ nodes, initializers: [floats('kernel', [1, 2], [1, last])] })
    expect(refusalOf(given(bad))).toEqual(['WEIGHTS_NOT_FINITE', { weight: 'kernel' }])
    expect(refusalOf(given(2))).toBeNull()
  })

  it('infinity where it is no weight, as in a mask', () => {
    const nodes = [node('Add', ['x', 'mask'], ['y']), node('MatMul', ['y', 'kernel'], ['z'])]
    const initializers = [floats('mask', [1], [Number.NEGATIVE_INFINITY]), floats('kernel', [1, 1], [1])]
    expect(refusalOf(proto({ nodes, initializers, inputs: [value('x', ['n', 1])] }))).toBeNull()
  })
})
