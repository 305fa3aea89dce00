import { useClickOutside, useHotkeys } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useHydrated, useLocation, useRouter } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { meQuery } from '../features/account/api/me.ts'
import { signOut } from '../features/account/api/sign-out.ts'
import { switchLocale, useTexts } from '../i18n/i18n.ts'
import { followLiveEvents } from '../lib/live-events.ts'
import classes from './layout.module.css'
import { MessageHost } from './message-host.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { useFocusOnArrival } from './use-focus-on-arrival.ts'

// For a few instructors now and then: not in what everybody loads.
const ViewAsBanner = lazy(() => import('./view-as-banner.tsx'))
// For students, and not before the page is there.
const ScoreMessages = lazy(() => import('./score-messages.tsx'))

/** What every page has: header, main part, and the one stream of live events. */
export function Layout() {
  const { t, locale } = useTexts()
  const queryClient = useQueryClient()
  const router = useRouter()
  const { data: me, isPending } = useQuery(meQuery)
  const { pathname } = useLocation()
  // What is loaded after the page is no part of what the server writes.
  const hydrated = useHydrated()
  // What is shown on the lab's screen has no menu.
  const onScreen = pathname.endsWith('/screen')
  // The menu belongs to the page where it was opened: on the next page it is closed again.
  const [menuOpenAt, setMenuOpenAt] = useState<string | null>(null)
  const menuOpen = menuOpenAt === pathname
  const closeMenu = () => setMenuOpenAt(null)
  useFocusOnArrival()
  const menu = useClickOutside<HTMLElement>(closeMenu)
  useHotkeys([['Escape', closeMenu]])

  async function leave(): Promise<void> {
    await signOut()
    // Nothing of the account may stay on a shared device.
    queryClient.clear()
    await router.navigate({ to: '/', ignoreBlocker: true })
    await queryClient.invalidateQueries()
  }

  return (
    <>
      {/* The stream's access is that of the moment when it was opened: a new viewer gets a new stream. */}
      {!isPending && <LiveEvents key={me?.id ?? 'visitor'} />}
      <a className={classes.skip} href="#main">
        {t('app.skip')}
      </a>
      <header className={classes.header} hidden={onScreen}>
        <div className={classes.bar}>
          <Link to="/" className={classes.logo}>
            {t('app.name')}
            <b aria-hidden="true">.</b>
          </Link>
          <nav className={classes.nav} aria-label={t('app.navigation')} ref={menu}>
            {/* Seen on phones only, where the links do not fit beside the name. */}
            <button
              type="button"
              className={classes.menu}
              aria-expanded={menuOpen}
              aria-controls="menu"
              onClick={() => setMenuOpenAt(menuOpen ? null : pathname)}
            >
              {t('app.navigation')}
              <ChevronDown size={16} aria-hidden="true" />
            </button>
            <div id="menu" className={classes.links} data-open={menuOpen}>
              <Link to="/" activeOptions={{ exact: true }}>
                {t('app.rounds')}
              </Link>
              {me?.role === 'INSTRUCTOR' && <Link to="/admin">{t('app.admin')}</Link>}
              {me !== null && me !== undefined && (
                <>
                  <Link to="/me">{t('app.me')}</Link>
                  <button type="button" onClick={() => void leave()}>
                    {t('app.signOut')}
                  </button>
                </>
              )}
              {me === null && <Link to="/sign-in">{t('app.signIn')}</Link>}
            </div>
          </nav>
          <button
            type="button"
            lang={locale === 'ja' ? 'en' : 'ja'}
            aria-label={t('app.switchLanguage')}
            onClick={() => void switchLocale(locale === 'ja' ? 'en' : 'ja')}
          >
            {t('app.otherLanguage')}
          </button>
          <ThemeSwitch />
        </div>
      </header>
      {hydrated && me?.viewAs && (
        <Suspense>
          <ViewAsBanner name={me.name} until={me.viewAs.until} />
        </Suspense>
      )}
      {hydrated && me?.role === 'STUDENT' && (
        <Suspense>
          <ScoreMessages userId={me.id} />
        </Suspense>
      )}
      <main id="main" tabIndex={-1} className={onScreen ? classes.screen : classes.main}>
        <Outlet />
      </main>
      <MessageHost />
    </>
  )
}

function LiveEvents() {
  const queryClient = useQueryClient()
  useEffect(() => followLiveEvents(queryClient), [queryClient])
  return null
}
