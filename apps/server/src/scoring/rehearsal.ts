import type { Engine } from '@taikai/shared/engines/engine'
import { inspectModel } from '@taikai/shared/model/inspect'
import { createPreprocess } from '@taikai/shared/preprocessing-apply'
import { goldenLayers, goldenOnnx } from './golden-models.ts'
import { batchSize } from './pipes.ts'
import { requestSchema } from './protocol.ts'

const pixels = 2
const request = {
  files: [],
  preprocessing: { preset: 'unit', channelOrder: 'rgb', flatOrder: 'hwc' },
  imageShape: [1, pixels, 1],
  classCount: 2,
  imageCount: batchSize,
  training: null,
}

/**
 * Takes a model of ours the way that the student's will go, so that what this way imports is imported while files may still be
 * read, and what it compiles is compiled ahead of time. Rejects where the engine cannot run.
 */
export async function rehearse(engine: Engine | null): Promise<void> {
  const { preprocessing, imageShape, classCount } = requestSchema.parse(request)
  const golden = engine?.name === 'onnxruntime' ? goldenOnnx : goldenLayers
  const { model } = await inspectModel(golden, { imageShape, classCount })
  if (engine === null) return
  await engine.load(model)
  const images = new Uint8Array(batchSize * pixels)
  const input = new Float32Array(images.length)
  createPreprocess(preprocessing, { imageShape }, engine.layout, null)(images, batchSize, input)
  await engine.predict(input, batchSize)
}
