import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { focusPage } from '../lib/focus-page.ts'

/**
 * After a change of page the focus would fall on the body, and screen readers would say nothing: it goes to the new page.
 * Where the page was opened it stays with the browser, and an address with a place in it leads there.
 */
export function useFocusOnArrival(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged && toLocation.hash === '') focusPage()
      }),
    [router],
  )
}
