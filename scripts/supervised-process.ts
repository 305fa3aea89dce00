import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const firstPauseMs = 500
const longestPauseMs = 30_000
/** A process that lived this long is in health: its next death starts with the shortest pause again. */
const healthyAfterMs = 60_000

export type SupervisedProcess = {
  /** Ends it with SIGTERM, after `deadlineMs` with SIGKILL, and starts it no more. */
  stop(deadlineMs: number): Promise<void>
}

/**
 * Keeps one program running: when it dies it is started again, after a pause that doubles up to 30 s. `onExit` is told of every
 * death and may forbid the next start by returning false. `refused`: it ended by itself before it ever had sent a message, so
 * that to start it again would only repeat what it said.
 */
export function superviseProcess(options: {
  program: string
  env: NodeJS.ProcessEnv
  onMessage(message: unknown): void
  onExit(exit: { code: number | null; refused: boolean; restartInMs: number }): boolean
}): SupervisedProcess {
  let stopped = false
  let everReported = false
  let pauseMs = firstPauseMs
  let timer: NodeJS.Timeout | undefined
  let child = start()

  function start(): ChildProcess {
    const startedAt = Date.now()
    const next = spawn(process.execPath, [options.program], {
      env: options.env,
      // The channel's end tells the program that its supervisor has died.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A process group of its own: Ctrl-C reaches the supervisor only, which stops the programs in order.
      detached: true,
    })
    next.on('message', (message) => {
      everReported = true
      options.onMessage(message)
    })
    next.once('exit', (code) => {
      if (stopped) return
      if (Date.now() - startedAt >= healthyAfterMs) pauseMs = firstPauseMs
      const restartInMs = pauseMs
      pauseMs = Math.min(2 * pauseMs, longestPauseMs)
      if (options.onExit({ code, refused: code !== null && !everReported, restartInMs })) {
        timer = setTimeout(() => {
          child = start()
        }, restartInMs)
      }
    })
    return next
  }

  return {
    async stop(deadlineMs) {
      stopped = true
      clearTimeout(timer)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const kill = setTimeout(() => child.kill('SIGKILL'), deadlineMs)
      await ended
      clearTimeout(kill)
    },
  }
}
