/** One file of an upload. `name` is what the sender called it (folders with `/`); it is never used as a path. */
export type ModelFile = { name: string; bytes: Uint8Array }

/** Shape of a dataset's images and how many classes they have. */
export type ImageSpec = {
  imageShape: readonly [height: number, width: number, channels: number]
  classCount: number
}

/** The last part of a name: `model/weights.bin` and `./weights.bin` give `weights.bin`. */
export function baseName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
}
