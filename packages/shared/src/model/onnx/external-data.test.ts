import { describe, expect, it } from 'vitest'
import { TaikaiError } from '../../errors.ts'
import { inspectModel } from '../inspect.ts'
import type { ImageSpec, ModelFile } from '../model-file.ts'
import { floats, node, onnxFile, onnxFiles, value } from './onnx-fixtures.ts'

const spec: ImageSpec = { imageShape: [2, 2, 3], classCount: 4 }
const graph = {
  nodes: [node('Gemm', ['x', 'kernel', 'bias'], ['y'])],
  initializers: [
    floats(
      'kernel',
      [12, 4],
      Array.from({ length: 48 }, (_, at) => at / 7),
    ),
    floats('bias', [4], [1, 2, 3, 4]),
  ],
  inputs: [value('x', ['n', 12])],
  outputs: [value('y', ['n', 4])],
}
const inspect = (files: readonly ModelFile[]) => inspectModel(files, spec)
const refusal = async (files: readonly ModelFile[]) => {
  try {
    await inspect(files)
  } catch (error) {
    if (error instanceof TaikaiError) return [error.code, error.params]
    throw error
  }
  return null
}
const renamed = (files: readonly ModelFile[], ...names: string[]) =>
  files.map(({ bytes }, at) => ({ name: names[at] ?? '', bytes }))

describe('ONNX with weights in a file beside it', () => {
  it('is the same model as in one file', async () => {
    const whole = await inspect([onnxFile(graph)])
    const parted = await inspect(onnxFiles(graph))
    expect(parted).toEqual(whole)
    expect(parted.inspection).toMatchObject({ parameters: 52 })
    expect(parted.inspection.unusedFiles).toBeUndefined()
  })

  it('finds it in a folder, and beside a model that was renamed', async () => {
    const files = onnxFiles(graph)
    for (const name of ['net/model.onnx', 'best.onnx']) {
      const folder = name.startsWith('net/') ? 'net/' : ''
      expect(await refusal(renamed(files, name, `${folder}model.onnx.data`))).toBeNull()
    }
    const twice = [
      ...renamed(files, 'a/model.onnx', 'a/model.onnx.data'),
      { name: 'b/model.onnx.data', bytes: Uint8Array.of(1) },
    ]
    expect((await inspect(twice)).inspection.unusedFiles).toEqual(['b/model.onnx.data'])
  })

  it('names the file that is missing', async () => {
    const [model, data] = onnxFiles(graph)
    const missing = ['ONNX_EXTERNAL_DATA', { file: 'model.onnx.data' }]
    expect(model && (await refusal([model]))).toEqual(missing)
    expect(model && data && (await refusal([model, { ...data, name: 'weights.bin' }]))).toEqual(missing)
  })

  it.each([
    '/etc/passwd',
    '../model.onnx.data',
    './model.onnx.data',
    'net/model.onnx.data',
    '..\\model.onnx.data',
    '',
    'model.onnx',
  ])('takes no path, and not the model itself: “%s”', async (location) => {
    expect(await refusal(onnxFiles(graph, { location }))).toEqual(['ONNX_EXTERNAL_DATA', { file: location }])
  })

  it('reads nothing beyond the end of the file', async () => {
    const [model, data] = onnxFiles(graph)
    if (model === undefined || data === undefined) throw new Error('two files were made')
    // The kernel has 192 bytes, and the bias 16 from there on.
    const short = { ...data, bytes: data.bytes.subarray(0, 200) }
    expect(await refusal([model, short])).toEqual(['WEIGHTS_TRUNCATED', { found: 200, expected: 208 }])
  })

  it('refuses tensors that share bytes: a small file would become a large model', async () => {
    const kernel = floats('kernel', [12, 4], new Array<number>(48).fill(0.5))
    const copies = Array.from({ length: 3 }, (_, at) => ({ ...kernel, name: `kernel${at}` }))
    const [model] = onnxFiles({ ...graph, initializers: copies }, { alignment: 64 })
    if (model === undefined) throw new Error('two files were made')
    const text = new TextDecoder('latin1')
      .decode(model.bytes)
      .replaceAll('offset\u0012\u0003192', 'offset\u0012\u0003000')
      .replaceAll('offset\u0012\u0003384', 'offset\u0012\u0003000')
    const shared = Uint8Array.from(text, (character) => character.charCodeAt(0))
    expect(
      await refusal([
        { ...model, bytes: shared },
        { name: 'model.onnx.data', bytes: new Uint8Array(300) },
      ]),
    ).toEqual(['WEIGHTS_MISMATCH', { mismatch: 'repeated', weight: 'kernel1' }])
  })
})
