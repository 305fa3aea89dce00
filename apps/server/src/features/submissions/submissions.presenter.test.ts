import { expect, it } from 'vitest'
import { presentSubmission } from './submissions.presenter.ts'
import { noWait } from './waits.service.ts'

type Row = Parameters<typeof presentSubmission>[0]
const at = new Date('2026-11-23T09:00:00Z')

function buildRow(status: Row['status'], reasonCode: string, reasonParams: Record<string, string>): Row {
  return {
    id: '0193a5c0-0000-7000-8000-000000000001',
    roundId: '0193a5c0-0000-7000-8000-000000000002',
    entryId: '0193a5c0-0000-7000-8000-000000000003',
    submittedById: null,
    label: '',
    note: '',
    preprocessing: { preset: 'unit' },
    status,
    receivedAt: at,
    quotaReturned: false,
    finalPick: false,
    disqualifiedAt: null,
    disqualifiedReason: null,
    modelSha256: '0'.repeat(64),
    uploadBytes: 1,
    uploadKey: null,
    format: 'tfjs-layers',
    parameters: 15,
    macs: 12n,
    inspection: {
      format: 'tfjs-layers',
      layers: [],
      parameters: 15,
      macs: 12,
      inputShape: [4],
      classCount: 3,
      outputKind: 'logits',
    },
    createdAt: at,
    updatedAt: at,
    round: { slug: 'cup', title: 'Cup' },
    entry: { name: 'team', kind: 'TEAM', disqualifiedAt: null, disqualifiedReason: null, members: [] },
    submittedBy: null,
    files: [],
    runs: [
      {
        id: '0193a5c0-0000-7000-8000-000000000004',
        submissionId: '0193a5c0-0000-7000-8000-000000000001',
        datasetId: '0193a5c0-0000-7000-8000-000000000005',
        status,
        live: true,
        rescoreId: null,
        madeLiveAt: null,
        replacedAt: null,
        attempt: 1,
        turnAt: at,
        claimedBy: null,
        workerId: null,
        heartbeatAt: null,
        startedAt: at,
        finishedAt: null,
        imagesDone: 0,
        imagesTotal: 10,
        engine: null,
        engineVersion: null,
        engineNote: null,
        scorerVersion: null,
        splitId: null,
        imagesPerSecond: null,
        reasonCode,
        reasonParams,
        outputsBlob: null,
        createdAt: at,
        dataset: { name: 'digits', version: 1 },
        scores: [],
      },
    ],
  }
}

it.each([
  // The reason of an attempt that is followed by another is not the submission's.
  ['QUEUED', 'SCORING_INTERRUPTED', { detail: '/srv/x' }, null],
  [
    'REJECTED',
    'MODEL_TOPOLOGY_INVALID',
    { reason: 'r' },
    { code: 'MODEL_TOPOLOGY_INVALID', params: { reason: 'r' } },
  ],
  // What the machine said about its own failure stays in its log.
  [
    'FAILED',
    'ENGINE_UNAVAILABLE',
    { engine: 'wasm', detail: '/srv/x' },
    { code: 'ENGINE_UNAVAILABLE', params: { engine: 'wasm' } },
  ],
] as const)('a submission that is %s for %s %j gives the reason %j', (status, code, params, reason) => {
  expect(presentSubmission(buildRow(status, code, params), noWait, false).reason).toEqual(reason)
})

it('has the state of its run: claimed between two reads, it is no second attempt in the queue', () => {
  const row = buildRow('RUNNING', '', {})
  const shown = presentSubmission({ ...row, status: 'QUEUED' }, noWait, false)
  expect([shown.status, shown.run.attempt]).toEqual(['RUNNING', 1])
})

it('what was noted of the engine is for instructors: it can follow from hidden images', () => {
  const row = buildRow('SCORED', '', {})
  const runs = row.runs.map((run) => ({ ...run, engine: 'onnxruntime', engineNote: 'OUTPUTS_DIFFER' }))
  expect(presentSubmission({ ...row, runs }, noWait, true).run).toMatchObject({
    engineNote: 'OUTPUTS_DIFFER',
  })
  expect(presentSubmission({ ...row, runs }, noWait, false).run).toMatchObject({
    engine: 'onnxruntime',
    engineNote: null,
  })
})
