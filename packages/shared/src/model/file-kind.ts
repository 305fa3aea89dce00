/** What a file is by its content; names and MIME types are never asked. */
export type FileKind =
  | { kind: 'json' | 'zip' | 'hdf5' | 'onnx' | 'empty' | 'unknown' }
  | { kind: 'foreign'; format: string }
  | { kind: 'picture'; format: string }

const startsWith = (bytes: Uint8Array, prefix: readonly number[], at = 0) =>
  prefix.every((byte, index) => bytes[at + index] === byte)
const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0))

const pictures: [format: string, prefix: readonly number[], at: number][] = [
  ['JPEG', [0xff, 0xd8, 0xff], 0],
  ['PNG', [0x89, ...ascii('PNG')], 0],
  ['GIF', ascii('GIF8'), 0],
  ['WebP', ascii('WEBP'), 8],
  ['HEIC', ascii('ftyp'), 4],
]
const hdf5Signature = [0x89, ...ascii('HDF'), 0x0d, 0x0a, 0x1a, 0x0a]

function isHdf5(bytes: Uint8Array): boolean {
  // A user block of 512, 1024, … bytes may stand before the signature.
  if (startsWith(bytes, hdf5Signature)) return true
  for (let at = 512; at < Math.min(bytes.length, 65536); at *= 2)
    if (startsWith(bytes, hdf5Signature, at)) return true
  return false
}

/** A ModelProto of ONNX starts with field 1 (ir_version, varint) and goes on with one of fields 2 to 8. */
function isOnnx(bytes: Uint8Array): boolean {
  const version = bytes[1] ?? 0
  const next = bytes[2] ?? 0
  return (
    bytes[0] === 0x08 &&
    version >= 2 &&
    version <= 30 &&
    [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42].includes(next)
  )
}

/** Tells the kind of one file by its first bytes. Never throws. */
export function fileKind(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return { kind: 'empty' }
  for (const [format, prefix, at] of pictures)
    if (startsWith(bytes, prefix, at)) return { kind: 'picture', format }
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06]))
    return { kind: 'zip' }
  if (isHdf5(bytes)) return { kind: 'hdf5' }
  if (startsWith(bytes, ascii('TFL3'), 4)) return { kind: 'foreign', format: 'TensorFlow Lite (.tflite)' }
  if (startsWith(bytes, [0x08, 0x01, 0x12])) return { kind: 'foreign', format: 'TensorFlow SavedModel (.pb)' }
  if (isOnnx(bytes)) return { kind: 'onnx' }
  if (bytes[0] === 0x80 && (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 0) <= 5)
    return { kind: 'foreign', format: 'Python pickle (.pkl, .pt)' }
  if (startsWith(bytes, [0x1f, 0x8b])) return { kind: 'foreign', format: 'gzip (.gz, .tgz)' }
  if (startsWith(bytes, [0x93, ...ascii('NUMPY')])) return { kind: 'foreign', format: 'NumPy (.npy)' }
  let at = startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0
  while ([0x20, 0x09, 0x0a, 0x0d].includes(bytes[at] ?? 0)) at++
  // Text of a JSON within a JSON, as `json.dump(model.to_json(), file)` writes it.
  const isText = bytes[at] === 0x22 && bytes[at + 1] === 0x7b
  return { kind: bytes[at] === 0x7b || isText ? 'json' : 'unknown' }
}

/** Whether an upload may hold HDF5: what is in a zip is known only once it is unpacked. */
export const mayHoldHdf5 = (files: readonly { bytes: Uint8Array }[]) =>
  files.some(({ bytes }) => ['hdf5', 'zip'].includes(fileKind(bytes).kind))

/** Names the format of a zip that other tools write, by the entries that it holds; null when it is none of these. */
export function zipFormat(names: readonly string[]): string | null {
  const has = (test: (name: string) => boolean) => names.some(test)
  if (has((name) => name === 'data.pkl' || name.endsWith('/data.pkl'))) return 'PyTorch (.pt, .pth)'
  if (has((name) => name.endsWith('saved_model.pb'))) return 'TensorFlow SavedModel (.pb)'
  if (names.length > 0 && names.every((name) => name.endsWith('.npy'))) return 'NumPy (.npz)'
  return null
}
