import '@fontsource-variable/inter/index.css'
import './styles/mantine.css'
import './styles/tokens.css'
import './styles/global.css'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { takeFirstAnswers } from './app/first-answers.ts'
import { createQueryClient } from './app/query-client.ts'
import { createAppRouter } from './app/router.tsx'
import { restoreStyles } from './app/written-styles.ts'
import { meQuery } from './features/account/api/me.ts'
import { loadInstructorTextsFor, startI18n } from './i18n/i18n.ts'
import { announceLive } from './lib/use-page-title.ts'

const router = createAppRouter()
const queryClient = createQueryClient()

/** Not awaited at this module's top level: pages that are loaded on demand import from the same file, and would wait for it. */
async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no element with the id root')
  const styleNonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
  const app = <App {...{ router, queryClient, styleNonce }} />
  await startI18n()
  if (root.childElementCount === 0) {
    announceLive() // nothing is there that could have been pressed
    createRoot(root).render(app)
    return
  }
  // The server has written the page: the same content is drawn over it, and takes it over.
  takeFirstAnswers(queryClient)
  await loadInstructorTextsFor(queryClient.getQueryData(meQuery.queryKey) ?? null)
  router.ssr = { manifest: undefined }
  await router.load()
  restoreStyles()
  hydrateRoot(root, app)
}

void start()

// Japanese letters are half a megabyte in many files: no page waits for them, the device's own are there meanwhile.
void import('@fontsource-variable/noto-sans-jp/index.css')
