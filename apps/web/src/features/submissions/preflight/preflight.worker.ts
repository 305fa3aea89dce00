/**
 * The preflight in a thread of its own, so that the page stays quick. Takes one PreflightRequest and answers with
 * PreflightAnswers; whoever started it ends it. Imports wait for the request: a message that comes while modules still wait for
 * their WebAssembly would be lost.
 */
import type { LoadModel, PreflightEvent, PreflightRequest } from '@taikai/shared/preflight/preflight'

/** `failed`: the browser could not do it; the server will find out all the same. */
export type PreflightAnswer = PreflightEvent | { kind: 'failed'; detail: string }

const tell = (answer: PreflightAnswer) => self.postMessage(answer)

self.addEventListener('message', ({ data }: MessageEvent<PreflightRequest>) => {
  run(data).catch((error: unknown) => {
    tell({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) })
  })
})

async function run(request: PreflightRequest): Promise<void> {
  const { preflight } = await import('@taikai/shared/preflight/preflight')
  await preflight(request, loadModel, tell)
}

const loadModel: LoadModel = async (model) => {
  const { createBrowserEngine } = await import('./browser-engine.ts')
  const engine = await createBrowserEngine()
  await engine.load(model)
  return (input, count) => engine.predict(input, count)
}
