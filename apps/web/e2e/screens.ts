/** What the pictures of pages are taken with: ids and codes of a service that is filled for them. */
export type Filled = {
  slug: string
  submission: string
  other: string
  rescore: string
  person: string
  joinCode: string
  inviteCode: string
  linkToken: string
}
export type Viewer = 'visitor' | 'student' | 'instructor'
export type Screen = {
  name: string
  /** As the router names it. A route without a screen fails `router.test.ts`. */
  route: string
  viewer: Viewer
  address(filled: Filled): string
  /** What is pressed before the picture is taken, in each language. */
  press?: { ja: string; en: string }
  /** Where the picture begins, when not at the top of the page. */
  from?: string
  /** What comes last, after the page itself. */
  last?: string
}

const same = (name: string, viewer: Viewer, route: string): Screen => ({
  name,
  route,
  viewer,
  address: ({ slug }) => route.replace('$slug', slug),
})

/** Every page of the site. */
export const screens: readonly Screen[] = [
  same('home', 'student', '/'),
  same('ranking', 'student', '/rounds/$slug/'),
  same('overview', 'student', '/rounds/$slug/overview'),
  same('submissions', 'student', '/rounds/$slug/submissions'),
  { ...same('entry', 'student', '/rounds/$slug/entry'), last: '.recharts-surface' },
  same('screen', 'visitor', '/rounds/$slug/screen'),
  same('submit', 'student', '/rounds/$slug/submit'),
  {
    name: 'submission',
    route: '/submissions/$id',
    viewer: 'student',
    address: ({ submission }) => `/submissions/${submission}`,
  },
  {
    name: 'drawing',
    route: '/submissions/$id',
    viewer: 'student',
    address: ({ other }) => `/submissions/${other}`,
    press: { ja: '図で見る', en: 'Show as a diagram' },
    from: 'svg[role="group"]',
  },
  {
    name: 'comparison',
    route: '/submissions/$id/compare/$other',
    viewer: 'student',
    address: ({ submission, other }) => `/submissions/${submission}/compare/${other}`,
  },
  same('sign-in', 'visitor', '/sign-in'),
  {
    name: 'register',
    route: '/register',
    viewer: 'visitor',
    address: ({ joinCode }) => `/register?code=${joinCode}`,
  },
  {
    name: 'join',
    route: '/join/$code',
    viewer: 'student',
    address: ({ inviteCode }) => `/join/${inviteCode}`,
  },
  { name: 'setup', route: '/setup', viewer: 'visitor', address: () => '/setup?token=x' },
  {
    name: 'invite',
    route: '/invite/$token',
    viewer: 'visitor',
    address: ({ linkToken }) => `/invite/${linkToken}`,
  },
  same('guide-models', 'visitor', '/guide/models'),
  same('guide-ties', 'visitor', '/guide/ties'),
  same('guide-glossary', 'visitor', '/guide/glossary'),
  same('me', 'student', '/me'),
  same('admin', 'instructor', '/admin/'),
  same('admin-new', 'instructor', '/admin/new'),
  same('admin-round', 'instructor', '/admin/rounds/$slug'),
  same('admin-rescores', 'instructor', '/admin/rounds/$slug/rescores'),
  {
    name: 'admin-rescore',
    route: '/admin/rounds/$slug/rescores/$id',
    viewer: 'instructor',
    address: ({ slug, rescore }) => `/admin/rounds/${slug}/rescores/${rescore}`,
  },
  same('admin-teams', 'instructor', '/admin/rounds/$slug/entries'),
  same('admin-exports', 'instructor', '/admin/rounds/$slug/exports'),
  same('admin-import', 'instructor', '/admin/import'),
  same('admin-datasets', 'instructor', '/admin/datasets'),
  same('admin-people', 'instructor', '/admin/people'),
  same('admin-roster', 'instructor', '/admin/people/roster'),
  same('admin-invitations', 'instructor', '/admin/people/invitations'),
  {
    name: 'admin-person',
    route: '/admin/people/$id',
    viewer: 'instructor',
    address: ({ person }) => `/admin/people/${person}`,
  },
  same('admin-submissions', 'instructor', '/admin/submissions'),
  same('admin-baseline', 'instructor', '/admin/rounds/$slug/baseline'),
  same('admin-audit', 'instructor', '/admin/audit'),
]
