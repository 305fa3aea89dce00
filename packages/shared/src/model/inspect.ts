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
type FormatReader = (
  files: readonly ModelFile[],
  spec: ImageSpec,
) => Inspected | null | Promise<Inspected | null>

/** In this order: the last one says what is wrong with files that nobody knows. */
const readers: readonly FormatReader[] = [readOnnxUpload, readKerasUpload]

/**
 * Reads a model from its files and checks it against the round's images, all from the bytes: nothing that the model asks for
 * is allocated before it has passed.
 * Rejects with a TaikaiError with an UPLOAD_, MODEL_, ONNX_, LAYER_, INPUT_, OUTPUT_ or WEIGHTS_ code, and with Hdf5Unavailable
 * where HDF5 is met and its reader cannot be loaded.
 */
export async function inspectModel(upload: readonly ModelFile[], spec: ImageSpec): Promise<Inspected> {
  const files = openUpload(upload)
  for (const read of readers) {
    const inspected = await read(files, spec)
    if (inspected !== null) return inspected
  }
  const file = readLayersFile(files)
  return file.isGraph ? inspectGraph(file, spec) : inspectLayers(tfjsSource(file), spec)
}

async function readKerasUpload(files: readonly ModelFile[], spec: ImageSpec): Promise<Inspected | null> {
  const source = await readKeras(files)
  return source === null ? null : inspectLayers(source, spec)
}
