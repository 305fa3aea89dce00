import { useQuery } from '@tanstack/react-query'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { ImportRoundForm } from '../../features/exports/components/import-round-form.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

/** Where a round of another server comes in. */
export function ImportRoundPage() {
  const { t } = useTexts()
  usePageTitle(t('exports.importTitle'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('exports.importTitle')}</h1>
      <InstructorOnly me={me}>{() => <ImportRoundForm />}</InstructorOnly>
    </>
  )
}
