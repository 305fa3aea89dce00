import { TaikaiError } from '@taikai/shared/errors'
import type { DatasetFile, LabelledImages } from './labelled-images.ts'

/** [height, width, channels] of CIFAR-10. */
export const cifar10ImageShape = [32, 32, 3] as const
const classCount = 10
const planeBytes = 32 * 32
const imageBytes = 3 * planeBytes
const recordBytes = 1 + imageBytes

/**
 * Records of CIFAR-10's binary version: a label byte, then the red, green and blue planes.
 * Throws DATASET_SIZE_INVALID, DATASET_LABEL_OUT_OF_RANGE.
 */
export function parseCifar10Records(file: DatasetFile, bytes: Uint8Array): LabelledImages {
  if (bytes.length === 0 || bytes.length % recordBytes !== 0) {
    throw new TaikaiError('DATASET_SIZE_INVALID', { file: file.name })
  }
  const count = bytes.length / recordBytes
  const labels = Uint8Array.from({ length: count }, (_, record) => bytes[record * recordBytes] ?? 0)
  const images = interleaved(bytes, count, (record) => record * recordBytes + 1)
  return checked(file, { images, labels })
}

/** `data`: [count, 3072], planes of red, green and blue as in the Python version. Throws as `parseCifar10Records`. */
export function fromPlanes(file: DatasetFile, data: Uint8Array, labels: Uint8Array): LabelledImages {
  if (labels.length === 0 || data.length !== labels.length * imageBytes) {
    throw new TaikaiError('DATASET_SIZE_INVALID', { file: file.name })
  }
  const images = interleaved(data, labels.length, (image) => image * imageBytes)
  return checked(file, { images, labels })
}

/** The way back: records of the binary version. `images`: [count, 32, 32, 3]. */
export function toCifar10Records({ images, labels }: LabelledImages): Uint8Array {
  const bytes = new Uint8Array(labels.length * recordBytes)
  for (const [record, label] of labels.entries()) {
    const at = record * recordBytes
    bytes[at] = label
    for (let pixel = 0; pixel < planeBytes; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        bytes[at + 1 + channel * planeBytes + pixel] = images[record * imageBytes + 3 * pixel + channel] ?? 0
      }
    }
  }
  return bytes
}

function interleaved(bytes: Uint8Array, count: number, offsetOf: (image: number) => number): Uint8Array {
  const images = new Uint8Array(count * imageBytes)
  for (let image = 0; image < count; image++) {
    const from = offsetOf(image)
    const to = image * imageBytes
    for (let pixel = 0; pixel < planeBytes; pixel++) {
      images[to + 3 * pixel] = bytes[from + pixel] ?? 0
      images[to + 3 * pixel + 1] = bytes[from + planeBytes + pixel] ?? 0
      images[to + 3 * pixel + 2] = bytes[from + 2 * planeBytes + pixel] ?? 0
    }
  }
  return images
}

function checked(file: DatasetFile, content: LabelledImages): LabelledImages {
  if (content.labels.some((label) => label >= classCount)) {
    throw new TaikaiError('DATASET_LABEL_OUT_OF_RANGE', { file: file.name })
  }
  return content
}
