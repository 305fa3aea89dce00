import { availableParallelism } from 'node:os'
import { writeOnnx } from '@taikai/shared/model/onnx/write-onnx'
import type { OnnxModel } from '@taikai/shared/model/parsed-model'
import { env, InferenceSession, Tensor } from 'onnxruntime-node'
import { batched } from './batched.ts'
import { type Engine, engineOf, type Predict } from './engine.ts'

/** ONNX Runtime on the processor. Models are given as bytes, never as paths: native code knows no permission model. */
export async function createOnnxruntimeEngine(): Promise<Engine> {
  return engineOf('onnxruntime', `onnxruntime-node ${env.versions.node ?? ''}`, async (model) => {
    if (model.family !== 'onnx') throw new Error(`onnxruntime runs no ${model.family} models`)
    return loadOnnx(model)
  })
}

/** Batches of small images keep no more cores busy. */
const mostThreads = 4

async function loadOnnx(model: OnnxModel): Promise<Predict> {
  const { inputName, outputName } = model
  const session = await InferenceSession.create(writeOnnx(model.proto), {
    executionProviders: ['cpu'],
    intraOpNumThreads: Math.min(availableParallelism(), mostThreads),
    // Threads that spin while they wait halve the speed on cores that other children share (measured on two cores, seven
    // convolutions on 32×32×3: 500 against 230 images/s); alone, sleeping ones cost under 5 %.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 4,
  })
  return batched(model, async (input, dims) => {
    const outputs = await session.run({ [inputName]: new Tensor('float32', input, dims) }, [outputName])
    const output = outputs[outputName]
    if (!(output?.data instanceof Float32Array)) throw new Error('the scored output is no tensor')
    return { values: output.data, shape: output.dims }
  })
}
