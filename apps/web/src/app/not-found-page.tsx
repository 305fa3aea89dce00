import { ButtonLink } from '../components/ui/button-link.tsx'
import { useTexts } from '../i18n/i18n.ts'
import { usePageTitle } from '../lib/use-page-title.ts'

export function NotFoundPage() {
  const { t } = useTexts()
  usePageTitle(t('app.notFoundTitle'))
  return (
    <>
      <h1>{t('app.notFoundTitle')}</h1>
      <p>{t('app.notFoundAction')}</p>
      <ButtonLink to="/">{t('app.rounds')}</ButtonLink>
    </>
  )
}

/** Where a page threw while it was drawn. */
export function CrashPage() {
  const { t } = useTexts()
  usePageTitle(t('app.crashTitle'))
  return (
    <>
      <h1>{t('app.crashTitle')}</h1>
      <p role="alert">{t('app.crashAction')}</p>
    </>
  )
}
