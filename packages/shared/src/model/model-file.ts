/**
 * One file of an upload. `name` is what the sender called it (folders with `/`); it is never used as a path. `archive` names the
 * `.keras` file that it is a part of.
 */
export type ModelFile = { name: string; bytes: Uint8Array; archive?: string }

/** Shape of a dataset's images and how many classes they have. */
export type ImageSpec = {
  imageShape: readonly [height: number, width: number, channels: number]
  classCount: number
}

/** The names of files as messages and pages show them: at most `limit`, each no longer than a line. */
export const shownNames = (files: readonly { name: string }[], limit: number): string[] =>
  files.slice(0, limit).map(({ name }) => (name.length > 100 ? `${name.slice(0, 99)}…` : name))

/** Some names in one text, for a message. */
export const namesOf = (files: readonly { name: string }[]): string =>
  [...shownNames(files, 5), ...(files.length > 5 ? ['…'] : [])].join(', ')

/** The same, with a `.keras` for all its parts: its sender never saw those. What is within one only goes by its own name. */
export function chosenNamesOf(files: readonly ModelFile[]): string {
  const chosen = [...new Set(files.map(({ name, archive }) => archive ?? name))]
  return namesOf(chosen.length > 1 ? chosen.map((name) => ({ name })) : files)
}

/** The field of an inspection for the files of which a reader made no use. */
export const unusedFiles = (files: readonly { name: string }[]): { unusedFiles?: string[] } =>
  files.length === 0 ? {} : { unusedFiles: shownNames(files, 20) }

/** The last part of a name: `model/weights.bin` and `./weights.bin` give `weights.bin`. */
export function baseName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
}
