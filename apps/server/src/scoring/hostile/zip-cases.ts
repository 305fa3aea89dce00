import type { ModelFile } from '@taikai/shared/model/model-file'
import { zipSync } from 'fflate'
import type { Ending, HostileCase } from './hostile-case.ts'
import { ascii, hostile, join, noise, truncations } from './hostile-case.ts'
import { soundLayersModel } from './layers-fixtures.ts'
import { zipBomb } from './zip-bomb.ts'

type Entries = Record<string, Uint8Array>
const model = (): Entries => Object.fromEntries(soundLayersModel().map(({ name, bytes }) => [name, bytes]))
const soundZip = (): ModelFile[] => [{ name: 'model.zip', bytes: zipSync(model()) }]
const zipped = (name: string, ending: Ending, entries: () => Entries): HostileCase =>
  hostile(name, ending, () => [{ name: 'model.zip', bytes: zipSync(entries()) }])

/** The sound zip with fields of its directory changed; offsets as in section 4.3 of the ZIP specification (APPNOTE). */
const patched = (
  name: string,
  ending: Ending,
  patch: (view: DataView, places: { end: number; directory: number; second: number }) => void,
): HostileCase =>
  hostile(name, ending, () =>
    soundZip().map((file) => {
      const view = new DataView(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length)
      const end = file.bytes.length - 22
      const directory = view.getUint32(end + 16, true)
      patch(view, { end, directory, second: directory + 46 + view.getUint16(directory + 28, true) })
      return file
    }),
  )
const invalid = 'MODEL_ARCHIVE_INVALID'
const damaged = 'MODEL_ARCHIVE_DAMAGED'

