import type { Logger } from 'pino'

/** Says once, not with every sweep, that runs wait for engines which this worker cannot run, and once that none do any more. */
export function createWaitReporter(
  logger: Pick<Logger, 'warn' | 'info'>,
): (engines: readonly string[]) => void {
  let told = ''
  return (engines) => {
    const now = engines.join(', ')
    if (now === told) return
    told = now
    if (now === '') logger.info('no run waits for another engine any more')
    else logger.warn({ engines }, `runs wait for a worker with engine ${now}: their rounds are pinned to it`)
  }
}
