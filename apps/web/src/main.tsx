import '@fontsource-variable/inter/index.css'
import '@mantine/core/styles.css'
import './styles/tokens.css'
import './styles/global.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './app/query-client.ts'
import { router } from './app/router.tsx'
import { cssVariablesResolver, theme } from './app/theme.ts'
import { startI18n } from './i18n/i18n.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id root')

/** The nonce of this page's content security policy, which Mantine's style elements carry. */
function styleNonce(): string {
  return document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
}

await startI18n()
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)

// Japanese letters are half a megabyte in many files: no page waits for them, the device's own are there meanwhile.
void import('@fontsource-variable/noto-sans-jp/index.css')
