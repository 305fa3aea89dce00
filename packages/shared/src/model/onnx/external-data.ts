import { TaikaiError } from '../../errors.ts'
import { baseName, type ModelFile } from '../model-file.ts'
import { weightsMismatch } from '../weights-mismatch.ts'
import { bytesField, type FieldBudget, type FieldReader, readMessage, textField } from './proto-reader.ts'

/** Where a tensor says that its values are (TensorProto.external_data); numbers as the texts that they are in the file. */
export type ExternalEntries = Map<string, string>

/** One entry of TensorProto.external_data: StringStringEntryProto. */
export const externalEntry = (budget: FieldBudget, entries: ExternalEntries): FieldReader =>
  bytesField((bytes) => {
    let key = ''
    let value = ''
    readMessage(bytes, budget, {
      1: textField((text) => {
        key = text
      }),
      2: textField((text) => {
        value = text
      }),
    })
    entries.set(key, value)
  })

/**
 * The files beside an ONNX file, in which PyTorch's exporter keeps weights (`model.onnx.data`). A location is looked up among
 * the files of the upload and never on a disk.
 */
export class CompanionFiles {
  readonly #model: ModelFile
  readonly #others: readonly ModelFile[]
  /** Bytes that tensors may still take from each file: all together no more than it has, as each is copied for the engine. */
  readonly #left = new Map<ModelFile, number>()

  constructor(model: ModelFile, files: readonly ModelFile[]) {
    this.#model = model
    this.#others = files.filter((file) => file !== model)
  }

  /** The files that no tensor had its values from. */
  get unused(): ModelFile[] {
    return this.#others.filter((file) => !this.#left.has(file))
  }

  /**
   * The `expected` bytes of one tensor. Throws ONNX_EXTERNAL_DATA (`file`) where the file was not sent or is named by a path,
   * WEIGHTS_TRUNCATED where it is too short, and WEIGHTS_MISMATCH for another length and for tensors that share bytes.
   */
  take(weight: string, entries: ExternalEntries, expected: number): Uint8Array {
    const location = entries.get('location') ?? ''
    const file = this.#find(location)
    if (file === undefined) throw new TaikaiError('ONNX_EXTERNAL_DATA', { file: location.slice(0, 100) })
    const offset = wholeNumber(entries.get('offset') ?? '0', weight)
    const length = wholeNumber(entries.get('length') ?? String(expected), weight)
    if (length !== expected) throw weightsMismatch('bytes-of-weight', { weight, expected, found: length })
    if (offset + length > file.bytes.length)
      throw new TaikaiError('WEIGHTS_TRUNCATED', { found: file.bytes.length, expected: offset + length })
    const left = (this.#left.get(file) ?? file.bytes.length) - length
    if (left < 0) throw weightsMismatch('repeated', { weight })
    this.#left.set(file, left)
    return file.bytes.subarray(offset, offset + length)
  }

  /** Beside the model first, else the only file of that name. Whatever is a path and no name finds nothing. */
  #find(location: string): ModelFile | undefined {
    if (location !== baseName(location)) return undefined
    const { name } = this.#model
    const folder = name.slice(0, name.length - baseName(name).length)
    const beside = this.#others.find((file) => file.name === folder + location)
    const [named, second] = this.#others.filter((file) => baseName(file.name) === location)
    return beside ?? (second === undefined ? named : undefined)
  }
}

function wholeNumber(text: string, weight: string): number {
  if (!/^\d{1,15}$/.test(text)) throw weightsMismatch('type', { weight })
  return Number(text)
}
