import { QueryClient } from '@tanstack/react-query'
import { RequestError } from '../lib/request-error.ts'

const retries = 2

/** Only what may pass by itself is tried again: no answer, or a fault of the server. */
function mayPass(error: Error): boolean {
  return error instanceof RequestError && (error.problem === null || error.problem.status >= 500)
}

/** Holds the server's answers. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // Live events say when an answer is stale.
        staleTime: 30_000,
        retry: (failures, error) => failures < retries && mayPass(error),
      },
      // Offline is shown in words at once instead of waiting.
      mutations: { networkMode: 'always' },
    },
  })
