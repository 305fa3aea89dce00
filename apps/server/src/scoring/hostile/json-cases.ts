import type { ModelFile } from '@taikai/shared/model/model-file'
import type { Ending, HostileCase } from './hostile-case.ts'
import { ascii, hostile, join, noise, truncations } from './hostile-case.ts'
import { soundLayersModel } from './layers-fixtures.ts'

const text = () => new TextDecoder().decode(soundLayersModel()[0]?.bytes)
/** The sound model with another model.json. */
const json = (name: string, ending: Ending, bytes: () => Uint8Array): HostileCase =>
  hostile(name, ending, () => [{ name: 'model.json', bytes: bytes() }, ...soundLayersModel().slice(1)])
const extra = (key: string) => text().replace('{"format"', `{"x":${key},"format"`)
const alone = (name: string, ending: Ending, bytes: () => Uint8Array): HostileCase =>
  hostile(name, ending, (): ModelFile[] => [{ name: 'model.json', bytes: bytes() }])
const utf16 = (littleEndian: boolean) => {
  const bytes = Buffer.from(`\ufeff${text()}`, 'utf16le')
  return new Uint8Array(littleEndian ? bytes : bytes.swap16())
}

/** What a file is: not JSON, not quite JSON, JSON that wears its reader out, and files of no format at all. */
export const jsonCases: readonly HostileCase[] = [
  json('JSON with a byte order mark', 'SCORED', () => ascii(`\ufeff${text()}`)),
  json('UTF-16 JSON, little-endian', 'MODEL_FORMAT_UNKNOWN', () => utf16(true)),
  json('UTF-16 JSON, big-endian', 'MODEL_FORMAT_UNKNOWN', () => utf16(false)),
  json('JSON with bytes that are no UTF-8', 'MODEL_JSON_INVALID', () =>
    join(ascii(text().slice(0, -1)), Uint8Array.of(0xff, 0xfe), ascii('}')),
  ),
  json('JSON with a comma too many', 'MODEL_JSON_INVALID', () => ascii(text().replace(/\}$/, ',}'))),
  json('JSON with NaN in it', 'MODEL_JSON_INVALID', () => ascii(extra('NaN'))),
  json('two JSON texts in one file', 'MODEL_JSON_INVALID', () => ascii(text() + text())),
  json('lists 5,000,000 deep', 'MODEL_TOO_LARGE', () => ascii(extra('['.repeat(5e6) + ']'.repeat(5e6)))),
  json('objects 1,000,000 deep', 'MODEL_TOO_LARGE', () =>
    ascii(extra(`${'{"a":'.repeat(1e6)}1${'}'.repeat(1e6)}`)),
  ),
  json('lists that never close', 'MODEL_TOO_LARGE', () => ascii(`{"modelTopology":${'['.repeat(1e7)}`)),
  json('a string of 200 MB', 'MODEL_TOO_LARGE', () => ascii(extra(`"${'x'.repeat(2e8)}"`))),
  json('a string of 19 MB', 'SCORED', () => ascii(extra(`"${'x'.repeat(1.9e7)}"`))),
  json('5,000,000 small numbers', 'SCORED', () => ascii(extra(`[${'1,'.repeat(5e6)}1]`))),
  json('1,000,000 keys', 'SCORED', () =>
    ascii(extra(`{${Array.from({ length: 1e6 }, (_, at) => `"k${at}":1`).join(',')}}`)),
  ),
  json('a number of a million digits', 'SCORED', () => ascii(extra('9'.repeat(1e6)))),
  alone('JSON of another kind', 'MODEL_FORMAT_UNKNOWN', () => ascii('{"loss":[1,0.5]}')),
  alone('an empty object', 'MODEL_FORMAT_UNKNOWN', () => ascii('{}')),
  alone('an empty file', 'MODEL_FILE_EMPTY', () => new Uint8Array()),
  alone('one byte', 'MODEL_FORMAT_UNKNOWN', () => Uint8Array.of(0)),
  alone('a topology that is a list', 'MODEL_JSON_INVALID', () =>
    ascii('{"modelTopology":[],"weightsManifest":[]}'),
  ),
  hostile('two models at once', 'MODEL_FILES_UNUSED', () => {
    const [first, ...rest] = soundLayersModel()
    return first === undefined ? [] : [first, { ...first, name: 'second.json' }, ...rest]
  }),
  hostile('weights alone', 'MODEL_FORMAT_UNKNOWN', () => soundLayersModel().slice(1)),
  hostile('a model without its weights', 'MODEL_FILES_MISSING', () => soundLayersModel().slice(0, 1)),
  ...[1, 2, 3].map((seed) =>
    alone(`a megabyte of random bytes (${seed})`, 'MODEL_FORMAT_UNKNOWN', () => noise(1e6, seed)),
  ),
]

/** Sound files cut short or written over at every twentieth of their length. */
export const jsonCuts: readonly HostileCase[] = [
  ...truncations('model.json', soundLayersModel, 'model.json', ['MODEL_FILE_EMPTY', 'MODEL_JSON_INVALID']),
  ...truncations('weights.bin', soundLayersModel, 'weights.bin', ['MODEL_FILE_EMPTY', 'WEIGHTS_TRUNCATED']),
]
