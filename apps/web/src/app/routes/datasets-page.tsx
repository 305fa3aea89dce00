import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { datasetsQuery } from '../../features/datasets/api/datasets.ts'
import { DatasetList } from '../../features/datasets/components/dataset-list.tsx'
import { DownloadPanel } from '../../features/datasets/components/download-panel.tsx'
import { ImportForm } from '../../features/datasets/components/import-form.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

export function DatasetsPage() {
  const { t } = useTexts()
  usePageTitle(t('datasets.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('datasets.title')}</h1>
      <p className="muted">{t('datasets.lead')}</p>
      <InstructorOnly me={me}>{() => <Datasets />}</InstructorOnly>
    </>
  )
}

function Datasets() {
  const datasets = useQuery(datasetsQuery)
  return (
    <>
      {/* Above the list, which comes and grows by itself and must not push them away under the hand. */}
      <ImportForm />
      <DownloadPanel />
      <QueryView query={datasets}>{(list) => <DatasetList datasets={list} />}</QueryView>
    </>
  )
}
