import { Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { descriptors } from './pipes.ts'

/**
 * Ends this process as soon as its parent has ended: the parent never writes to the lifeline, and nothing but its end closes it.
 * To be called in a thread that a model does not keep busy.
 */
export function endWithParent(): void {
  new Socket({ fd: descriptors.lifeline }).on('close', () => process.kill(process.pid, 'SIGKILL')).resume()
}

/** Does the same in a thread of its own. Its program is a text: a module's loader would cost as much as the thread. */
export function startLifelineThread(): void {
  new Worker(
    `const { Socket } = require('node:net')
     new Socket({ fd: ${descriptors.lifeline} }).on('close', () => process.kill(process.pid, 'SIGKILL')).resume()`,
    // Small: what a second JavaScript heap would reserve counts against the model's memory.
    {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, codeRangeSizeMb: 4 },
    },
  )
}
