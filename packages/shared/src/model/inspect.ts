import { inspectGraph } from './graph/inspect-graph.ts'
import { inspectLayers } from './inspect-layers.ts'
import { readKeras } from './keras/read-keras.ts'
import { readLayersFile } from './layers-file.ts'
import type { ImageSpec, ModelFile } from './model-file.ts'
import { readOnnxUpload } from './onnx/inspect-onnx.ts'
import { openUpload } from './open-upload.ts'
import type { Inspected } from './parsed-model.ts'
import { tfjsSource } from './tfjs-source.ts'

/** Reads the files of one upload; null when they are of another format. */
type FormatReader = (files: readonly ModelFile[], spec: ImageSpec) => Inspected | null

/** In this order: the last one says what is wrong with files that nobody knows. */
const readers: readonly FormatReader[] = [readOnnxUpload, readKerasUpload]

/**
 * Reads a model from its files and checks it against the round's images, all from the bytes: nothing that the model asks for
 * is allocated before it has passed.
 * Throws TaikaiError with an UPLOAD_, MODEL_, ONNX_, LAYER_, INPUT_, OUTPUT_ or WEIGHTS_ code.
 */
export function inspectModel(upload: readonly ModelFile[], spec: ImageSpec): Inspected {
  const files = openUpload(upload)
  for (const read of readers) {
    const inspected = read(files, spec)
    if (inspected !== null) return inspected
  }
  const file = readLayersFile(files)
  return file.isGraph ? inspectGraph(file, spec) : inspectLayers(tfjsSource(file), spec)
}

function readKerasUpload(files: readonly ModelFile[], spec: ImageSpec): Inspected | null {
  const source = readKeras(files)
  return source === null ? null : inspectLayers(source, spec)
}
