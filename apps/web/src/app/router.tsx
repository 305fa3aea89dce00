import { type LeaderboardView, leaderboardViews } from '@taikai/shared/leaderboard-view'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router'
import { type AuditSearch, auditSearchKeys } from '../features/audit/audit-search.ts'
import { type TableSearch, tableSearchKeys } from '../features/submission-table/table-search.ts'
import { loadInstructorTexts } from '../i18n/i18n.ts'
import { searchTexts } from '../lib/search-texts.ts'
import { AdminLayout } from './admin-layout.tsx'
import { Layout } from './layout.tsx'
import { CrashPage, NotFoundPage } from './not-found-page.tsx'
import { RankingPage } from './routes/ranking-page.tsx'
import { RoundPage } from './routes/round-page.tsx'

const rootRoute = createRootRoute({
  component: Layout,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
})

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Only a path of this site: `//elsewhere` is another one. */
const ownPath = (value: unknown): { next?: string } => {
  const next = text(value)
  return /^\/(?![/\\])/.test(next) ? { next } : {}
}

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  staticData: { written: ['src/app/routes/rounds-page.tsx'] },
  component: lazyRouteComponent(() => import('./routes/rounds-page.tsx'), 'RoundsPage'),
})
const roundRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rounds/$slug',
  component: RoundPage,
})
const rankingRoute = createRoute({
  getParentRoute: () => roundRoute,
  path: '/',
  staticData: { written: [] },
  validateSearch: (search): { view?: LeaderboardView } => {
    const view = leaderboardViews.find((known) => known === search.view)
    return view === undefined ? {} : { view }
  },
  component: RankingPage,
})
const overviewRoute = createRoute({
  getParentRoute: () => roundRoute,
  path: '/overview',
  component: lazyRouteComponent(() => import('./routes/overview-page.tsx'), 'OverviewPage'),
})
const submissionsRoute = createRoute({
  getParentRoute: () => roundRoute,
  path: '/submissions',
  component: lazyRouteComponent(() => import('./routes/submissions-page.tsx'), 'SubmissionsPage'),
})
const entryRoute = createRoute({
  getParentRoute: () => roundRoute,
  path: '/entry',
  component: lazyRouteComponent(() => import('./routes/entry-page.tsx'), 'EntryPage'),
})
const screenRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rounds/$slug/screen',
  component: lazyRouteComponent(() => import('./routes/screen-page.tsx'), 'ScreenPage'),
})
const submitRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rounds/$slug/submit',
  component: lazyRouteComponent(() => import('./routes/submit-page.tsx'), 'SubmitPage'),
})
const submissionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/submissions/$id',
  component: lazyRouteComponent(() => import('./routes/submission-page.tsx'), 'SubmissionPage'),
})
const comparisonRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/submissions/$id/compare/$other',
  component: lazyRouteComponent(() => import('./routes/comparison-page.tsx'), 'ComparisonPage'),
})
const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): { next?: string } => ownPath(search.next),
  component: lazyRouteComponent(() => import('./routes/sign-in-page.tsx'), 'SignInPage'),
})
const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  validateSearch: (search): { code?: string; invite?: string; next?: string } => ({
    ...(search.code !== undefined && { code: text(search.code) }),
    ...(search.invite !== undefined && { invite: text(search.invite) }),
    ...ownPath(search.next),
  }),
  component: lazyRouteComponent(() => import('./routes/register-page.tsx'), 'RegisterPage'),
})
const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join/$code',
  component: lazyRouteComponent(() => import('./routes/join-page.tsx'), 'JoinPage'),
})
const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: (search): { token?: string } => ({
    ...(search.token !== undefined && { token: text(search.token) }),
  }),
  component: lazyRouteComponent(() => import('./routes/setup-page.tsx'), 'SetupPage'),
})
const guide = { written: ['src/app/routes/guide-pages.tsx'] }
const modelGuideRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/guide/models',
  staticData: guide,
  component: lazyRouteComponent(() => import('./routes/guide-pages.tsx'), 'ModelGuidePage'),
})
const tieGuideRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/guide/ties',
  staticData: guide,
  component: lazyRouteComponent(() => import('./routes/guide-pages.tsx'), 'TieGuidePage'),
})
const glossaryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/guide/glossary',
  staticData: guide,
  component: lazyRouteComponent(() => import('./routes/guide-pages.tsx'), 'GlossaryPage'),
})
const meRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/me',
  component: lazyRouteComponent(() => import('./routes/me-page.tsx'), 'MePage'),
})
const adminLayoutRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin',
  beforeLoad: loadInstructorTexts,
  component: AdminLayout,
})
const adminRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./routes/admin-page.tsx'), 'AdminPage'),
})
const newRoundRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/new',
  component: lazyRouteComponent(() => import('./routes/new-round-page.tsx'), 'NewRoundPage'),
})
const editRoundRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/rounds/$slug',
  component: lazyRouteComponent(() => import('./routes/edit-round-page.tsx'), 'EditRoundPage'),
})
const rescoresRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/rounds/$slug/rescores',
  component: lazyRouteComponent(() => import('./routes/rescores-page.tsx'), 'RescoresPage'),
})
const rescoreRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/rounds/$slug/rescores/$id',
  component: lazyRouteComponent(() => import('./routes/rescore-page.tsx'), 'RescorePage'),
})
const teamsRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/rounds/$slug/entries',
  component: lazyRouteComponent(() => import('./routes/teams-page.tsx'), 'TeamsPage'),
})
const exportsRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/rounds/$slug/exports',
  component: lazyRouteComponent(() => import('./routes/exports-page.tsx'), 'ExportsPage'),
})
const importRoundRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/import',
  component: lazyRouteComponent(() => import('./routes/import-round-page.tsx'), 'ImportRoundPage'),
})
const datasetsRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/datasets',
  component: lazyRouteComponent(() => import('./routes/datasets-page.tsx'), 'DatasetsPage'),
})
const peopleRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('./routes/people-page.tsx'), 'PeoplePage'),
})
const rosterRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/people/roster',
  component: lazyRouteComponent(() => import('./routes/roster-page.tsx'), 'RosterPage'),
})
const invitationsRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/people/invitations',
  component: lazyRouteComponent(() => import('./routes/invitations-page.tsx'), 'InvitationsPage'),
})
const personRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/people/$id',
  component: lazyRouteComponent(() => import('./routes/person-page.tsx'), 'PersonPage'),
})
const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite/$token',
  beforeLoad: loadInstructorTexts,
  component: lazyRouteComponent(() => import('./routes/invite-page.tsx'), 'InvitePage'),
})
const allSubmissionsRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/submissions',
  validateSearch: (search): TableSearch => searchTexts(search, tableSearchKeys),
  component: lazyRouteComponent(() => import('./routes/all-submissions-page.tsx'), 'AllSubmissionsPage'),
})
const newBaselineRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/rounds/$slug/baseline',
  component: lazyRouteComponent(() => import('./routes/new-baseline-page.tsx'), 'NewBaselinePage'),
})
const auditRoute = createRoute({
  getParentRoute: () => adminLayoutRoute,
  path: '/audit',
  validateSearch: (search): AuditSearch => searchTexts(search, auditSearchKeys),
  component: lazyRouteComponent(() => import('./routes/audit-page.tsx'), 'AuditPage'),
})

