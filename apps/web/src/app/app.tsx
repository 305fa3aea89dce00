import { MantineProvider } from '@mantine/core'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import type { createAppRouter } from './router.tsx'
import { cssVariablesResolver, theme } from './theme.ts'

type Props = {
  router: ReturnType<typeof createAppRouter>
  queryClient: QueryClient
  /** Of this page's content security policy; Mantine's style elements carry it. */
  styleNonce: string
}

/** All pages, as the browser draws them and as the server writes them. */
export function App({ router, queryClient, styleNonce }: Props) {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
        getStyleNonce={() => styleNonce}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  )
}
