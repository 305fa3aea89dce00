import { hostname } from 'node:os'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { brightPixelModel, slowModel } from './test-models.ts'
import { buildWorkerBench, patience, testTimeoutMs, type WorkerBench } from './test-scoring-worker.ts'

let bench: WorkerBench
beforeAll(async () => {
  bench = await buildWorkerBench()
})
afterAll(async () => {
  await bench.close()
})
beforeEach(async () => {
  await bench.renewRound()
})
afterEach(async () => {
  await bench.stop()
})

it('a worker registers, tells that it lives and what it runs, and says when it has stopped', {
  timeout: testTimeoutMs,
}, async () => {
  await bench.prisma.worker.deleteMany()
  await bench.start()
  const registered = await bench.prisma.worker.findFirstOrThrow()
  expect(registered).toMatchObject({
    host: hostname(),
    pid: process.pid,
    preferred: { layers: 'wasm', graph: 'wasm', onnx: 'onnxruntime' },
    concurrency: 2,
    stoppedAt: null,
  })

  const old = new Date(Date.now() - 3_600_000)
  await bench.prisma.worker.updateMany({ data: { heartbeatAt: old } })
  await vi.waitFor(async () => {
    const { heartbeatAt } = await bench.prisma.worker.findFirstOrThrow()
    expect(heartbeatAt.getTime()).toBeGreaterThan(old.getTime())
  }, patience)

  const { slow, entry } = await bench.slowRound()
  const { id } = await bench.send(slowModel(), entry, slow)
  await vi.waitFor(async () => expect((await bench.runOf(id)).status).toBe('RUNNING'), patience)
  expect((await bench.runOf(id)).workerId).toBe(registered.id)

  await bench.stop()
  const { stoppedAt } = await bench.prisma.worker.findFirstOrThrow()
  expect(stoppedAt).not.toBeNull()
  expect((await bench.runOf(id)).status).toBe('QUEUED')
})

const stored = async (prefix: string) => {
  const keys: string[] = []
  for await (const key of bench.blobs.list(prefix)) keys.push(key)
  return keys
}

it('a worker removes at its start what was stored for rows that never came', async () => {
  const kept = await bench.send()
  const orphan = crypto.randomUUID()
  await bench.blobs.put(`submissions/${orphan}/0`, new Uint8Array([1]))
  await bench.blobs.put(`outputs/${orphan}/1`, new Uint8Array([1]))
  await bench.start()
  await bench.hasStatus(kept.id, 'SCORED')
  const run = await bench.runOf(kept.id)
  const submissions = await stored('submissions/')
  expect(submissions).toEqual(
    expect.arrayContaining([`submissions/${kept.id}/0`, `submissions/${kept.id}/1`]),
  )
  expect(submissions.some((key) => key.includes(orphan))).toBe(false)
  const outputs = await stored('outputs/')
  expect(outputs).toContain(run.outputsBlob)
  expect(outputs.some((key) => key.includes(orphan))).toBe(false)
})

it('what inspection refuses leaves neither row nor file', async () => {
  const before = await stored('')
  const [json] = brightPixelModel()
  if (json === undefined) throw new Error('the model has a model.json')
  await expect(bench.send([json])).rejects.toMatchObject({ code: 'MODEL_FILES_MISSING' })
  expect(await bench.prisma.submission.count({ where: { entryId: bench.entryId } })).toBe(0)
  expect(await stored('')).toEqual(before)
})