const routeTree = rootRoute.addChildren([
  indexRoute,
  roundRoute.addChildren([rankingRoute, overviewRoute, submissionsRoute, entryRoute]),
  screenRoute,
  submitRoute,
  submissionRoute,
  comparisonRoute,
  signInRoute,
  registerRoute,
  joinRoute,
  setupRoute,
  inviteRoute,
  modelGuideRoute,
  tieGuideRoute,
  glossaryRoute,
  meRoute,
  adminLayoutRoute.addChildren([
    adminRoute,
    newRoundRoute,
    editRoundRoute,
    rescoresRoute,
    rescoreRoute,
    teamsRoute,
    exportsRoute,
    importRoundRoute,
    datasetsRoute,
    peopleRoute,
    rosterRoute,
    invitationsRoute,
    personRoute,
    allSubmissionsRoute,
    newBaselineRoute,
    auditRoute,
  ]),
])

/** The pages' router; on the server one for each request, with the address in a history of its own. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    ...(history !== undefined && { history }),
    defaultPreload: 'intent',
    // On the server it would write a script into the page.
    scrollRestoration: history === undefined,
    // Search values are texts (a join code, a token), not JSON.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const query = new URLSearchParams()
      for (const [key, value] of Object.entries(search)) if (typeof value === 'string') query.set(key, value)
      return query.size === 0 ? '' : `?${query}`
    },
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
  interface StaticDataRouteOption {
    /** The server writes this page's content into the HTML. Its files beside the first script, whose styles and scripts the HTML names. */
    written?: readonly string[]
  }
}
