import { type RefObject, useEffect, useRef } from 'react'

const stepMs = 4_000

/**
 * Moves a list that does not fit by most of its height every few seconds, and back to its begin after the end; not while somebody
 * points at it or has the focus in it.
 */
export function useAutoScroll<T extends HTMLElement>(): RefObject<T | null> {
  const list = useRef<T>(null)
  useEffect(() => {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const timer = setInterval(() => {
      const { current } = list
      if (current === null || current.matches(':hover, :focus-within')) return
      const atEnd = current.scrollTop + current.clientHeight >= current.scrollHeight - 1
      const top = atEnd ? 0 : current.scrollTop + 0.8 * current.clientHeight
      current.scrollTo({ top, behavior: still ? 'instant' : 'smooth' })
    }, stepMs)
    return () => clearInterval(timer)
  }, [])
  return list
}
