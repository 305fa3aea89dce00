import { expect, it } from 'vitest'
import { secondsLeft, speedometer } from './upload-progress.ts'

it('takes the speed of the last five seconds', () => {
  const speed = speedometer(0)
  expect(speed(100, 400)).toBeNull()
  expect(speed(2_000, 1_000)).toBe(2_000)
  // 10,000 bytes of the last five seconds: the line has become slower.
  expect(speed(12_000, 6_000)).toBe(2_000)
  expect(speed(12_500, 11_000)).toBe(100)
  expect(speed(12_500, 16_500)).toBeNull()
})

it('gives the time left at that speed', () => {
  expect(secondsLeft({ sentBytes: 400, totalBytes: 1_000, bytesPerSecond: 250 })).toBe(3)
  expect(secondsLeft({ sentBytes: 400, totalBytes: 1_000, bytesPerSecond: null })).toBeNull()
})
