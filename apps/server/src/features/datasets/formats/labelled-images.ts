/** `images`: [images, height, width, channels], RGB or grey, 0..255. `labels`: one class index per image. */
export type LabelledImages = { images: Uint8Array; labels: Uint8Array }

/** What was found in files: images of the official test or training set, or images that belong to neither. */
export type DatasetParts = { loose: LabelledImages[]; test: LabelledImages[]; train: LabelledImages[] }

/** A file to read. `name` is what people know it by; never a path. */
export type DatasetFile = { name: string; path: string }

export function concatenate(parts: readonly LabelledImages[]): LabelledImages {
  return {
    images: joined(parts.map(({ images }) => images)),
    labels: joined(parts.map(({ labels }) => labels)),
  }
}

function joined(arrays: readonly Uint8Array[]): Uint8Array {
  const [first] = arrays
  if (first !== undefined && arrays.length === 1) return first
  const all = new Uint8Array(arrays.reduce((sum, array) => sum + array.length, 0))
  let at = 0
  for (const array of arrays) {
    all.set(array, at)
    at += array.length
  }
  return all
}
