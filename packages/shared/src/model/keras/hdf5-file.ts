import { Attribute, Dataset, File, Group, ready } from 'h5wasm'
import { TaikaiError } from '../../errors.ts'
import { modelLimits } from '../limits.ts'
import type { StoredWeight } from '../stored-weight.ts'
import { weightsMismatch } from '../weights-mismatch.ts'

const library = await ready
const path = '/model.h5'

// A link or an external storage that names one of these would read the process' standard input, or random numbers.
for (const device of library.FS.readdir('/dev').filter(
  (name: string) => !name.startsWith('.') && name !== 'shm',
))
  library.FS.unlink(`/dev/${device}`)
// Without it a failed read returns whatever lay in that memory.
library.activate_throwing_error_handler()

const damaged = (detail: string) => new TaikaiError('MODEL_FILE_DAMAGED', { format: 'HDF5', detail })

/** One HDF5 file in memory. Groups are named by paths without a slash in front; the root is ''. */
export interface Hdf5File {
  /** A text attribute; null when there is none. */
  text(group: string, name: string): string | null
  /** A list of texts, also one that Keras cut into `name0`, `name1`, … for its size; null when there is none. */
  texts(group: string, name: string): string[] | null
  hasGroup(group: string): boolean
  /** A numeric dataset: only its description is read. Throws MODEL_FILE_DAMAGED when there is none, or one that reads elsewhere. */
  weight(dataset: string): StoredWeight
  /** Paths of all datasets outside of the groups `except`, in order of their names. */
  datasets(except: readonly string[]): string[]
  close(): void
}

/**
 * Opens HDF5 bytes in the library's in-memory file system, in which there is no other file: no link and no storage can lead
 * out of the upload. What Keras never writes is refused: links, virtual datasets, chunks larger than their dataset.
 * Throws MODEL_FILE_DAMAGED (`format`, `detail`).
 */
export function openHdf5(bytes: Uint8Array): Hdf5File {
  library.FS.writeFile(path, bytes)
  try {
    return new OpenFile(
      attempt(() => new File(path, 'r')),
      bytes.length,
    )
  } finally {
    library.FS.unlink(path) // the open file lives on, but nothing in it can name it
  }
}

/** The library throws strings and bare numbers too. */
function attempt<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof TaikaiError) throw error
    if (error instanceof Error && error.name === 'RuntimeError') throw error // a trap: the caller's process is of no further use
    // Of the library's trace the last line says what it was: “Unable to open file”.
    const text = String(error).trim()
    throw damaged((/minor: *(.+)$/.exec(text)?.[1] ?? text).slice(0, 200))
  }
}

class OpenFile implements Hdf5File {
  readonly #file: File
  readonly #size: number
  /** Bytes of all weights asked for: a small file must not grow without end. */
  #asked = 0
  /** Weights asked for: one list of names may name the same ones again and again. */
  #described = 0
  /** Paths that were found to be reached by plain links only. */
  readonly #plain = new Set([''])
  readonly #keys = new Map<string, ReadonlySet<string>>()

  constructor(file: File, size: number) {
    this.#file = file
    this.#size = size
  }

  text(group: string, name: string): string | null {
    const value = this.#attribute(group, name)
    return typeof value === 'string' ? value : null
  }

  texts(group: string, name: string): string[] | null {
    const whole = this.#attribute(group, name)
    if (whole !== null) return toTexts(whole)
    const parts: string[] = []
    for (let index = 0; index < modelLimits.layers; index++) {
      const part = this.#attribute(group, `${name}${index}`)
      if (part === null) break
      parts.push(...toTexts(part))
    }
    return parts.length === 0 ? null : parts
  }

  hasGroup(group: string): boolean {
    return this.#find(group) instanceof Group
  }

