import { acceptsSubmissions, type RoundState } from '@taikai/shared/round-state'
import type { Round } from '@taikai/shared/wire/round'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../components/ui/button-link.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { RankingTop } from '../../features/ranking/components/ranking-top.tsx'
import { roundsQuery } from '../../features/rounds/api/rounds.ts'
import { NextStep } from '../../features/rounds/components/next-step.tsx'
import { RoundClock } from '../../features/rounds/components/round-clock.tsx'
import { StateBadge } from '../../features/rounds/components/state-badge.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import classes from './rounds-page.module.css'

/** What runs comes first, then what waits for its results, what is about to run, and what is over. */
const stateOrder: Record<RoundState, number> = {
  open: 0,
  frozen: 0,
  closed: 1,
  scheduled: 2,
  draft: 3,
  published: 4,
}

export function RoundsPage() {
  const { t } = useTexts()
  usePageTitle(t('rounds.title'))
  const rounds = useQuery(roundsQuery)
  const { data: me = null } = useQuery(meQuery)
  return (
    <>
      <h1>{t('rounds.title')}</h1>
      <p className="muted">{t('rounds.lead')}</p>
      <QueryView query={rounds}>
        {(list) =>
          list.length === 0 ? (
            <p>{me === null ? t('rounds.emptyGuest') : t('rounds.empty')}</p>
          ) : (
            <ul className={classes.list}>
              {list
                .toSorted((a, b) => stateOrder[a.state] - stateOrder[b.state])
                .map((round) => (
                  <li key={round.slug} className={classes.round}>
                    <RoundCard round={round} nextStep={<NextStep round={round} me={me} />} />
                  </li>
                ))}
            </ul>
          )
        }
      </QueryView>
      {me === null && (
        <p>
          {t('rounds.haveCode')} <Link to="/register">{t('rounds.joinWithCode')}</Link>
        </p>
      )}
    </>
  )
}

function RoundCard({ round, nextStep }: { round: Round; nextStep: ReactNode }) {
  const { t } = useTexts()
  const params = { slug: round.slug }
  return (
    <>
      <StateBadge state={round.state} />
      <h2>
        <Link to="/rounds/$slug" params={params}>
          {round.title}
        </Link>
      </h2>
      <div className={classes.meta}>
        <RoundClock round={round} />
        <span>{round.dataset.name}</span>
        {round.entry !== null && (
          <span>
            {t('rounds.team')} <strong>{round.entry.name}</strong>
          </span>
        )}
      </div>
      {acceptsSubmissions(round.state) && <RankingTop slug={round.slug} />}
      <div className={classes.actions}>
        {nextStep}
        <ButtonLink to="/rounds/$slug" params={params} variant="default" size="md">
          {t('rounds.nextRanking')}
        </ButtonLink>
      </div>
    </>
  )
}
