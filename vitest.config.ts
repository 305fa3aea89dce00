import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** One more than there are cores: some tests wait for another process, or for a lock to expire, while the others compute. */
const parallel = { maxWorkers: availableParallelism() + 1, sequence: { groupOrder: 0 } }
/** Children whose processor time is limited, and told, have the machine to themselves: when the others are done, one to a core. */
const whenOthersAreDone = { maxWorkers: availableParallelism(), sequence: { groupOrder: 1 } }
const limited = 'apps/server/src/scoring/**/*.test.ts'

/**
 * One process for many files: loading the server, or React, anew for each of them cost as much as its tests. A module that a file
 * mocked would be mocked for the others too: what a test replaces is given to what it tests.
 */
const together = { pool: 'forks', isolate: false } as const
const server = {
  ...together,
  setupFiles: 'apps/server/test/quick-passwords.ts',
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
    projects: [
      {
        test: {
          ...server,
          ...parallel,
          name: 'server',
          include: ['apps/server/**/*.test.ts', 'scripts/**/*.test.ts', 'prisma/**/*.test.ts'],
          exclude: [distributedOnly, limited, '**/node_modules/**'],
          globalSetup: 'apps/server/test/global-setup.ts',
        },
      },
      {
        test: {
          ...server,
          ...whenOthersAreDone,
          name: 'scoring',
          include: [limited],
          globalSetup: 'apps/server/test/global-setup.ts',
        },
      },
      {
        test: {
          ...server,
          ...parallel,
          name: 'distributed',
          include: [distributedOnly, ...onBothBackEnds],
          globalSetup: 'apps/server/test/distributed-setup.ts',
        },
      },
      {
        test: {
          ...together,
          ...parallel,
          name: 'shared',
          include: ['packages/shared/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...together,
          ...parallel,
          name: 'web',
          include: ['apps/web/src/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
    ],
  },
})