  weight(dataset: string): StoredWeight {
    if (++this.#described > maxObjects) throw damaged('too many weights')
    const found = this.#find(dataset)
    if (!(found instanceof Dataset)) throw damaged(`${dataset.slice(0, 100)} is missing`)
    const { shape, chunks, size, type, virtual_sources } = attempt(() => found.metadata)
    const kinds = library.H5T_class_t
    const isInteger = type === kinds.H5T_INTEGER.value
    const isFloat = type === kinds.H5T_FLOAT.value && (size === 4 || size === 8)
    if (shape === null || (!isInteger && !isFloat) || size > 8)
      throw weightsMismatch('type', { weight: dataset })
    const bytes = shape.reduce((product, length) => product * length, size)
    const chunk = (chunks ?? []).reduce((product, length) => product * length, size)
    if ((virtual_sources ?? []).length > 0) throw damaged('a virtual dataset')
    if (chunks !== null && chunk > Math.max(bytes, 1_000_000))
      throw damaged('a chunk larger than its dataset')
    return {
      name: dataset,
      shape,
      isInteger,
      read: () => {
        this.#asked += bytes
        if (this.#asked > this.#size * modelLimits.zipRatio)
          throw damaged('more values than the file can hold')
        const values = attempt(() => found.value)
        if (!isNumeric(values)) throw damaged(`${dataset.slice(0, 100)} holds no numbers`)
        return typeof values === 'object'
          ? Float32Array.from(values, Number)
          : Float32Array.of(Number(values))
      },
    }
  }

  datasets(except: readonly string[]): string[] {
    const found: string[] = []
    let visited = 0
    const walk = (group: string, depth: number): void => {
      const at = this.#find(group)
      if (!(at instanceof Group) || depth > maxDepth) throw damaged('groups that are nested too deep')
      for (const key of [...this.#keysOf(group)].sort()) {
        if (++visited > maxObjects) throw damaged('too many groups')
        const child = join(group, key)
        if (except.includes(child)) continue
        const entity = this.#find(child)
        if (entity instanceof Dataset) found.push(child)
        else if (entity instanceof Group) walk(child, depth + 1)
      }
    }
    walk('', 0)
    return found
  }

  close(): void {
    attempt(() => this.#file.close())
  }

  #find(name: string): Group | Dataset | null {
    if (name === '') return this.#file
    let sofar = ''
    for (const part of name.split('/')) {
      const parent = sofar
      sofar = join(sofar, part)
      if (this.#plain.has(sofar)) continue
      if (!this.#keysOf(parent).has(part)) return null
      const outside: { filename?: string } = attempt(() => this.#file.get_external_link(sofar))
      if (outside.filename !== undefined || attempt(() => this.#file.get_link(sofar)) !== null)
        throw damaged('a link to another place')
      this.#plain.add(sofar)
    }
    const found = attempt(() => this.#file.get(name))
    return found instanceof Group || found instanceof Dataset ? found : null
  }

  /** Names within a group; none within what is no group. */
  #keysOf(group: string): ReadonlySet<string> {
    const known = this.#keys.get(group)
    if (known !== undefined) return known
    const at = group === '' ? this.#file : attempt(() => this.#file.get(group))
    const keys = new Set(at instanceof Group ? attempt(() => at.keys()) : [])
    this.#keys.set(group, keys)
    return keys
  }

  #attribute(group: string, name: string): unknown {
    const at = this.#find(group)
    if (!(at instanceof Group)) return null
    if (!attempt(() => library.get_attribute_names(at.file_id, at.path)).includes(name)) return null
    const attribute = attempt(() => new Attribute(at.file_id, at.path, name))
    const { size, total_size, vlen } = attribute.metadata
    if (total_size > maxObjects || (!vlen && size * total_size > modelLimits.jsonBytes))
      throw damaged('an attribute that is too large')
    return attempt(() => attribute.value)
  }
}

const maxDepth = 24
const maxObjects = 20_000

const join = (group: string, name: string) => (group === '' ? name : `${group}/${name}`)
const toTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

function isNumeric(value: unknown): value is number | bigint | Iterable<number | bigint> {
  return typeof value === 'number' || typeof value === 'bigint' || ArrayBuffer.isView(value)
}
