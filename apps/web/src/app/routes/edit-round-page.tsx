import { Group } from '@mantine/core'
import type { Dataset } from '@taikai/shared/wire/dataset'
import type { Round } from '@taikai/shared/wire/round'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ButtonLink } from '../../components/ui/button-link.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { AnnouncementsEditor } from '../../features/announcements/components/announcements-editor.tsx'
import { datasetsQuery } from '../../features/datasets/api/datasets.ts'
import { PublishButton } from '../../features/ranking/components/publish-button.tsx'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { ClonePanel } from '../../features/rounds/components/clone-panel.tsx'
import { EditRoundForm } from '../../features/rounds/components/edit-round-form.tsx'
import { InvitePanel } from '../../features/rounds/components/invite-panel.tsx'
import { ReopenPanel } from '../../features/rounds/components/reopen-panel.tsx'
import { RoundActions } from '../../features/rounds/components/round-actions.tsx'
import { StateBadge } from '../../features/rounds/components/state-badge.tsx'
import { UndoButton } from '../../features/rounds/components/undo-button.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/admin/rounds/$slug')

export function EditRoundPage() {
  const { t } = useTexts()
  usePageTitle(t('admin.editTitle'))
  const { slug } = route.useParams()
  const me = useQuery(meQuery)
  return <InstructorOnly me={me}>{() => <Loaded slug={slug} />}</InstructorOnly>
}

function Loaded({ slug }: { slug: string }) {
  const round = useQuery(roundQuery(slug))
  const datasets = useQuery(datasetsQuery)
  return (
    <QueryView query={round}>
      {(data) => (
        <QueryView query={datasets}>{(list) => <EditRound round={data} datasets={list} />}</QueryView>
      )}
    </QueryView>
  )
}

function EditRound({ round, datasets }: { round: Round; datasets: Dataset[] }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { slug, admin } = round
  return (
    <>
      <h1>{round.title}</h1>
      <StateBadge state={round.state} />
      <Group my="md">
        <RoundActions round={round} />
        <UndoButton slug={slug} />
        {round.state === 'closed' && (
          <>
            <PublishButton round={round} />
            <ButtonLink to="/rounds/$slug" params={{ slug }} search={{ view: 'final' }} variant="default">
              {t('publish.preview')}
            </ButtonLink>
          </>
        )}
        <ButtonLink to="/rounds/$slug" params={{ slug }} variant="default">
          {t('admin.show')}
        </ButtonLink>
        <ButtonLink to="/admin/rounds/$slug/rescores" params={{ slug }} variant="default">
          {t('rescore.title')}
        </ButtonLink>
        <ButtonLink to="/admin/rounds/$slug/entries" params={{ slug }} variant="default">
          {t('team.adminTitle')}
        </ButtonLink>
        <ButtonLink to="/admin/rounds/$slug/baseline" params={{ slug }} variant="default">
          {t('desk.baselineTitle')}
        </ButtonLink>
        <ButtonLink to="/admin/rounds/$slug/exports" params={{ slug }} variant="default">
          {t('exports.title')}
        </ButtonLink>
      </Group>
      {round.state === 'closed' && <ReopenPanel round={round} />}
      {admin !== null && round.rules.joinPolicy !== 'ROSTER' && round.state !== 'published' && (
        <InvitePanel joinCode={admin.joinCode} />
      )}
      <AnnouncementsEditor slug={slug} timeZone={round.timeZone} />
      <EditRoundForm key={`edit ${slug}`} round={round} datasets={datasets} />
      <ClonePanel
        key={`clone ${slug}`}
        round={round}
        onDone={(clone) => void navigate({ to: '/admin/rounds/$slug', params: { slug: clone.slug } })}
      />
    </>
  )
}
