import type { Predict } from '@taikai/shared/engines/engine'
import type { InputLayout } from '@taikai/shared/model/input-shape'
import { sizeOf } from '@taikai/shared/model/layers/layer-kind'
import type { LayersModel } from '@taikai/shared/model/parsed-model'
import { Tensor } from 'onnxruntime-node'
import { createSession } from '../onnx-session.ts'
import { inputName, outputName, translateModel } from './translate-model.ts'

/**
 * A Layers model in ONNX Runtime, tried on one image of zeros, and how images lie in what it takes. Throws Untranslatable, and what
 * the runtime says of a graph that it does not run.
 */
export async function loadTranslation(
  model: LayersModel,
): Promise<{ predict: Predict; layout: InputLayout }> {
  const { file, layout } = translateModel(model)
  const session = await createSession(file)
  const [height = 1, width = 1, channels = 1] = model.inputShape
  const dims = layout === model.layout ? model.inputShape : [channels, height, width]
  const predict: Predict = async (input, count) => {
    const feed = new Tensor('float32', input, [count, ...dims])
    const { [outputName]: output } = await session.run({ [inputName]: feed }, [outputName])
    if (!(output?.data instanceof Float32Array)) throw new Error('the scored output is no tensor')
    return output.data
  }
  await predict(new Float32Array(sizeOf(model.inputShape)), 1)
  return { predict, layout }
}
