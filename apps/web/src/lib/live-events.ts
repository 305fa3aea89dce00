import type { LiveEvent } from '@taikai/shared/wire/event'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

/** `connecting`: since the page was opened. */
export type LiveState = 'connecting' | 'live' | 'reconnecting'

const retryMs = 3_000
let state: LiveState = 'connecting'
const listeners = new Set<() => void>()

function setState(next: LiveState): void {
  state = next
  for (const listener of listeners) listener()
}

/** The beginnings of the keys of the answers that an event makes stale. */
function staleKeys(topic: string): QueryKey[] {
  const [kind, name = ''] = topic.split('/')
  switch (kind) {
    case 'rounds':
      return [['rounds']]
    case 'round':
      // A rule or a date of the round may change its ranking, of which those for whom it is frozen are not told.
      return [
        ['rounds'],
        ...['round', 'leaderboard', 'history', 'entry', 'announcements'].map((key) => [key, name]),
      ]
    case 'leaderboard':
      return [
        ['leaderboard', name],
        ['history', name],
      ]
    case 'submission':
      // A submission takes quota, and may give it back.
      return [
        ['submission', name],
        ['submissions'],
        ['waiting'],
        ['all-submissions'],
        ['runs', name],
        ['history'],
        ['entry'],
      ]
    case 'rescore':
      return [['rescores'], ['rescore', name], ['runs']]
    case 'datasets':
      return [['datasets']]
    case 'people':
      return [['people']]
    default:
      return [[]] // all
  }
}

/** Refetches what is shown. A first answer that is on its way may be from before the event, and is not asked for anew by itself. */
function makeStale(queryClient: QueryClient, queryKey: QueryKey): void {
  const first = queryClient
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: 'fetching' })
    .filter(({ state: { data } }) => data === undefined)
  void queryClient.invalidateQueries({ queryKey })
  const again = (key: QueryKey) => void queryClient.invalidateQueries({ queryKey: key, exact: true })
  // One that fails says so on the page, and holds nothing that could be stale.
  for (const query of first)
    query.promise?.then(
      () => again(query.queryKey),
      () => undefined,
    )
}

/**
 * Follows GET /api/events while the page is seen: one stream per page, because a browser allows six connections per host.
 * Every (re)connection begins with `hello`, which refetches what is shown, so that nothing is missed. Gives the function that ends it.
 */
export function followLiveEvents(queryClient: QueryClient): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined

  function receive(message: MessageEvent<string>): void {
    setState('live')
    const event: LiveEvent = JSON.parse(message.data)
    for (const queryKey of staleKeys(event.topic)) makeStale(queryClient, queryKey)
  }
  function connect(): void {
    disconnect()
    source = new EventSource('/api/events')
    source.addEventListener('message', receive)
    source.addEventListener('error', () => {
      setState('reconnecting')
      // After an answer that is no stream (a proxy's error page) the browser does not try again by itself.
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(connect, retryMs)
    })
  }
  function disconnect(): void {
    clearTimeout(retry)
    source?.close()
    source = null
  }
  function followVisibility(): void {
    if (document.visibilityState === 'visible') connect()
    else disconnect()
  }

  document.addEventListener('visibilitychange', followVisibility)
  followVisibility()
  return () => {
    document.removeEventListener('visibilitychange', followVisibility)
    disconnect()
    setState('reconnecting')
  }
}

/** Whether the page hears of changes at once. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
    // Of the page as the server writes it.
    () => 'connecting',
  )
}
