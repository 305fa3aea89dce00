import { expect, it } from 'vitest'
import { findWarnings, type OverviewFacts } from './warnings.ts'

const now = new Date('2026-11-24T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const hours = 3600
const gigabyte = 1024 ** 3

const worker = {
  ...{ host: 'lab-1', silentSeconds: 3, stoppedAt: null, sandboxMissing: [] },
  ...{ taikaiVersion: '0.1.0', scorerVersion: '1' },
}
const calm: OverviewFacts = {
  now,
  serverStartedAt: ago(3 * hours),
  installedAt: ago(500 * hours),
  server: { taikaiVersion: '0.1.0', scorerVersion: '1' },
  workers: [worker],
  waiting: 0,
  lacks: [],
  failures: { count: 0, newestSubmissionId: null },
  rounds: [],
  disk: { freeBytes: 50 * gigabyte, totalBytes: 100 * gigabyte },
  newestBackupAt: ago(9 * hours),
}
const lack = { slug: 'cnn', title: 'CNN', engine: 'tensorflow', waiting: 2 }
const round = { slug: 'cnn', title: 'CNN', state: 'closed', unfinished: 2 } as const
const submission = '0193a5c0-0000-7000-8000-000000000001'

it.each<[what: string, facts: Partial<OverviewFacts>, warnings: unknown[]]>([
  ['all is well', {}, []],
  [
    'the only worker was silent for 119 s',
    { workers: [{ ...worker, silentSeconds: 119 }], waiting: 3, lacks: [] },
    [],
  ],
  [
    'the only worker was silent for two minutes, and runs wait',
    { workers: [{ ...worker, silentSeconds: 120 }], waiting: 3, lacks: [lack] },
    [{ code: 'NO_WORKER_RUNS_WAITING', params: { waiting: 3 } }],
  ],
  [
    'the only worker was silent for two minutes, and nothing waits',
    { workers: [{ ...worker, silentSeconds: 120 }] },
    [{ code: 'NO_WORKER', params: {} }],
  ],
  [
    'the worker stopped in order three minutes ago',
    { workers: [{ ...worker, silentSeconds: 180, stoppedAt: ago(180) }] },
    [{ code: 'NO_WORKER', params: {} }],
  ],
  ['no worker was ever there', { workers: [] }, [{ code: 'NO_WORKER', params: {} }]],
  ['the server has just started, the worker not yet', { workers: [], serverStartedAt: ago(119) }, []],
  [
    'one of two workers is silent',
    { workers: [worker, { ...worker, host: 'lab-2', silentSeconds: 9000 }], waiting: 3 },
    [],
  ],
  [
    'runs wait for an engine that no worker has',
    { lacks: [lack] },
    [{ code: 'ENGINE_MISSING', params: lack }],
  ],
  [
    'runs failed',
    { failures: { count: 4, newestSubmissionId: submission } },
    [{ code: 'RUNS_FAILED', params: { count: 4, newestSubmissionId: submission } }],
  ],
  ['a tenth of the disk is free', { disk: { freeBytes: 10 * gigabyte, totalBytes: 100 * gigabyte } }, []],
  [
    'less than a tenth of the disk is free',
    { disk: { freeBytes: 9.9 * gigabyte, totalBytes: 100 * gigabyte } },
    [{ code: 'DISK_LOW', params: { freeBytes: 9.9 * gigabyte, totalBytes: 100 * gigabyte } }],
  ],
  [
    'less than 2 GB of a small disk are free',
    { disk: { freeBytes: 1.9 * gigabyte, totalBytes: 8 * gigabyte } },
    [{ code: 'DISK_LOW', params: { freeBytes: 1.9 * gigabyte, totalBytes: 8 * gigabyte } }],
  ],
  [
    'a closed round has unfinished runs',
    {
      rounds: [
        round,
        { ...round, state: 'open' },
        { ...round, state: 'published' },
        { ...round, unfinished: 0 },
      ],
    },
    [{ code: 'ROUND_UNFINISHED', params: { slug: 'cnn', title: 'CNN', unfinished: 2 } }],
  ],
  [
    'two workers of one machine lack walls',
    { workers: [0, 1].map(() => ({ ...worker, sandboxMissing: ['unshare', 'prlimit'] })) },
    [{ code: 'SANDBOX_INCOMPLETE', params: { host: 'lab-1', missing: 'unshare, prlimit' } }],
  ],
  [
    'workers are of other versions; one that has stopped does not matter',
    {
      workers: [
        worker,
        { ...worker, host: 'lab-2', taikaiVersion: '0.0.9' },
        { ...worker, host: 'lab-3', scorerVersion: '2' },
        { ...worker, host: 'lab-4', scorerVersion: '3', stoppedAt: ago(5) },
      ],
    },
    [
      ['lab-2', '0.0.9', '1'],
      ['lab-3', '0.1.0', '2'],
    ].map(([host, workerVersion, workerScorer]) => ({
      code: 'WORKER_VERSION',
      params: { host, workerVersion, workerScorer, serverVersion: '0.1.0', serverScorer: '1' },
    })),
  ],
  ['the last backup is 48 hours old', { newestBackupAt: ago(48 * hours) }, []],
  [
    'the last backup is older',
    { newestBackupAt: ago(48 * hours + 1) },
    [{ code: 'BACKUP_OLD', params: { newestAt: '2026-11-22T11:59:59.000Z' } }],
  ],
  ['there is no backup, and the service is new', { newestBackupAt: null, installedAt: ago(47 * hours) }, []],
  ['there is no backup, and no account either', { newestBackupAt: null, installedAt: null }, []],
  ['there is no backup', { newestBackupAt: null }, [{ code: 'BACKUP_NONE', params: {} }]],
  [
    'all is wrong: the most urgent comes first',
    {
      workers: [{ ...worker, sandboxMissing: ['unshare'] }],
      lacks: [lack],
      failures: { count: 1, newestSubmissionId: submission },
      rounds: [round],
      disk: { freeBytes: 0, totalBytes: 1 },
      newestBackupAt: null,
    },
    [
      'ENGINE_MISSING',
      'DISK_LOW',
      'RUNS_FAILED',
      'ROUND_UNFINISHED',
      'SANDBOX_INCOMPLETE',
      'BACKUP_NONE',
    ].map((code) => expect.objectContaining({ code })),
  ],
])('%s', (_what, facts, warnings) => {
  expect(findWarnings({ ...calm, ...facts })).toEqual(warnings)
})
