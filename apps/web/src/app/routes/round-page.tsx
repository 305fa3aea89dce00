import { acceptsSubmissions } from '@taikai/shared/round-state'
import type { Me } from '@taikai/shared/wire/account'
import type { Round } from '@taikai/shared/wire/round'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, Outlet } from '@tanstack/react-router'
import { ButtonLink } from '../../components/ui/button-link.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { UnreadBadge } from '../../features/announcements/components/unread-badge.tsx'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { NextStep } from '../../features/rounds/components/next-step.tsx'
import { QuotaNote } from '../../features/rounds/components/quota-note.tsx'
import { RoundClock } from '../../features/rounds/components/round-clock.tsx'
import { StateBadge } from '../../features/rounds/components/state-badge.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import classes from './round-page.module.css'

const route = getRouteApi('/rounds/$slug')

/** Head and tabs of a round; the tab's content follows. */
export function RoundPage() {
  const { slug } = route.useParams()
  const round = useQuery(roundQuery(slug))
  const { data: me = null } = useQuery(meQuery)
  return (
    <QueryView query={round}>
      {(data) => (
        <>
          <RoundHead round={data} me={me} />
          <Outlet />
        </>
      )}
    </QueryView>
  )
}

function RoundHead({ round, me }: { round: Round; me: Me | null }) {
  const { t } = useTexts()
  usePageTitle(round.title)
  const params = { slug: round.slug }
  return (
    <>
      <div className={classes.hero}>
        <StateBadge state={round.state} />
        <h1>{round.title}</h1>
        <div className={classes.meta}>
          <RoundClock round={round} />
          {round.entry !== null && (
            <span>
              {t('rounds.team')} <strong>{round.entry.name}</strong>
            </span>
          )}
          {round.entry !== null && acceptsSubmissions(round.state) && <QuotaNote round={round} />}
        </div>
        <div className={classes.actions}>
          <NextStep round={round} me={me} />
          {me?.role === 'INSTRUCTOR' && (
            <ButtonLink to="/rounds/$slug/screen" params={params} variant="default" size="md">
              {t('screen.open')}
            </ButtonLink>
          )}
          {me?.role === 'INSTRUCTOR' && (
            <ButtonLink to="/admin/rounds/$slug" params={params} variant="default" size="md">
              {t('admin.edit')}
            </ButtonLink>
          )}
        </div>
      </div>
      <nav className={classes.tabs} aria-label={t('rounds.tabs')}>
        <Link to="/rounds/$slug/overview" params={params}>
          {t('rounds.overview')}
          <UnreadBadge slug={round.slug} />
        </Link>
        <Link to="/rounds/$slug" params={params} activeOptions={{ exact: true, includeSearch: false }}>
          {t('rounds.ranking')}
        </Link>
        <Link to="/rounds/$slug/submissions" params={params}>
          {t('rounds.submissions')}
        </Link>
        {round.entry !== null && (
          <Link to="/rounds/$slug/entry" params={params}>
            {t('entry.tab')}
          </Link>
        )}
      </nav>
    </>
  )
}
