import type { PreflightRequest } from '@taikai/shared/preflight/preflight'
import { offeredPresets, type Preprocessing } from '@taikai/shared/preprocessing'
import type { Round } from '@taikai/shared/wire/round'
import { getBytes } from '../../../lib/api-client.ts'
import type { PreflightAnswer } from './preflight.worker.ts'

/** Images of the sample: enough to tell a wrong preprocessing, few enough for a phone. */
const sampleImages = 200

type Asked = {
  round: Pick<Round, 'slug' | 'dataset' | 'rules'>
  files: readonly File[]
  preprocessing: Preprocessing
}

/** Starts a preflight; `tell` hears of what it finds until it has ended or `signal` ends it. */
export async function runPreflight(
  asked: Asked,
  tell: (answer: PreflightAnswer) => void,
  signal: AbortSignal,
): Promise<void> {
  const request = await requestOf(asked, signal)
  signal.throwIfAborted()
  const worker = new Worker(new URL('./preflight.worker.ts', import.meta.url), { type: 'module' })
  signal.addEventListener('abort', () => worker.terminate())
  worker.addEventListener('message', ({ data }: MessageEvent<PreflightAnswer>) => {
    if (!signal.aborted) tell(data)
    if (data.kind !== 'inspected' && data.kind !== 'tried') worker.terminate()
  })
  worker.addEventListener('error', ({ message }) => {
    tell({ kind: 'failed', detail: message })
    worker.terminate()
  })
  worker.postMessage(request)
}

async function requestOf(
  { round, files, preprocessing }: Asked,
  signal: AbortSignal,
): Promise<PreflightRequest> {
  const { dataset, rules, slug } = round
  const hasSample = dataset.trainCount > 0
  const [contents, sampleNpz] = await Promise.all([
    Promise.all(
      files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    ),
    hasSample
      ? getBytes(`/api/rounds/${encodeURIComponent(slug)}/training-sample.npz?count=${sampleImages}`, signal)
      : null,
  ])
  const { channelOrder, flatOrder } = preprocessing
  const presets = offeredPresets(dataset.trainStatistics).flatMap((preset): Preprocessing[] => {
    if (preset !== 'custom') return [{ preset, channelOrder, flatOrder }]
    return preprocessing.preset === 'custom' ? [preprocessing] : []
  })
  return {
    files: contents,
    spec: { imageShape: dataset.imageShape, classCount: dataset.classNames.length },
    rules: {
      forbiddenLayers: rules.forbiddenLayers,
      requiredLayers: rules.requiredLayers,
      maxParameters: rules.maxParameters,
      maxMacs: rules.maxMacs,
    },
    preprocessings: presets,
    sampleNpz,
    statistics: dataset.trainStatistics,
  }
}
