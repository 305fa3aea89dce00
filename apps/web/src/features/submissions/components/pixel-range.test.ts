import { describe, expect, it } from 'vitest'
import { parsePerChannel, pixelRange } from './pixel-range.ts'

describe('what a preprocessing does to pixel values', () => {
  it('knows the presets without statistics', () => {
    expect(pixelRange('raw', null)).toEqual({ low: 0, high: 255 })
    expect(pixelRange('unit', null)).toEqual({ low: 0, high: 1 })
    expect(pixelRange('signed', null)).toEqual({ low: -1, high: 1 })
    expect(pixelRange('standardized', null)).toBeNull()
  })

  it('spans all channels of a standardization', () => {
    // (0 − 120) / 60 = −2, (0 − 100) / 40 = −2.5; (255 − 120) / 60 = 2.25, (255 − 100) / 40 = 3.875
    expect(pixelRange('standardized', { mean: [120, 100], std: [60, 40] })).toEqual({
      low: -2.5,
      high: 3.875,
    })
  })

  it('takes one number for all channels', () => {
    expect(pixelRange('custom', { mean: [55], std: [100, 200] })).toEqual({ low: -0.55, high: 2 })
  })

  it('subtracts the mean on the 0..1 scale', () => {
    expect(pixelRange('unit-minus-pixel-mean', { mean: [51], std: [1] })).toEqual({ low: -0.2, high: 0.8 })
  })
})

describe('numbers for each channel', () => {
  it('reads one or three', () => {
    expect(parsePerChannel('127.5')).toEqual([127.5])
    expect(parsePerChannel('125.3, 122.9、113.9')).toEqual([125.3, 122.9, 113.9])
  })

  it.each(['', 'x', '1,2', '1,2,3,4', '1,,3', 'Infinity'])('refuses %j', (text) => {
    expect(parsePerChannel(text)).toBeNull()
  })
})
