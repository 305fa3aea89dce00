import { TaikaiError } from './errors.ts'
import type { Inspection } from './model/inspection.ts'
import type { Preprocessing } from './preprocessing.ts'

/** Throws INPUT_TYPE_MISMATCH when the model takes whole numbers and the declared preprocessing gives others. */
export function assertPreprocessingFits(
  { integerInput }: Pick<Inspection, 'integerInput'>,
  { preset }: Preprocessing,
): void {
  if (integerInput === true && preset !== 'raw') throw new TaikaiError('INPUT_TYPE_MISMATCH', { preset })
}
