import { TaikaiError } from '../errors.ts'
import { modelLimits } from './limits.ts'

const [quote, backslash, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Parses UTF-8 JSON of a file that nobody trusts; undefined when it is not JSON. Size and nesting are looked at first: ten
 * megabytes of brackets would take the parser more than half a gigabyte of memory.
 * Throws MODEL_TOO_LARGE (`what`).
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > modelLimits.jsonBytes) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'json' })
  if (nesting(bytes) > modelLimits.jsonDepth) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'nesting' })
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** How deep lists and objects lie in each other; of text that is not JSON, some upper bound. */
function nesting(bytes: Uint8Array): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (inString) {
      if (byte === backslash) at++
      else if (byte === quote) inString = false
    } else if (byte === quote) inString = true
    else if (byte === openList || byte === openObject) deepest = Math.max(deepest, ++depth)
    else if (byte === closeList || byte === closeObject) depth--
  }
  return deepest
}
