import { useEffect } from 'react'
import { useTexts } from '../i18n/i18n.ts'

/** Names the page in the browser's tab and for screen readers. */
export function usePageTitle(title: string): void {
  const { t } = useTexts()
  const name = t('app.name')
  // A page's effects run when it is drawn, or taken over, as a whole.
  useEffect(announceLive, [])
  useEffect(() => {
    document.title = `${title} · ${name}`
  }, [title, name])
}

/** Tells index.html, which keeps what is pressed before, that the page answers to it. */
export function announceLive(): void {
  window.dispatchEvent(new Event('taikai-live'))
}
