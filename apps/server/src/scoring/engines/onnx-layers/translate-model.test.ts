import { expect, it } from 'vitest'
import { madeModel } from './test-models.ts'
import { translateModel } from './translate-model.ts'

const convolution = { class_name: 'Conv2D', config: { name: 'c', filters: 3, kernel_size: 1 }, inputs: ['x'] }
const after = (class_name: string, inputs: string[]) => ({
  class_name,
  config: { name: class_name.toLowerCase() },
  inputs,
})

it('takes images as planes where a convolution alone reads them', () => {
  expect(translateModel(madeModel([4, 5, 3], [convolution, after('Flatten', ['c'])], 1)).layout).toBe('chw')
})

it('takes images pixel by pixel where something else reads them too', () => {
  const flat = { class_name: 'Flatten', config: { name: 'g' }, inputs: ['c'] }
  const layers = [after('Flatten', ['x']), convolution, flat, after('Concatenate', ['flatten', 'g'])]
  expect(translateModel(madeModel([4, 5, 3], layers, 1)).layout).toBe('hwc')
})

it('takes a sequence of rows as it is', () => {
  const rows = { class_name: 'Conv1D', config: { name: 'c', filters: 3, kernel_size: 1 }, inputs: ['x'] }
  expect(translateModel(madeModel([4, 15], [rows, after('Flatten', ['c'])], 1)).layout).toBe('hwc')
})
