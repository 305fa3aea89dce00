import { TaikaiError } from '../errors.ts'
import type { BatchRule } from '../model/parsed-model.ts'
import type { Predict } from './engine.ts'

type Values = { values: Float32Array; shape: readonly number[] }
/** Runs a graph once, on input of exactly the shape `dims`. */
export type Run = (input: Float32Array, dims: number[]) => Promise<Values>

/**
 * Makes a prediction for any number of images out of calls that take as many as the graph allows: a last call that is not full
 * is filled up with zeros. A batch that is declared free may be fixed within (a Reshape to [1, …]), so two images are tried.
 */
export async function batched(
  { inputShape, batch }: { inputShape: readonly number[]; batch: BatchRule },
  run: Run,
): Promise<Predict> {
  const imageSize = inputShape.reduce((product, size) => product * size, 1)
  const call = async (input: Float32Array, images: number) => {
    const { values, shape } = await run(
      input,
      batch.kind === 'none' ? [...inputShape] : [images, ...inputShape],
    )
    const perImage = values.length / images
    if (shape.at(-1) !== perImage)
      throw new TaikaiError('OUTPUT_SHAPE_MISMATCH', { found: `[${shape.join(', ')}]`, expected: perImage })
    return values
  }
  const size = await imagesPerCall(batch, (images) => call(new Float32Array(images * imageSize), images))
  return async (input, count) => {
    const step = size ?? count
    if (step === count) return call(input, count)
    let outputs: Float32Array | null = null
    for (let done = 0; done < count; done += step) {
      const there = input.subarray(done * imageSize, Math.min(done + step, count) * imageSize)
      const part = done + step <= count ? there : filledUp(there, step * imageSize)
      const values = await call(part, step)
      const perImage = values.length / step
      outputs ??= new Float32Array(count * perImage)
      outputs.set(values.subarray(0, Math.min(step, count - done) * perImage), done * perImage)
    }
    return outputs ?? new Float32Array()
  }
}

function filledUp(values: Float32Array, length: number): Float32Array {
  const full = new Float32Array(length)
  full.set(values)
  return full
}

/** Null for any number. */
async function imagesPerCall(
  batch: BatchRule,
  tryZeros: (images: number) => Promise<Float32Array>,
): Promise<number | null> {
  if (batch.kind === 'fixed') return batch.size
  if (batch.kind === 'none') return 1
  const one = await tryZeros(1)
  try {
    const two = await tryZeros(2)
    return two.length === 2 * one.length ? null : 1
  } catch {
    return 1 // it takes one image: whatever else is wrong shows in the run
  }
}
