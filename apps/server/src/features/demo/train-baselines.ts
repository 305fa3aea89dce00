import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import type { LabelledImages } from '../datasets/formats/labelled-images.ts'
import { registerConv2dFilterGradient } from './conv2d-filter-gradient.ts'
import { demoClassNames, demoImageShape, generateDemoDataset } from './demo-dataset.ts'
import { randomFrom } from './random.ts'

const classCount = demoClassNames.length
const batchSize = 50
const seed = 20_261_123

type Recipe = { name: string; epochs: number; learningRate: number; layers: () => layers.layers.Layer[] }

const recipes: readonly Recipe[] = [
  {
    name: 'linear',
    epochs: 14,
    learningRate: 5e-4,
    layers: () => [layers.layers.flatten({ inputShape: [...demoImageShape] }), softmaxOutput()],
  },
  {
    name: 'mlp',
    epochs: 14,
    learningRate: 5e-4,
    layers: () => [layers.layers.flatten({ inputShape: [...demoImageShape] }), dense(23), softmaxOutput()],
  },
  {
    name: 'cnn',
    epochs: 14,
    learningRate: 2e-3,
    layers: () => [
      convolution(12, { inputShape: [...demoImageShape] }),
      layers.layers.maxPooling2d({ poolSize: 2 }),
      convolution(24),
      layers.layers.maxPooling2d({ poolSize: 2 }),
      convolution(48),
      layers.layers.maxPooling2d({ poolSize: 2 }),
      layers.layers.flatten(),
      layers.layers.dropout({ rate: 0.3, seed }),
      dense(48),
      softmaxOutput(),
    ],
  },
]

/**
 * Trains the demo round's baselines on the demo training images, input −1..1 (`signed`), and writes each to `<folder>/<name>/` as a
 * TensorFlow.js Layers model. One thread and fixed seeds: the same weights each time on one kind of processor.
 */
export async function trainBaselines(folder: string, report: (line: string) => void): Promise<void> {
  // The package has no entry that tells its folder but its main file.
  const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(`${dirname(wasm)}/`)
  registerConv2dFilterGradient()
  await tf.setBackend('wasm')
  const dataset = await generateDemoDataset()
  for (const recipe of recipes) {
    const model = layers.sequential({ name: recipe.name, layers: recipe.layers() })
    await train(model, recipe, dataset.train, report)
    await save(model, join(folder, recipe.name))
    const percent = (100 * accuracy(model, dataset.hidden)).toFixed(1)
    report(`${recipe.name}: ${model.countParams()} parameters, ${percent} % of the hidden images`)
    model.dispose()
  }
}

async function train(
  model: layers.Sequential,
  recipe: Recipe,
  { images, labels }: LabelledImages,
  report: (line: string) => void,
): Promise<void> {
  const optimizer = tf.train.adam(recipe.learningRate)
  model.compile({ optimizer, loss: 'categoricalCrossentropy' })
  const random = randomFrom(seed)
  const steps = recipe.epochs * Math.ceil(labels.length / batchSize)
  let step = 0
  for (let epoch = 1; epoch <= recipe.epochs; epoch++) {
    const order = shuffled(labels.length, random.between)
    let loss = 0
    for (let start = 0; start < order.length; start += batchSize) {
      // Cosine decay; tfjs has no schedules of its own.
      Object.assign(optimizer, {
        learningRate: (recipe.learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2,
      })
      const batch = order.slice(start, start + batchSize)
      const x = batchTensor(images, batch)
      const y = tf.tidy(() =>
        tf.oneHot(
          tf.tensor1d(
            batch.map((image) => labels[image] ?? 0),
            'int32',
          ),
          classCount,
        ),
      )
      const result = await model.trainOnBatch(x, y)
      loss += Array.isArray(result) ? (result[0] ?? 0) : result
      tf.dispose([x, y])
      step += 1
    }
    report(
      `${recipe.name}: epoch ${epoch} of ${recipe.epochs}, loss ${((loss * batchSize) / order.length).toFixed(3)}`,
    )
  }
}

/** Fisher and Yates' shuffle of 0..count − 1. */
function shuffled(count: number, between: (low: number, high: number) => number): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const other = between(0, last)
    const moved = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = moved
  }
  return order
}

function batchTensor(images: Uint8Array, batch: readonly number[]): tf.Tensor4D {
  const [height, width, channels] = demoImageShape
  const imageBytes = height * width * channels
  const values = new Float32Array(batch.length * imageBytes)
  for (const [position, image] of batch.entries()) {
    for (let at = 0; at < imageBytes; at++) {
      values[position * imageBytes + at] = (images[image * imageBytes + at] ?? 0) / 127.5 - 1
    }
  }
  return tf.tensor4d(values, [batch.length, height, width, channels])
}

function accuracy(model: layers.Sequential, { images, labels }: LabelledImages): number {
  let correct = 0
  for (let start = 0; start < labels.length; start += batchSize) {
    const batch = Array.from(
      { length: Math.min(batchSize, labels.length - start) },
      (_, index) => start + index,
    )
    tf.tidy(() => {
      const outputs = model.predictOnBatch(batchTensor(images, batch))
      if (Array.isArray(outputs)) throw new Error('a baseline has one output')
      for (const [position, predicted] of tf.argMax(outputs, -1).dataSync().entries()) {
        if (predicted === labels[start + position]) correct += 1
      }
    })
  }
  return correct / labels.length
}

async function save(model: layers.Sequential, folder: string): Promise<void> {
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    const { weightData, weightSpecs, modelTopology, format, generatedBy } = artifacts
    if (weightData === undefined || weightSpecs === undefined) throw new Error('a model without weights')
    const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }]
    const json = { format, generatedBy, convertedBy: null, modelTopology, weightsManifest }
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'model.json'), `${JSON.stringify(json)}\n`)
    await writeFile(join(folder, 'weights.bin'), new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)))
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) }
  })
  await model.save(handler)
}

function dense(units: number): layers.layers.Layer {
  const kernelInitializer = layers.initializers.heNormal({ seed })
  return layers.layers.dense({ units, activation: 'relu', kernelInitializer })
}

function softmaxOutput(): layers.layers.Layer {
  const kernelInitializer = layers.initializers.glorotUniform({ seed })
  return layers.layers.dense({ units: classCount, activation: 'softmax', kernelInitializer })
}

function convolution(filters: number, input: { inputShape?: number[] } = {}): layers.layers.Layer {
  const kernelInitializer = layers.initializers.heNormal({ seed })
  return layers.layers.conv2d({
    ...input,
    filters,
    kernelSize: 3,
    padding: 'same',
    activation: 'relu',
    kernelInitializer,
  })
}
