import { batched } from '@taikai/shared/engines/batched'
import type { Engine, Predict } from '@taikai/shared/engines/engine'
import type { EngineName, EngineNote } from '@taikai/shared/model/engine-name'
import type { InputLayout } from '@taikai/shared/model/input-shape'
import type { Shape } from '@taikai/shared/model/layers/layer-kind'
import { writeOnnx } from '@taikai/shared/model/onnx/write-onnx'
import type { LayersModel, OnnxModel, ParsedModel } from '@taikai/shared/model/parsed-model'
import { env, Tensor } from 'onnxruntime-node'
import { agree } from './agree.ts'
import { loadTranslation } from './onnx-layers/load-translation.ts'
import { Untranslatable } from './onnx-layers/untranslatable.ts'
import { createSession } from './onnx-session.ts'
import { createWasmEngine } from './wasm.ts'

/**
 * ONNX Runtime on the processor, for ONNX models and for Layers models that can be translated. Those are loaded in the reference
 * beside it, which takes over where there is no translation or where it does not give the same.
 */
export async function createOnnxruntimeEngine(): Promise<Engine> {
  return new OnnxruntimeEngine(await createWasmEngine())
}

export const onnxruntimeVersion = `onnxruntime-node ${env.versions.node ?? ''}`

class OnnxruntimeEngine implements Engine {
  name: EngineName = 'onnxruntime'
  version = onnxruntimeVersion
  note: EngineNote | null = null
  layout: InputLayout = 'hwc'
  #predict: Predict = async () => {
    throw new Error('predict before load')
  }
  /** Whether what is given has the reference beside it, and has agreed with it so far. */
  #translated = false
  readonly #reference: Engine
  #predictByReference: Predict

  constructor(reference: Engine) {
    this.#reference = reference
    this.#predictByReference = (input, count) => reference.predict(input, count)
  }

  async load(model: ParsedModel): Promise<void> {
    if (model.family === 'graph') throw new Error('onnxruntime runs no graph models')
    this.layout = model.layout
    if (model.family === 'onnx') this.#predict = await loadOnnx(model)
    else await this.#loadLayers(model)
  }

  async #loadLayers(model: LayersModel): Promise<void> {
    await this.#reference.load(model)
    try {
      const { predict, layout } = await loadTranslation(model)
      this.#predict = predict
      this.#translated = true
      if (layout !== model.layout) {
        this.layout = layout
        this.#predictByReference = (input, count) =>
          this.#reference.predict(pixelsOf(input, model.inputShape), count)
      }
      // Both are named, whichever gives the outputs in the end: that follows from hidden images, and is for instructors.
      this.version = `${onnxruntimeVersion}, ${this.#reference.version}`
    } catch (error) {
      this.note = error instanceof Untranslatable ? 'NOT_TRANSLATABLE' : 'NOT_RUNNABLE'
      this.#predict = this.#predictByReference
      this.name = this.#reference.name
      this.version = this.#reference.version
    }
  }

  predict(input: Float32Array, count: number): Promise<Float32Array> {
    return this.#predict(input, count)
  }

  async check(input: Float32Array, count: number): Promise<void> {
    if (!this.#translated) return
    const expected = await this.#predictByReference(input, count)
    // A runtime that fails where the reference does not differs from it.
    const found = await this.#predict(input, count).catch(() => null)
    if (found !== null && agree(expected, found, count)) return
    this.note = 'OUTPUTS_DIFFER'
    this.#translated = false
    this.#predict = this.#predictByReference
  }
}

/** Images that lie in planes, pixel by pixel. `inputShape`: [height, width, channels]. */
function pixelsOf(planes: Float32Array, inputShape: Shape): Float32Array {
  const [height = 1, width = 1, channels = 1] = inputShape
  const area = height * width
  const size = area * channels
  return Float32Array.from(planes, (_, at) => {
    const [start, place] = [at - (at % size), at % size]
    return planes[start + (place % channels) * area + Math.floor(place / channels)] ?? Number.NaN
  })
}

async function loadOnnx(model: OnnxModel): Promise<Predict> {
  const { inputName, outputName } = model
  const session = await createSession(writeOnnx(model.proto))
  return batched(model, async (input, dims) => {
    const outputs = await session.run({ [inputName]: new Tensor('float32', input, dims) }, [outputName])
    const output = outputs[outputName]
    if (!(output?.data instanceof Float32Array)) throw new Error('the scored output is no tensor')
    return { values: output.data, shape: output.dims }
  })
}
