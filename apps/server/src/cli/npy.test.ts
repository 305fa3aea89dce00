import { expect, it } from 'vitest'
import { readNpy } from './npy.ts'
import { npyFile } from './test-npy.ts'

const values = Float32Array.of(1, -0.5, 3e-8, 4, 5, 6)

it('reads what NumPy wrote, byte by byte', () => {
  // numpy.save of numpy.array([[1.5]], dtype=numpy.float32): header padded to a multiple of 64, then 1.5 as 00 00 c0 3f.
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }"
  const file = Buffer.concat([
    Buffer.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0),
    Buffer.from(`${header.padEnd(117)}\n`),
    Buffer.of(0, 0, 0xc0, 0x3f),
  ])
  expect(file.length % 64).toBe(4)
  expect(readNpy(file)).toEqual({ shape: [1, 1], values: Float32Array.of(1.5) })
})

it.each([
  [1, [2, 3]],
  [2, [2, 3]],
  [1, [6]],
])('reads version %i with shape %j, wherever in memory it lies', (version, shape) => {
  const file = npyFile(values, shape, { version })
  const shifted = Buffer.concat([Buffer.alloc(3), file]).subarray(3)
  expect(readNpy(shifted)).toEqual({ shape, values })
})

it('reads a single number, whose shape is empty', () => {
  expect(readNpy(npyFile(Float32Array.of(7), []))).toEqual({ shape: [], values: Float32Array.of(7) })
})

it.each([
  ['no .npy at all', Buffer.from('{"format": "layers-model"}'), /no \.npy/],
  ['an empty file', Buffer.alloc(0), /no \.npy/],
  ['float64', npyFile(values, [3], { descr: '<f8' }), /no float32/],
  ['big-endian numbers', npyFile(values, [6], { descr: '>f4' }), /no float32/],
  ['Fortran order', npyFile(values, [2, 3], { fortranOrder: true }), /Fortran order/],
  ['a file that is cut off', npyFile(values, [6]).subarray(0, -1), /cut off/],
  ['more values than its shape', npyFile(values, [5]), /cut off/],
])('refuses %s', (_what, file, message) => {
  expect(() => readNpy(file)).toThrow(message)
})