/** Zips that lie, that grow without end, and whose entries are named after other places. */
export const zipCases: readonly HostileCase[] = [
  zipped('a zip with entries two folders up', 'SCORED', () => ({
    ...model(),
    '../../etc/passwd': ascii('root'),
  })),
  zipped('a zip with absolute paths', 'SCORED', () => ({ ...model(), '/etc/passwd': ascii('root') })),
  zipped('a zip with Windows paths', 'SCORED', () => ({ ...model(), 'C:\\autoexec.bat': ascii('dir') })),
  zipped('a zip with an entry named __proto__', 'SCORED', () => ({ ...model(), 'x/__proto__': ascii('x') })),
  hostile('a zip with a symbolic link for its weights', 'WEIGHTS_TRUNCATED', () => {
    const link = Object.assign(
      zipSync({
        'model.json': soundLayersModel()[0]?.bytes ?? new Uint8Array(),
        'weights.bin': [ascii('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }],
      }),
    )
    return [{ name: 'model.zip', bytes: link }]
  }),
  hostile('a zip bomb: 200 MB of zeros', invalid, () => [
    { name: 'model.zip', bytes: zipBomb({ ...model(), 'weights2.bin': new Uint8Array(2e8) }) },
  ]),
  hostile('a zip bomb by many entries', invalid, () => {
    const zeros = new Uint8Array(1e6)
    const entries = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`z${at}`, zeros]))
    return [{ name: 'model.zip', bytes: zipBomb(entries) }]
  }),
  zipped('a zip within a zip within a zip', 'MODEL_FORMAT_UNKNOWN', () => {
    let inner = zipSync(model())
    for (let depth = 0; depth < 50; depth++) inner = zipSync({ 'model.zip': inner })
    return { 'model.zip': inner }
  }),
  hostile('a zip whose entries all are the same bytes', invalid, () => {
    // One entry of 5 MB (a thousandth of it packed), listed 300 times: "overlapping files", as in Fifield's zip bomb.
    const one = zipSync({ bomb: new Uint8Array(4e5) })
    const view = new DataView(one.buffer, one.byteOffset)
    const end = one.length - 22
    const at = view.getUint32(end + 16, true)
    const listing = one.slice(at, end)
    const tail = one.slice(end)
    const tailView = new DataView(tail.buffer)
    tailView.setUint16(8, 300, true)
    tailView.setUint16(10, 300, true)
    tailView.setUint32(12, listing.length * 300, true)
    return [
      {
        name: 'model.zip',
        bytes: join(one.slice(0, at), ...Array.from({ length: 300 }, () => listing), tail),
      },
    ]
  }),
  zipped('a zip of 600 entries', invalid, () =>
    Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`f${at}`, Uint8Array.of(at)])),
  ),
  hostile('a zip with nothing in it', 'MODEL_FORMAT_UNKNOWN', () => [
    { name: 'model.zip', bytes: zipSync({}) },
  ]),
  zipped('a zip of folders only', 'MODEL_FORMAT_UNKNOWN', () => ({
    'a/': new Uint8Array(),
    'a/b/': new Uint8Array(),
  })),
  zipped('a zip of random bytes', 'MODEL_FORMAT_UNKNOWN', () => ({ 'model.json': noise(1e5, 9) })),
  hostile('a zip in name only', damaged, () => [
    { name: 'model.zip', bytes: join(ascii('PK\u0003\u0004'), noise(1e5, 4)) },
  ]),
  hostile('a zip whose comment holds a second end', 'SCORED', () => {
    const [zip] = soundZip()
    const bytes = zip?.bytes ?? new Uint8Array()
    const end = bytes.slice(-22)
    new DataView(end.buffer).setUint16(20, 22, true)
    // Read from the back, the false end is found first: it lists nothing, and so nothing may be read past it.
    return [{ name: 'model.zip', bytes: join(bytes.slice(0, -22), end, bytes.slice(-22)) }]
  }),
  patched('a zip entry that unpacks to more than it says', invalid, (view, { directory }) =>
    view.setUint32(directory + 24, view.getUint32(directory + 24, true) - 1, true),
  ),
  patched('a zip entry that unpacks to less than it says', invalid, (view, { directory }) =>
    view.setUint32(directory + 24, view.getUint32(directory + 24, true) + 1, true),
  ),
  patched('a zip entry that says it holds 4 GB', invalid, (view, { directory }) =>
    view.setUint32(directory + 24, 0xfffffffe, true),
  ),
  patched('a zip entry longer than the zip', damaged, (view, { directory }) =>
    view.setUint32(directory + 20, 0x7fffffff, true),
  ),
  patched('a zip entry that lies past the end', damaged, (view, { directory }) =>
    view.setUint32(directory + 42, 0x7fffffff, true),
  ),
  patched('a zip entry that starts within another', damaged, (view, { second }) =>
    view.setUint32(second + 42, 20, true),
  ),
  patched('a zip entry with a password', invalid, (view, { directory }) =>
    view.setUint16(directory + 8, 1, true),
  ),
  patched('a zip entry packed in an unknown way', invalid, (view, { directory }) =>
    view.setUint16(directory + 10, 99, true),
  ),
  patched('a zip whose names run past its directory', damaged, (view, { directory }) =>
    view.setUint16(directory + 28, 0xffff, true),
  ),
  patched('a zip whose directory lies past its end', damaged, (view, { end }) =>
    view.setUint32(end + 16, 0x7fffffff, true),
  ),
  patched('a zip whose directory is the zip itself', damaged, (view, { end }) =>
    view.setUint32(end + 16, 0, true),
  ),
  patched('a zip that lists more than it holds', damaged, (view, { end }) =>
    view.setUint16(end + 10, 400, true),
  ),
  patched('a zip of the 64-bit kind', invalid, (view, { end }) => view.setUint32(end + 16, 0xffffffff, true)),
]

/** Sound files cut short or written over at every twentieth of their length. */
export const zipCuts: readonly HostileCase[] = [
  ...truncations('model.zip', soundZip, 'model.zip', ['MODEL_FILE_EMPTY', 'MODEL_FORMAT_UNKNOWN', damaged]),
]
