import type { Round } from '@taikai/shared/wire/round'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { SubmitForm } from '../../features/submissions/components/submit-form.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/admin/rounds/$slug/baseline')

export function NewBaselinePage() {
  const { t } = useTexts()
  usePageTitle(t('desk.baselineTitle'))
  const { slug } = route.useParams()
  const me = useQuery(meQuery)
  const round = useQuery(roundQuery(slug))
  return (
    <>
      <h1>{t('desk.baselineTitle')}</h1>
      <InstructorOnly me={me}>
        {() => <QueryView query={round}>{(data) => <Submit round={data} />}</QueryView>}
      </InstructorOnly>
    </>
  )
}

function Submit({ round }: { round: Round }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return (
    <>
      <p>
        <Link to="/admin/rounds/$slug" params={{ slug: round.slug }}>
          {round.title}
        </Link>
      </p>
      <p className="muted">{t('desk.baselineUpload')}</p>
      <SubmitForm
        round={round}
        quotaUsed={false}
        asBaseline
        onDone={(submission) => {
          queryClient.setQueryData(['submission', submission.id], submission)
          void navigate({ to: '/submissions/$id', params: { id: submission.id } })
        }}
      />
    </>
  )
}
