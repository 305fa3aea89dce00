import { createHash } from 'node:crypto'
import type { TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'
import { registeredStudent } from '../../http/test-data.ts'
import { denseModel, type TestFile } from '../../jobs/test-models.ts'
import type { InspectModel } from '../../scoring/inspector.ts'
import type { OutputKind } from './independent-ranking.ts'

const side = 4
const classCount = 10

/** The same numbers, 0 to 1, every time. */
function seeded(seed: string) {
  let count = 0
  return () => createHash('sha256').update(`${seed} ${count++}`).digest().readUInt32BE() / 2 ** 32
}

/** 500 grey images of 4×4 pixels: noise, in which the pixel of the image's class is a little brighter. */
export const contestImages = (() => {
  const random = seeded('images')
  const labels = Uint8Array.from({ length: 500 }, (_, image) => image % classCount)
  const pixels = [...labels].flatMap((label) =>
    Array.from({ length: side * side }, (_, pixel) => random() * 170 + (pixel === label ? 85 : 0)),
  )
  return { height: side, width: side, channels: 1, classCount, labels, images: Uint8Array.from(pixels) }
})()

type Player = { files: readonly TestFile[]; kind: OutputKind }
const heads = [
  { activation: 'softmax', kind: 'probabilities' },
  { activation: 'linear', kind: 'logits' },
  { activation: 'sigmoid', kind: 'sigmoids' },
] as const

/** 30 dense layers, each better or worse at seeing which pixel is bright, and more or less sure of it. */
export const models: readonly Player[] = Array.from({ length: 30 }, (_, index) => {
  const random = seeded(`model ${index}`)
  const [noise, scale] = [0.2 + random() * 1.2, 2 + random() * 6]
  const kernel = Float32Array.from({ length: side * side * classCount }, (_, at) => {
    const isOwn = Math.floor(at / classCount) === at % classCount
    return ((isOwn ? 0.9 : -0.06) + noise * (random() - 0.5)) * scale
  })
  const { activation, kind } = heads[index % 3] ?? heads[0]
  return { kind, files: denseModel([side, side, 1], kernel, activation) }
})

export type Team = { entryId: string; members: readonly TestClient[] }

/** Students who register one by one and come together by invitations, in teams of the sizes given. */
export async function formTeams(service: TestApp, round: Round, sizes: readonly number[]): Promise<Team[]> {
  const teams: Team[] = []
  for (const [index, size] of sizes.entries()) {
    const captain = await registeredStudent(service, round)
    const members = [captain]
    const entryUrl = `/api/rounds/${round.slug}/entry`
    await captain.request('PUT', entryUrl, { name: `Team ${index}` })
    const { id: entryId, inviteCode } = (await captain.request('PUT', `${entryUrl}/invite`)).json()
    while (members.length < size) {
      const student = await registeredStudent(service, round)
      const accepted = await student.post(`/api/invites/${inviteCode}/accept`)
      if (accepted.statusCode !== 200) throw new Error(accepted.body)
      members.push(student)
    }
    teams.push({ entryId, members })
  }
  return teams
}

/** Inspects each topology once: models that differ in their weights alone are read alike. */
export function inspectOnce(inspect: InspectModel): InspectModel {
  const known = new Map<string, ReturnType<InspectModel>>()
  return (files, spec) => {
    const topology = Buffer.from(files.find(({ name }) => name === 'model.json')?.bytes ?? []).toString()
    const inspected = known.get(topology) ?? inspect(files, spec)
    known.set(topology, inspected)
    return inspected
  }
}
