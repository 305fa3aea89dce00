import { TaikaiError } from '../../errors.ts'

/** The layers of a model do not make one that can run; `reason` says why, in English, for the log and the command line. */
export const brokenTopology = (reason: string) =>
  new TaikaiError('MODEL_TOPOLOGY_INVALID', { reason: reason.slice(0, 200) })
