import { writeOnnx } from '@taikai/shared/model/onnx/write-onnx'
import type { InputType, OnnxModel } from '@taikai/shared/model/parsed-model'
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

async function loadOnnx(model: OnnxModel): Promise<Predict> {
  const { inputName, inputType, outputName } = model
  const session = await InferenceSession.create(writeOnnx(model.proto), {
    executionProviders: ['cpu'],
    logSeverityLevel: 4,
  })
  return batched(model, async (input, dims) => {
    const outputs = await session.run({ [inputName]: toTensor(inputType, input, dims) }, [outputName])
    const output = outputs[outputName]
    if (output === undefined) throw new Error('the scored output is missing')
    return { values: toFloats(output), shape: output.dims }
  })
}

function toTensor(type: InputType, input: Float32Array, dims: number[]): Tensor {
  if (type === 'float32') return new Tensor('float32', input, dims)
  if (type === 'float64') return new Tensor('float64', Float64Array.from(input), dims)
  if (type === 'uint8') return new Tensor('uint8', Uint8Array.from(input), dims)
  if (type === 'int32') return new Tensor('int32', Int32Array.from(input), dims)
  if (type === 'int64')
    return new Tensor(
      'int64',
      BigInt64Array.from(input, (value) => BigInt(value)),
      dims,
    )
  return new Tensor('float16', new Uint16Array(Float16Array.from(input).buffer), dims)
}

function toFloats({ data }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return Float32Array.from(data, (value) => Number(value))
  if (Array.isArray(data)) throw new Error('the scored output holds text')
  return Float32Array.from(data)
}
