import { expect, it } from 'vitest'
import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import { addCall, emptyTotals } from '../graph-totals.ts'
import { LayerFault, type LayerKind, type Shape } from './layer-kind.ts'
import { layerKinds } from './registry.ts'

const values: unknown[] = [
  null,
  0,
  -1,
  1,
  2.5,
  1e9,
  1e308,
  '',
  'same',
  'causal',
  '__proto__',
  true,
  [],
  [0],
  [-1],
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
  [[1, 2], [3]],
  [1e6, 1e6],
  {},
  { class_name: 'constructor', config: {} },
  { class_name: 'Dense', config: { units: 1e6 } },
  { class_name: 'LSTMCell', config: { units: 1e6 } },
  { class_name: 'StackedRNNCells', config: { cells: [{ class_name: 'GRUCell', config: { units: 9 } }] } },
]
const sound = {
  ...{
    units: 2,
    filters: 2,
    kernel_size: 2,
    height: 2,
    width: 2,
    num_heads: 2,
    key_dim: 2,
    n: 2,
    axes: 1,
    scale: 1,
  },
  ...{ target_shape: [-1], dims: [1], cropping: 0, num_tokens: 2, input_dim: 2, output_dim: 2, groups: 1 },
}
const inputs: Shape[][] = [
  [],
  [[]],
  [[4]],
  [[4, 4]],
  [[4, 4, 4]],
  [[2, 4, 4, 4]],
  [
    [4, 4],
    [4, 4],
  ],
  [[4000, 4000]],
]

/** What a kind reads; wrappers check their inner layer by another schema. */
const keysOf = (kind: LayerKind): string[] =>
  'schema' in kind && kind.schema instanceof z.ZodObject
    ? Object.keys(kind.schema.shape)
    : ['layer', 'backward_layer', 'cell', 'merge_mode', 'return_sequences', 'return_state']

it('whatever a file says, a kind gives whole sizes or refuses', () => {
  let described = 0
  const classNames = new Map([...layerKinds].map(([className, kind]) => [kind, className]))
  for (const [kind, className] of classNames)
    for (const key of keysOf(kind))
      for (const value of values)
        for (const input of inputs) {
          const attempt = `${className} ${key} ${JSON.stringify(value)} of ${JSON.stringify(input)}`
          try {
            const facts = kind({ ...sound, [key]: value }, input)
            const sizes = [...facts.outputs, ...facts.weights.map(({ shape }) => shape)].flat()
            const all = [...sizes, facts.macs, facts.working ?? 0]
            if (!all.every((size) => Number.isInteger(size) && size >= 0))
              throw new Error('sizes are not whole')
            described++
          } catch (error) {
            if (!(error instanceof LayerFault || error instanceof TaikaiError))
              throw new Error(attempt, { cause: error })
          }
        }
  expect(described).toBeGreaterThan(2000)
})

it('attention over too many places is too large although its output is small', () => {
  const described = layerKinds.get('MultiHeadAttention')?.({ num_heads: 1, key_dim: 1 }, [
    [20_000, 1],
    [20_000, 1],
  ])
  if (described === undefined) throw new Error('no such kind')
  expect(() => addCall(emptyTotals(), described, true)).toThrow(
    expect.objectContaining({ code: 'MODEL_TOO_LARGE' }),
  )
})
