import { type ErrorParams, TaikaiError } from '../errors.ts'

/** In which way weights and layers differ; each has its words in `messages/weights-mismatch.ts`. */
export type WeightsMismatch =
  | 'shape'
  | 'missing'
  | 'count'
  | 'count-of-layer'
  | 'layers'
  | 'type'
  | 'bytes'
  | 'bytes-of-weight'
  | 'repeated'

/**
 * WEIGHTS_MISMATCH with what its words need: `weight` (layer and role, e.g. `conv1/kernel`), `layer`, and `expected` and `found`,
 * which are shapes (`[3, 3, 16]`) or numbers.
 */
export function weightsMismatch(
  kind: WeightsMismatch,
  params: { weight?: string; layer?: string; expected?: string | number; found?: string | number },
): TaikaiError {
  const shown: ErrorParams = { mismatch: kind }
  for (const [name, value] of Object.entries(params))
    shown[name] = typeof value === 'string' ? value.slice(0, 200) : value
  return new TaikaiError('WEIGHTS_MISMATCH', shown)
}
