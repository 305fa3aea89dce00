import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Predict } from '@taikai/shared/engines/engine'
import { inspectModel } from '@taikai/shared/model/inspect'
import { writeOnnx } from '@taikai/shared/model/onnx/write-onnx'
import type { ParsedModel } from '@taikai/shared/model/parsed-model'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { readModelFiles } from '../../../cli/offline-run.ts'
import { randomNumbers } from '../onnx-layers/test-models.ts'
import { translateModel } from '../onnx-layers/translate-model.ts'
import { createOnnxruntimeEngine } from '../onnxruntime.ts'

const turns = 7
const batch = 32
/** For one turn: long enough that threads of the other, which spin for a while when they have nothing to do, are asleep for most of it. */
const turnMs = 400
/** What models of the two rounds of the seminar take. */
const specs = [
  { imageShape: [32, 32, 3], classCount: 10 },
  { imageShape: [28, 28, 1], classCount: 10 },
] as const

/** Of a model: images per second, the median of turns that the engine of the scoring child and bare ONNX Runtime take. */
export type RealModelSpeed = { model: string; engine: number; bare: number; note: string }

/** Measures each model in a folder of folders that fits one of the rounds; what is refused is left out. */
export async function measureRealModels(folder: string): Promise<RealModelSpeed[]> {
  const measured: RealModelSpeed[] = []
  for (const name of (await readdir(folder)).sort()) {
    const names = await readdir(resolve(folder, name))
    const model = await readModel(names.map((each) => join(folder, name, each)))
    if (model === null || model.family === 'graph') continue
    const engine = await createOnnxruntimeEngine()
    await engine.load(model)
    const bare = await bareOnnxruntime(model)
    const speeds = await race({ engine: (input, count) => engine.predict(input, count), bare }, model)
    measured.push({ model: name, ...speeds, note: engine.note ?? '' })
  }
  return measured
}

async function readModel(paths: readonly string[]): Promise<ParsedModel | null> {
  const files = await readModelFiles(paths.filter((path) => !/(meta\.json|\.npy)$/.test(path)))
  for (const spec of specs) {
    try {
      return (await inspectModel(files, spec)).model
    } catch {
      // made for other images, or one that is refused
    }
  }
  return null
}

/** On the graph that the engine runs too, in calls as large as it takes them. */
async function bareOnnxruntime(model: ParsedModel): Promise<Predict> {
  if (model.family === 'graph') throw new Error('onnxruntime runs no graph models')
  const session = await InferenceSession.create(
    model.family === 'onnx' ? writeOnnx(model.proto) : translateModel(model).file,
  )
  const [inputName = '', outputName = ''] = [...session.inputNames, ...session.outputNames]
  const [declared] = session.inputMetadata
  const shape = declared?.isTensor === true ? declared.shape : []
  const withBatch = model.family === 'layers' || model.batch.kind !== 'none'
  const dims = shape.slice(withBatch ? 1 : 0).map(Number)
  const most = withBatch && typeof shape[0] === 'number' && shape[0] > 0 ? shape[0] : withBatch ? batch : 1
  const size = dims.reduce((product, length) => product * length, 1)
  return async (input, count) => {
    for (let done = 0; done < count; done += most) {
      const part = input.subarray(done * size, (done + most) * size)
      const feed = new Tensor('float32', part, withBatch ? [part.length / size, ...dims] : dims)
      await session.run({ [inputName]: feed }, [outputName])
    }
    return input
  }
}

async function race(
  predicts: { engine: Predict; bare: Predict },
  { inputShape }: ParsedModel,
): Promise<{ engine: number; bare: number }> {
  const input = randomNumbers(batch * inputShape.reduce((product, length) => product * length, 1), 3)
  const measure = async (predict: Predict) => {
    const startedAt = performance.now()
    let images = 0
    for (; performance.now() - startedAt < turnMs; images += batch) await predict(input, batch)
    return (images * 1000) / (performance.now() - startedAt)
  }
  const speeds: Record<'engine' | 'bare', number[]> = { engine: [], bare: [] }
  for (const name of ['engine', 'bare'] as const) await measure(predicts[name]) // compiles, allocates
  for (let turn = 0; turn < turns; turn++)
    for (const name of ['engine', 'bare'] as const) speeds[name].push(await measure(predicts[name]))
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  return { engine: median(speeds.engine), bare: median(speeds.bare) }
}
