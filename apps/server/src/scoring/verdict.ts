import { TaikaiError } from '@taikai/shared/errors'
import { Hdf5Unavailable } from '@taikai/shared/model/keras/read-keras'
import { ImagesUnreadable } from './input-reader.ts'
import type { ChildMessage } from './protocol.ts'

// A wasm heap that cannot grow gives kernels the address 0, and a large tensor there ends past the heap. ONNX Runtime names the
// place where it could not allocate, or where a size overflowed.
const outOfMemory =
  /out of memory|allocation failed|bad_alloc|enlarge memory|memory access out of bounds|bfc_arena|failed to allocate|SafeInt/i

/** What engines say of an operation that they do not know. */
const unknownOperations = [
  /Kernel '(\w+)' not registered/,
  /Unknown op '(\w+)'/,
  /No Op registered for (\w+)/,
  /Could not find an implementation for (\w+)/,
]

/**
 * Whose fault an error within the child is. What the engine says of a model that it cannot build or run is about the model; once
 * images were read it may be about them (an index out of range is a pixel), and so is not passed on.
 */
export function verdictOn(error: unknown, imagesRead: boolean): ChildMessage {
  if (error instanceof ImagesUnreadable || error instanceof Hdf5Unavailable)
    return { kind: 'failed', code: 'SCORING_INTERRUPTED', params: { detail: error.message.slice(0, 500) } }
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof RangeError || outOfMemory.test(message))
    return { kind: 'rejected', code: 'OUT_OF_MEMORY', params: {} }
  // WebAssembly.RuntimeError, told by name: Node's types do not know it.
  if (error instanceof Error && error.name === 'RuntimeError')
    return { kind: 'trapped', detail: message.slice(0, 200) }
  if (imagesRead) return { kind: 'rejected', code: 'MODEL_TOPOLOGY_INVALID', params: {} }
  if (error instanceof TaikaiError) return { kind: 'rejected', code: error.code, params: error.params }
  for (const pattern of unknownOperations) {
    const layer = pattern.exec(message)?.[1]
    if (layer !== undefined) return { kind: 'rejected', code: 'LAYER_UNSUPPORTED', params: { layer } }
  }
  return { kind: 'rejected', code: 'MODEL_TOPOLOGY_INVALID', params: { reason: message.slice(0, 300) } }
}
