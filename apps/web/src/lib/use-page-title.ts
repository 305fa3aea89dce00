import { useEffect } from 'react'
import { useTexts } from '../i18n/i18n.ts'

/** Names the page in the browser's tab and for screen readers. */
export function usePageTitle(title: string): void {
  const { t } = useTexts()
  const name = t('app.name')
  useEffect(() => {
    document.title = `${title} · ${name}`
  }, [title, name])
}
