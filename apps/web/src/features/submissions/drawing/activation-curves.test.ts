import { activationNames } from '@taikai/shared/model/layers/activation'
import { expect, it } from 'vitest'
import { activationOf, curvePath } from './activation-curves.ts'

const named = (activation: string) => activationOf({ className: 'Dense', activation })
const at = (activation: string, x: number) => named(activation)?.curve?.(x)

it('knows a formula for every function that can be scored, but for the identity', () => {
  expect(activationNames.filter((name) => named(name) === null)).toEqual(['linear'])
})

it('computes curves from their formulas', () => {
  expect([at('relu', -2), at('relu', 3)]).toEqual([0, 3])
  expect(at('relu6', 9)).toBe(6)
  expect(at('sigmoid', 0)).toBe(0.5)
  expect(at('tanh', 1)).toBeCloseTo(0.76159, 5)
  expect(at('elu', -1)).toBeCloseTo(Math.exp(-1) - 1, 12)
  expect(at('selu', -1)).toBeCloseTo(1.0507 * 1.67326 * (Math.exp(-1) - 1), 4)
  expect([at('hard_sigmoid', 1), at('hard_sigmoid_relu6', 3)]).toEqual([0.7, 1])
  // x·Φ(x) with Φ(1) = 0.841345, which the drawn curve meets within 0.001
  expect(at('gelu', 1)).toBeCloseTo(0.8413, 2)
  expect(at('mish', 0)).toBe(0)
  expect([at('squareplus', 0), at('sparse_plus', 0), at('step', 0)]).toEqual([1, 0.25, 0])
  expect([at('soft_shrink', -2), at('hard_shrink', 0.4)]).toEqual([-1.5, 0])
})

it('finds an activation that is a layer of its own, and says that it may have settings', () => {
  expect(activationOf({ className: 'LeakyReLU', activation: null })).toMatchObject({ hasSettings: true })
  expect(activationOf({ className: 'Relu', activation: null })).toMatchObject({
    name: 'Relu',
    hasSettings: false,
  })
  expect(activationOf({ className: 'Conv2D', activation: 'linear' })).toBeNull()
  expect(named('softmax')?.curve).toBeNull()
})

it('draws from the lower left, upwards, and within its square', () => {
  const path = curvePath((x) => x * x * x, 80)
  expect(path.startsWith('M0,80')).toBe(true)
  expect(path.endsWith('L80,0')).toBe(true)
  expect(path).toContain('40,40')
})
