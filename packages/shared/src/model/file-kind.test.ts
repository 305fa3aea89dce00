import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { mayHoldHdf5 } from './file-kind.ts'
import { buildHdf5 } from './keras/test-hdf5.ts'
import { denseModel } from './model-fixtures.ts'
import { onnxFile } from './onnx/onnx-fixtures.ts'

describe('what may hold HDF5', () => {
  it('is an HDF5 file, also one behind a user block and among others', async () => {
    const bytes = await buildHdf5(() => undefined)
    const behind = new Uint8Array(512 + bytes.length)
    behind.set(bytes, 512)
    for (const each of [bytes, behind]) expect(mayHoldHdf5([...denseModel(4, 2), { bytes: each }])).toBe(true)
  })

  it('is a zip, whatever it says that it holds', () => {
    for (const entries of [{}, { 'model.json': Uint8Array.of(0x7b, 0x7d) }])
      expect(mayHoldHdf5([{ bytes: zipSync(entries) }])).toBe(true)
  })

  it('is nothing else', () => {
    const gzip = { bytes: Uint8Array.of(0x1f, 0x8b, 8, 0) } // refused, and never unpacked
    const empty = { bytes: new Uint8Array() }
    for (const files of [[], denseModel(4, 2), [onnxFile({})], [gzip], [empty]])
      expect(mayHoldHdf5(files)).toBe(false)
  })
})
