import { availableParallelism, cpus, loadavg } from 'node:os'
import type { Predict } from '@taikai/shared/engines/engine'
import { buildLayers } from '@taikai/shared/engines/layers-model'
import type { LayersModel } from '@taikai/shared/model/parsed-model'
import { tensor, tidy } from '@tensorflow/tfjs-core'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { type LayerJson, madeModel, randomNumbers } from '../onnx-layers/test-models.ts'
import { inputName, outputName, translateModel } from '../onnx-layers/translate-model.ts'
import { createOnnxruntimeEngine, onnxruntimeVersion } from '../onnxruntime.ts'
import { createWasmEngine } from '../wasm.ts'
import { type Net, nets } from './nets.ts'

const contestants = ['onnxruntime', 'bare onnxruntime', 'wasm', 'bare wasm'] as const
type Contestant = (typeof contestants)[number]
/** `perSecond`: the best turn. `perCpuSecond`: images per second of processor time on all threads, which other work disturbs less. */
type Speed = { perSecond: number; perCpuSecond: number }
export type EngineMeasurement = {
  date: string
  machine: { processor: string; cores: number; load: number }
  versions: Record<'node' | 'onnxruntime' | 'wasm', string>
  rows: { net: string; batch: number; images: number; speeds: Record<Contestant, Speed> }[]
}

const turns = 5
const batches = [1, 8, 32, 128]
const imageShape = [32, 32, 3]
const imageSize = 3072

/** Engines take turns, so that what else the machine does meets all of them; wasm, which is steady, gets fewer images. */
export async function measureEngines(log: (line: string) => void): Promise<EngineMeasurement> {
  const load = loadavg()[0] ?? 0
  const rows: EngineMeasurement['rows'] = []
  const [native, wasm] = [await createOnnxruntimeEngine(), await createWasmEngine()]
  for (const net of nets) {
    const model = withFanIn(madeModel(imageShape, net.layers, 1))
    await native.load(model)
    await wasm.load(model)
    const predicts: Record<Contestant, Predict> = {
      onnxruntime: (input, count) => native.predict(input, count),
      'bare onnxruntime': await bareOnnxruntime(net),
      wasm: (input, count) => wasm.predict(input, count),
      'bare wasm': await bareWasm(model),
    }
    for (const batch of batches) {
      const images = Math.max(batch, net.name === 'VGG-BN' ? 40 : 200)
      const speeds = await race(predicts, batch, images)
      rows.push({ net: net.name, batch, images: images * turns, speeds })
      log(`${net.name}, ${batch} at once: ${JSON.stringify(speeds)}`)
    }
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: { processor: cpus()[0]?.model ?? '?', cores: availableParallelism(), load },
    versions: { node: process.version, onnxruntime: onnxruntimeVersion, wasm: wasm.version },
    rows,
  }
}

async function race(
  predicts: Record<Contestant, Predict>,
  batch: number,
  images: number,
): Promise<Record<Contestant, Speed>> {
  const input = randomNumbers(batch * imageSize, 2)
  const best: Record<Contestant, Speed> = {
    onnxruntime: { perSecond: 0, perCpuSecond: 0 },
    'bare onnxruntime': { perSecond: 0, perCpuSecond: 0 },
    wasm: { perSecond: 0, perCpuSecond: 0 },
    'bare wasm': { perSecond: 0, perCpuSecond: 0 },
  }
  for (const name of contestants) await predicts[name](input, batch) // compiles, allocates
  for (let turn = 0; turn < turns; turn++)
    for (const name of contestants) {
      const [startedAt, cpu] = [performance.now(), process.cpuUsage()]
      let done = 0
      for (; done < images; done += batch) await predicts[name](input, batch)
      const seconds = (performance.now() - startedAt) / 1000
      const { user, system } = process.cpuUsage(cpu)
      best[name].perSecond = Math.max(best[name].perSecond, done / seconds)
      best[name].perCpuSecond = Math.max(best[name].perCpuSecond, (done * 1e6) / (user + system))
    }
  return best
}

/** Weights as a network starts with them (He et al. 2015), so that values neither vanish nor overflow. */
export function withFanIn(model: LayersModel): LayersModel {
  const weights = model.weights.map(({ path, values }) => ({
    path,
    values: values.map(({ shape, data }) => {
      const fanIn = shape.slice(0, -1).reduce((product, size) => product * size, 1)
      return { shape, data: shape.length < 2 ? data : data.map((value) => value * Math.sqrt(6 / fanIn)) }
    }),
  }))
  return { ...model, weights }
}

/** ONNX Runtime with its own settings, on planes as it wants them: no transposition is left in the graph. */
export async function bareOnnxruntime({ layers }: Net): Promise<Predict> {
  const planes: LayerJson = { class_name: 'Permute', config: { name: 'planes', dims: [2, 3, 1] } }
  const moved = layers.map((layer) =>
    layer.inputs?.includes('x') ? { ...layer, inputs: ['planes'] } : layer,
  )
  const model = withFanIn(madeModel([3, 32, 32], [planes, ...moved], 1))
  const session = await InferenceSession.create(translateModel(model).file)
  return async (input, count) => {
    const outputs = await session.run({ [inputName]: new Tensor('float32', input, [count, 3, 32, 32]) })
    const data = outputs[outputName]?.data
    if (!(data instanceof Float32Array)) throw new Error('no output')
    return data
  }
}

async function bareWasm(model: LayersModel): Promise<Predict> {
  const built = await buildLayers(model)
  return async (input, count) =>
    tidy(() => {
      const outputs = built.predictOnBatch(tensor(input, [count, ...imageShape]))
      const output = Array.isArray(outputs) ? outputs[0] : outputs
      const data = output?.dataSync()
      if (!(data instanceof Float32Array)) throw new Error('no output')
      return data
    })
}
