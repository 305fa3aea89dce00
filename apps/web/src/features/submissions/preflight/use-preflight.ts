import { useDebouncedValue } from '@mantine/hooks'
import type { PreflightEvent } from '@taikai/shared/preflight/preflight'
import type { Preprocessing } from '@taikai/shared/preprocessing'
import type { Round } from '@taikai/shared/wire/round'
import { useEffect, useState } from 'react'
import type { PreflightAnswer } from './preflight.worker.ts'
import { runPreflight } from './run-preflight.ts'

const typingMs = 500

type Of<Kind extends PreflightAnswer['kind']> = Extract<PreflightAnswer, { kind: Kind }>

/** What a preflight has found so far; `ended` is null while it goes on. */
export type Preflight = {
  refused: Of<'refused'> | null
  inspected: Of<'inspected'> | null
  tried: Of<'tried'>[]
  ended: Extract<PreflightEvent, { kind: 'ended' }>['why'] | 'failed' | null
  /** What the browser said when it failed. */
  detail: string
}

const nothing: Preflight = { refused: null, inspected: null, tried: [], ended: null, detail: '' }

function withAnswer(known: Preflight, answer: PreflightAnswer): Preflight {
  switch (answer.kind) {
    case 'refused':
      return { ...known, refused: answer, ended: 'done' }
    case 'inspected':
      return { ...known, inspected: answer }
    case 'tried':
      return { ...known, tried: [...known.tried, answer] }
    case 'ended':
      return { ...known, ended: answer.why }
    case 'failed':
      return { ...known, ended: 'failed', detail: answer.detail }
  }
}

/**
 * Looks at the chosen files as soon as there are some, and again when they or the order of channels change; which preset is chosen
 * makes no difference, as all are tried.
 */
export function usePreflight(
  round: Round,
  files: readonly File[],
  preprocessing: Preprocessing | null,
): Preflight {
  const [found, setFound] = useState(nothing)
  // Numbers of one's own are typed one after the other.
  const [tried] = useDebouncedValue(preprocessing === null ? null : triedAs(preprocessing), typingMs)
  const { slug } = round
  // biome-ignore lint/correctness/useExhaustiveDependencies: a round that is fetched again is the same round, and `tried` tells what of the preprocessing matters.
  useEffect(() => {
    setFound(nothing)
    if (files.length === 0 || preprocessing === null) return
    const controller = new AbortController()
    const tell = (answer: PreflightAnswer) => setFound((known) => withAnswer(known, answer))
    runPreflight({ round, files, preprocessing }, tell, controller.signal).catch((error: unknown) => {
      if (!controller.signal.aborted) tell({ kind: 'failed', detail: String(error) })
    })
    return () => controller.abort()
  }, [slug, files, tried])
  return found
}

function triedAs(preprocessing: Preprocessing): string {
  const { preset, ...rest } = preprocessing
  return JSON.stringify(preset === 'custom' ? preprocessing : { ...rest })
}
