import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Markdown } from '../../components/ui/markdown.tsx'
import { Panel } from '../../components/ui/panel.tsx'
import { Loading, QueryView } from '../../components/ui/query-view.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { announcementsQuery } from '../../features/announcements/api/announcements.ts'
import { AnnouncementsPanel } from '../../features/announcements/components/announcements-panel.tsx'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { JoinForm } from '../../features/rounds/components/join-form.tsx'
import { RoundFacts } from '../../features/rounds/components/round-facts.tsx'
import { RulesList } from '../../features/rounds/components/rules-list.tsx'
import { TeamPanel } from '../../features/rounds/components/team-panel.tsx'
import { useTexts } from '../../i18n/i18n.ts'

const route = getRouteApi('/rounds/$slug')

export function OverviewPage() {
  const { t } = useTexts()
  const { slug } = route.useParams()
  const query = useQuery(roundQuery(slug))
  const { data: me = null } = useQuery(meQuery)
  // They stand above the rest, which must not be pushed away by them when it is read already.
  const { isPending } = useQuery(announcementsQuery(slug))
  if (isPending) return <Loading />
  return (
    <QueryView query={query}>
      {(round) => (
        <>
          {me?.role === 'STUDENT' && round.entry === null && <JoinForm round={round} />}
          <AnnouncementsPanel slug={slug} timeZone={round.timeZone} />
          <Panel title={t('rounds.overview')}>
            {round.description === '' ? (
              <p>{t('rounds.noDescription')}</p>
            ) : (
              <Markdown text={round.description} />
            )}
          </Panel>
          <Panel title={t('rules.title')}>
            <RulesList round={round} hiddenCount={round.dataset.hiddenCount} />
          </Panel>
          <RoundFacts round={round} />
          {me !== null && round.entry !== null && <TeamPanel round={round} me={me} />}
        </>
      )}
    </QueryView>
  )
}
