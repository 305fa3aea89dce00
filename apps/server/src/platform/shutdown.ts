import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'

export type ShutdownStep = { name: string; run(): Promise<unknown> }

/**
 * Stops this process in order on a signal, on an error that nobody caught, or when the process that started it dies (its IPC
 * channel closes). A step that fails does not keep the next from running; after `deadlineMs` the process ends as it is.
 * Exits with 0, or 1 where an error was the reason. Gives what stops the process in the same order from within.
 */
export function stopInOrder(logger: Logger, deadlineMs: number, steps: readonly ShutdownStep[]): () => void {
  const { close } = closeWithGrace({ delay: deadlineMs, logger }, async ({ err, signal }) => {
    if (err) logger.fatal({ err }, 'stopping after an error')
    else logger.info({ signal }, 'stopping')
    for (const { name, run } of steps) {
      try {
        await run()
      } catch (error) {
        logger.error({ err: error }, `could not stop: ${name}`)
      }
    }
    logger.info('stopped')
  })
  // false: the parent died while this process was still starting (undefined: it never had a channel).
  if (process.connected === false) close()
  else process.once('disconnect', close)
  return close
}
