import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ButtonLink } from '../../components/ui/button-link.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { datasetsQuery } from '../../features/datasets/api/datasets.ts'
import { createRound } from '../../features/rounds/api/change-round.ts'
import { RoundForm } from '../../features/rounds/components/round-form/round-form.tsx'
import { emptyRound, toRequest } from '../../features/rounds/components/round-form-values.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

export function NewRoundPage() {
  const { t } = useTexts()
  usePageTitle(t('admin.createTitle'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('admin.createTitle')}</h1>
      <InstructorOnly me={me}>
        {() => (
          <>
            <p>
              <Link to="/admin/import">{t('exports.importLink')}</Link>
            </p>
            <Create />
          </>
        )}
      </InstructorOnly>
    </>
  )
}

function Create() {
  const { t } = useTexts()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const datasets = useQuery(datasetsQuery)
  return (
    <QueryView query={datasets}>
      {(list) => {
        const [newest] = list
        if (newest === undefined) {
          return (
            <>
              <p>{t('admin.needsDataset')}</p>
              <ButtonLink to="/admin/datasets">{t('admin.toDatasets')}</ButtonLink>
            </>
          )
        }
        return (
          <RoundForm
            initialValues={emptyRound(newest.id)}
            datasets={list}
            mode="create"
            action={t('admin.create')}
            onSubmit={async (values) => {
              const { slug } = await createRound(toRequest(values))
              notifications.show({ message: t('admin.created') })
              await queryClient.invalidateQueries()
              await navigate({ to: '/admin/rounds/$slug', params: { slug } })
            }}
          />
        )
      }}
    </QueryView>
  )
}
