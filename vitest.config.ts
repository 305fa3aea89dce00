import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const server = {
  setupFiles: 'apps/server/test/quick-passwords.ts',
  pool: 'forks',
  testTimeout: 60_000,
  hookTimeout: 120_000,
} as const
/** What needs Redis or S3, and is run nowhere else. */
const distributedOnly = 'apps/server/**/*.distributed.test.ts'
/** What is run on both back ends: all that reaches the queue or blobs by a way of its own (decision 027). */
const onBothBackEnds = [
  'apps/server/src/platform/blob-store.test.ts',
  'apps/server/src/jobs/{sweep,scoring-worker,worker-life}.test.ts',
  'apps/server/src/features/submissions/{submissions,submission-files}.test.ts',
  'apps/server/src/features/datasets/datasets.service.test.ts',
  'apps/server/src/features/round-archive/round-archive.test.ts',
  'apps/server/src/http/health.test.ts',
]

export default defineConfig({
  test: {
    // The default leaves one core for a user: tests wait for processes and PostgreSQL often enough to need all of them.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          ...server,
          name: 'server',
          include: ['apps/server/**/*.test.ts', 'scripts/**/*.test.ts', 'prisma/**/*.test.ts'],
          exclude: [distributedOnly, '**/node_modules/**'],
          globalSetup: 'apps/server/test/global-setup.ts',
        },
      },
      {
        test: {
          ...server,
          name: 'distributed',
          include: [distributedOnly, ...onBothBackEnds],
          globalSetup: 'apps/server/test/distributed-setup.ts',
        },
      },
      { test: { name: 'shared', include: ['packages/shared/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'web', include: ['apps/web/src/**/*.test.{ts,tsx}'], testTimeout: 30_000 } },
    ],
  },
})
