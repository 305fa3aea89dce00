import type { ErrorCode } from '@taikai/shared/errors'
import type { ImageSpec, ModelFile } from '@taikai/shared/model/model-file'

/** How a case may end: refused with a code, or scored, as some are only odd and do no harm. */
export type Ending = ErrorCode | 'SCORED'

/** One upload that is made to do harm, or that harm has come to. */
export type HostileCase = {
  /** What is wrong with it, unique in the corpus. */
  name: string
  /** Made only when the case runs: some are large. */
  files(): ModelFile[]
  /** How it must end; several where the place of a cut decides. */
  endings: readonly Ending[]
}

/** The images for which all models of the corpus are made: 8×8 RGB, ten classes. */
export const hostileSpec = { imageShape: [8, 8, 3], classCount: 10 } as const satisfies ImageSpec

/** A table row of a corpus: what is wrong, how it ends, and what makes the files. */
export const hostile = (name: string, ending: Ending, files: () => ModelFile[]): HostileCase => ({
  name,
  files,
  endings: [ending],
})

/** Cuts a file of a sound model at every twentieth of its length, from nothing to nearly all. */
export function truncations(
  what: string,
  sound: () => ModelFile[],
  cutName: string,
  endings: readonly Ending[],
): HostileCase[] {
  return Array.from({ length: 20 }, (_, twentieth) => ({
    name: `${what}, cut at ${twentieth}/20`,
    endings,
    files: () =>
      sound().map(({ name, bytes }) => ({
        name,
        bytes: name === cutName ? bytes.slice(0, Math.floor((bytes.length * twentieth) / 20)) : bytes,
      })),
  }))
}

/** A row of bytes that looks random and is the same each time (xorshift32). */
export function noise(length: number, seed: number): Uint8Array {
  let state = seed
  return Uint8Array.from({ length }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state & 0xff
  })
}

export const ascii = (text: string) => new TextEncoder().encode(text)
export const join = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
