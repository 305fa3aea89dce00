import { ScrollArea } from '@mantine/core'
import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import type { Round } from '@taikai/shared/wire/round'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { QRCodeSVG } from 'qrcode.react'
import { LiveBadge } from '../../components/ui/live-badge.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { joinAddress } from '../../features/account/api/join-code.ts'
import { LocalAddressNote } from '../../features/account/components/local-address-note.tsx'
import { leaderboardQuery } from '../../features/ranking/api/leaderboard.ts'
import { metricText } from '../../features/ranking/components/metric-display.ts'
import { RankingNotice } from '../../features/ranking/components/ranking-notice.tsx'
import { useFreezeClock } from '../../features/ranking/components/use-freeze-clock.ts'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { RoundClock } from '../../features/rounds/components/round-clock.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { useAutoScroll } from '../../lib/use-auto-scroll.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import classes from './screen-page.module.css'

const route = getRouteApi('/rounds/$slug/screen')

/** The ranking for the screen of the lab: read from the last row, moving by itself, with a code that leads to the round. */
export function ScreenPage() {
  const { slug } = route.useParams()
  const round = useQuery(roundQuery(slug))
  return <QueryView query={round}>{(data) => <Screen round={data} />}</QueryView>
}

function Screen({ round }: { round: Round }) {
  const { t } = useTexts()
  usePageTitle(t('screen.title', { round: round.title }))
  useFreezeClock(round)
  const published = round.state === 'published'
  // Also for instructors the view of the participants: everybody reads this screen.
  const view = published ? 'final' : 'public'
  const leaderboard = useQuery(leaderboardQuery(round.slug, view))
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <div>
          <h1>{round.title}</h1>
          <div className={classes.clock}>
            <RoundClock round={round} /> <LiveBadge />
          </div>
        </div>
        <JoinCode round={round} />
      </header>
      <LocalAddressNote />
      <QueryView query={leaderboard}>
        {(data) => (
          <>
            <RankingNotice round={round} leaderboard={data} />
            {data.rows.length === 0 ? <p>{t('ranking.emptyTitle')}</p> : <Rows leaderboard={data} />}
          </>
        )}
      </QueryView>
      <p>
        <Link to="/rounds/$slug" params={{ slug: round.slug }}>
          {t('screen.back')}
        </Link>
      </p>
    </div>
  )
}

function Rows({ leaderboard: { rows, metric } }: { leaderboard: Leaderboard }) {
  const { t } = useTexts()
  const list = useAutoScroll<HTMLDivElement>()
  return (
    // What scrolls must be reachable by keyboard.
    <ScrollArea
      className={classes.list}
      viewportRef={list}
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('rounds.ranking') }}
    >
      <table>
        <thead className={classes.hidden}>
          <tr>
            <th scope="col">{t('ranking.rank')}</th>
            <th scope="col">{t('ranking.team')}</th>
            <th scope="col">{t(`ranking.metrics.${metric}`)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.entryId} data-first={row.rank === 1}>
              <td className="num">{row.rank ?? '–'}</td>
              <th scope="row">{row.name}</th>
              <td className="num">{metricText(metric, row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

/** Where a phone has to go: on the screen of an instructor to where one joins, unless only those on a list may. */
function JoinCode({ round }: { round: Round }) {
  const { t } = useTexts()
  const { admin, rules, slug, state } = round
  const address =
    admin === null || rules.joinPolicy === 'ROSTER' || state === 'published'
      ? new URL(`/rounds/${slug}`, window.location.origin).href
      : joinAddress(admin.joinCode)
  return (
    <figure className={classes.code}>
      <QRCodeSVG value={address} size={128} marginSize={2} title={t('screen.code')} />
      <figcaption>{address.replace(/^https?:\/\//, '')}</figcaption>
    </figure>
  )
}
