import { useEffect, useState } from 'react'

const tickMs = 10_000

/** The present, renewed every ten seconds, by the server's clock: `serverTime` is what it said in its last answer. */
export function useServerNow(serverTime: string): Date {
  const [, tick] = useState(0)
  const [offsetMs, setOffset] = useState(() => new Date(serverTime).getTime() - Date.now())
  useEffect(() => setOffset(new Date(serverTime).getTime() - Date.now()), [serverTime])
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), tickMs)
    return () => clearInterval(timer)
  }, [])
  return new Date(Date.now() + offsetMs)
}
