import { inflateSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { cancelSubmission } from '../features/submissions/submissions.service.ts'
import { createQueueBackend } from '../platform/queue.ts'
import { scoringQueueName } from './catalogue.ts'
import { seedEntry, seedRound } from './test-fixtures.ts'
import {
  brightPixel,
  brightPixelImages,
  brightPixelOnnx,
  maskedModel,
  overflowingModel,
  slowModel,
} from './test-models.ts'
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

describe('a submission', { timeout: testTimeoutMs }, () => {
  it('is scored once, on both splits, with its raw outputs kept', async () => {
    const { id } = await bench.send()
    await bench.start()
    await bench.hasStatus(id, 'SCORED')
    const run = await bench.runOf(id)
    expect(run).toMatchObject({
      status: 'SCORED',
      attempt: 1,
      imagesDone: 12,
      imagesTotal: 12,
      engine: 'wasm',
    })
    expect(run.splitId).toMatch(/^[0-9a-f]{64}$/)
    // Four images of each class, two of each in either split; class 2 is taken for class 0.
    const counts = {
      correct: 4,
      total: 6,
      perClassCorrect: [2, 2, 0],
      perClassTotal: [2, 2, 2],
      confusionMatrix: [2, 0, 0, 0, 2, 0, 2, 0, 0],
    }
    expect(run.scores).toMatchObject([
      { split: 'PUBLIC', ...counts },
      { split: 'PRIVATE', ...counts },
    ])
    const raw = inflateSync(await bench.blobs.readBytes(run.outputsBlob ?? ''))
    const outputs = new Float32Array(new Uint8Array(raw).buffer)
    expect(outputs).toHaveLength(12 * 3)
    // softmax of (5, 0, 0)
    const [top, rest] = [Math.exp(5) / (Math.exp(5) + 2), 1 / (Math.exp(5) + 2)]
    for (const [index, value] of [top, rest, rest].entries()) expect(outputs[index]).toBeCloseTo(value, 5)
  })

  it('of another family is scored by the engine of that family', async () => {
    const { id } = await bench.send(brightPixelOnnx())
    await bench.start()
    await bench.hasStatus(id, 'SCORED')
    const run = await bench.runOf(id)
    expect(run).toMatchObject({
      engine: 'onnxruntime',
      submission: { format: 'onnx', parameters: 12, macs: 12n },
    })
    expect(run.scores).toMatchObject([
      { split: 'PUBLIC', correct: 4, total: 6, perClassCorrect: [2, 2, 0] },
      { split: 'PRIVATE', correct: 4, total: 6, perClassCorrect: [2, 2, 0] },
    ])
  })

  it('whose outputs are not finite is rejected by name, without a score', async () => {
    const { id } = await bench.send(overflowingModel())
    await bench.start()
    await bench.hasStatus(id, 'REJECTED')
    expect(await bench.runOf(id)).toMatchObject({ attempt: 1, reasonCode: 'OUTPUT_NOT_FINITE', scores: [] })
  })

  it('that the system fails to score is tried three times, then FAILED, which is not the model’s fault', async () => {
    const { hiddenImagesBlob } = await bench.prisma.dataset.findUniqueOrThrow({
      where: { id: bench.round.datasetId },
    })
    await bench.blobs.remove(hiddenImagesBlob)
    const { id } = await bench.send()
    const other = await seedRound(bench, { ...brightPixel, ...brightPixelImages(12) })
    const scored = await bench.send(undefined, await seedEntry(bench.prisma, other.id, 'team'), other)
    await bench.start()
    await bench.hasStatus(id, 'FAILED')
    const failed = await bench.runOf(id)
    expect(failed).toMatchObject({ attempt: 3, reasonCode: 'SCORING_INTERRUPTED', scores: [] })
    // What came after it did not wait for it.
    const { status, finishedAt } = await bench.runOf(scored.id)
    expect(status).toBe('SCORED')
    expect(Number(finishedAt)).toBeLessThan(Number(failed.startedAt))
  })

  it('never runs beside another of its entry, and the held ones follow', async () => {
    const sent = [await bench.send(), await bench.send(), await bench.send()]
    await bench.start()
    for (const { id } of sent) await bench.hasStatus(id, 'SCORED')
    const runs = await Promise.all(sent.map(({ id }) => bench.runOf(id)))
    const spans = runs
      .map((run) => ({ from: Number(run.startedAt), to: Number(run.finishedAt) }))
      .sort((a, b) => a.from - b.from)
    for (const [index, span] of spans.slice(1).entries()) {
      expect(span.from).toBeGreaterThanOrEqual(spans[index]?.to ?? Number.POSITIVE_INFINITY)
    }
    expect(runs.map((run) => run.attempt)).toEqual([1, 1, 1])
  })

  it('of a round that is pinned to another engine waits, whatever this worker scores meanwhile', async () => {
    const waiting = await bench.send()
    const pin = { roundId: bench.round.id, family: 'layers' }
    await bench.prisma.enginePin.create({ data: { ...pin, engine: 'tensorflow' } })
    const other = await seedRound(bench, { ...brightPixel, ...brightPixelImages(12) })
    const scored = await bench.send(undefined, await seedEntry(bench.prisma, other.id, 'team'), other)
    await bench.start()
    await bench.hasStatus(scored.id, 'SCORED')
    expect(await bench.runOf(waiting.id)).toMatchObject({ status: 'QUEUED', attempt: 0, reasonCode: null })
    await bench.prisma.enginePin.update({ where: { roundId_family: pin }, data: { engine: 'wasm' } })
    await bench.hasStatus(waiting.id, 'SCORED')
  })

  it('of a round that is pinned to ONNX Runtime runs there, and on wasm where it cannot be translated', async () => {
    await bench.prisma.enginePin.create({
      data: { roundId: bench.round.id, family: 'layers', engine: 'onnxruntime' },
    })
    const sent = [await bench.send(), await bench.send(maskedModel())]
    await bench.start()
    for (const { id } of sent) await bench.hasStatus(id, 'SCORED')
    const runs = await Promise.all(sent.map(({ id }) => bench.runOf(id)))
    expect(runs).toMatchObject([
      { engine: 'onnxruntime', engineNote: null },
      { engine: 'wasm', engineNote: 'NOT_TRANSLATABLE' },
    ])
    // Both are right about the first two of three classes.
    expect(runs.map(({ scores }) => scores.map(({ correct }) => correct))).toEqual([
      [4, 4],
      [4, 4],
    ])
  })

  it('is found again when the queue has lost it', async () => {
    const { id } = await bench.send()
    const backend = createQueueBackend(bench.config)
    const inspector = new backend.Queue(scoringQueueName, backend.options)
    await inspector.drain()
    expect(await inspector.getJobCounts('waiting', 'active')).toEqual({ waiting: 0, active: 0 })
    await inspector.close()
    await bench.start()
    await bench.hasStatus(id, 'SCORED')
  })

  const nobody = { id: null, ipAddress: null }

  it('that is cancelled while queued is never run', async () => {
    const { id } = await bench.send()
    const viewer = { id: 'instructor', role: 'INSTRUCTOR' as const }
    await cancelSubmission(bench.prisma, nobody, { id, viewer, now: new Date() })
    await bench.start()
    const after = await bench.send()
    await bench.hasStatus(after.id, 'SCORED')
    expect(await bench.runOf(id)).toMatchObject({ status: 'CANCELLED', attempt: 0, scores: [] })
  })

  it('that is cancelled while running is stopped, and makes room for the next', async () => {
    const { slow, entry } = await bench.slowRound()
    const first = await bench.send(slowModel(), entry, slow)
    await bench.start()
    await vi.waitFor(
      async () => expect((await bench.runOf(first.id)).imagesDone).toBeGreaterThan(0),
      patience,
    )
    const second = await bench.send(slowModel(), entry, slow)
    const viewer = { id: 'instructor', role: 'INSTRUCTOR' as const }
    await cancelSubmission(bench.prisma, nobody, { id: first.id, viewer, now: new Date() })
    await vi.waitFor(async () => expect((await bench.runOf(second.id)).status).toBe('RUNNING'), patience)
    const cancelled = await bench.runOf(first.id)
    expect(cancelled).toMatchObject({ status: 'CANCELLED', scores: [], outputsBlob: null })
    expect(cancelled.imagesDone).toBeLessThan(cancelled.imagesTotal)
  })

  it('in the middle of a run when its worker is told to stop goes back to the queue at no cost', async () => {
    const { slow, entry } = await bench.slowRound(400)
    const { id } = await bench.send(slowModel(), entry, slow)
    await bench.start()
    await vi.waitFor(async () => expect((await bench.runOf(id)).imagesDone).toBeGreaterThan(0), patience)
    await bench.stop()
    expect(await bench.runOf(id)).toMatchObject({
      status: 'QUEUED',
      attempt: 0,
      submission: { status: 'QUEUED' },
    })
    await bench.start()
    await bench.hasStatus(id, 'SCORED')
    expect(await bench.runOf(id)).toMatchObject({ attempt: 1, imagesDone: 400 })
  })
})
