import { randomUUID } from 'node:crypto'
import type { NpyArray } from '@taikai/shared/npy'
import { readNpz } from '@taikai/shared/npz'
import { problemSchema } from '@taikai/shared/wire/problem'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound } from '../../http/test-data.ts'
import { storeDataset } from './datasets.service.ts'

let service: TestApp
let visitor: TestClient
let round: Round
beforeAll(async () => {
  service = await buildTestApp()
  visitor = new TestClient(service.app)
  round = await roundWith(coloured(30, 100))
})
afterAll(async () => {
  await service.close()
})

/** RGB images of 1×1 pixel in two classes: 20 of class 0, the rest of class 1. The red value tells the image, the blue one its class. */
function coloured(count: number, from: number) {
  const labels = Uint8Array.from({ length: count }, (_, index) => (index < 20 ? 0 : 1))
  const pixels = [...labels].flatMap((label, index) => [from + index, 0, label])
  return { images: Uint8Array.from(pixels), labels }
}

async function roundWith(train: ReturnType<typeof coloured> | null, overrides: Partial<Round> = {}) {
  const { id } = await storeDataset(service, {
    name: randomUUID(),
    actor: { id: null, ipAddress: null },
    imageShape: [1, 1, 3],
    classNames: ['T-shirt/top', '犬'],
    hidden: coloured(30, 0),
    train,
    notes: [],
  })
  return seedRound(service, { datasetId: id, visitorsMaySee: true, ...overrides })
}

const sampleUrl = (of: Round, suffix: string) => `/api/rounds/${of.slug}/training-sample.${suffix}`

async function npz(url: string) {
  const response = await visitor.get(url)
  expect(response.statusCode).toBe(200)
  const arrays = readNpz(response.rawPayload, ['x_train', 'y_train', 'class_names', 'pixel_mean'], 1_000_000)
  const array = (name: string): NpyArray => {
    const found = arrays.get(name)
    if (found === undefined) throw new Error(`no ${name}`)
    return found
  }
  const [images, labels] = [array('x_train'), array('y_train')]
  const reds = [...images.data].filter((_, at) => at % 3 === 0)
  return {
    response,
    images,
    labels: [...labels.data],
    reds,
    names: array('class_names'),
    mean: array('pixel_mean'),
  }
}

describe('the training sample as .npz', () => {
  it('holds training images only, evenly over the classes, and the same ones each time', async () => {
    const { response, images, labels, reds, names } = await npz(`${sampleUrl(round, 'npz')}?count=12`)
    expect(images).toMatchObject({ descr: '|u1', shape: [12, 1, 1, 3] })
    expect(labels).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    // Blue is the class: images and labels belong together.
    expect([...images.data].filter((_, at) => at % 3 === 2)).toEqual(labels)
    expect(Math.min(...reds)).toBeGreaterThanOrEqual(100)
    expect(new Set(reds).size).toBe(12)
    expect(names).toMatchObject({ descr: '<U11', shape: [2] })
    expect(response.headers['content-disposition']).toContain(`${round.slug}-training-sample.npz`)
    const again = await visitor.get(`${sampleUrl(round, 'npz')}?count=12`)
    expect(again.rawPayload).toEqual(response.rawPayload)
  })

  it('holds the mean of all training images, not of the sample', async () => {
    const { mean } = await npz(`${sampleUrl(round, 'npz')}?count=2`)
    expect(mean).toMatchObject({ descr: '<f8', shape: [1, 1, 3] })
    // Red is 100 to 129 once each, green 0, blue 1 in ten of thirty.
    expect([...new Float64Array(new Uint8Array(mean.data).buffer)]).toEqual([114.5, 0, 10 / 30])
  })

  it('holds what there is where a class, or all of them, have fewer', async () => {
    const { labels, reds } = await npz(sampleUrl(round, 'npz'))
    expect(labels.filter((label) => label === 0)).toHaveLength(20)
    expect([...reds].sort()).toEqual(Array.from({ length: 30 }, (_, index) => 100 + index))
  })
})

describe('the training sample as a zip', () => {
  it('holds the same images as PNG files, in folders that sort as the classes are numbered', async () => {
    const { reds } = await npz(`${sampleUrl(round, 'npz')}?count=4`)
    const response = await visitor.get(`${sampleUrl(round, 'zip')}?count=4`)
    expect(response.headers['content-type']).toBe('application/zip')
    const files = unzipSync(response.rawPayload)
    expect(Object.keys(files).sort()).toEqual([
      '0_T-shirt_top/0.png',
      '0_T-shirt_top/2.png',
      '1_犬/1.png',
      '1_犬/3.png',
    ])
    for (const [index, red] of reds.entries()) {
      const name = `${index % 2 === 0 ? '0_T-shirt_top' : '1_犬'}/${index}.png`
      expect([...(await sharp(files[name]).raw().toBuffer())]).toEqual([red, 0, index % 2])
    }
  })
})

describe('who may have it', () => {
  it('is whoever may see the round', async () => {
    const closed = await roundWith(coloured(30, 100), { visitorsMaySee: false })
    const member = await registeredStudent(service, closed)
    const stranger = await registeredStudent(service, round)
    for (const suffix of ['npz', 'zip']) {
      const url = sampleUrl(closed, suffix)
      expect((await member.get(url)).statusCode).toBe(200)
      for (const other of [stranger, visitor]) expect((await other.get(url)).statusCode).toBe(404)
    }
  })

  it('is nobody where the dataset has hidden images only', async () => {
    const without = await roundWith(null)
    for (const suffix of ['npz', 'zip']) {
      const response = await visitor.get(sampleUrl(without, suffix))
      expect(response.statusCode).toBe(404)
      expect(problemSchema.parse(response.json()).code).toBe('TRAINING_SAMPLE_UNAVAILABLE')
    }
  })

  it('gets no more than 2,000 images', async () => {
    for (const count of ['0', '2001', 'x']) {
      expect((await visitor.get(`${sampleUrl(round, 'npz')}?count=${count}`)).statusCode).toBe(400)
    }
  })
})
