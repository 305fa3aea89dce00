import { setTimeout as delay } from 'node:timers/promises'
import { eventSchema } from '../packages/shared/src/wire/event.ts'
import { roundSchema } from '../packages/shared/src/wire/round.ts'
import {
  type Submission,
  submissionListSchema,
  submissionSchema,
} from '../packages/shared/src/wire/submission.ts'
import type { TestService } from '../scripts/test-service.ts'

type Upload = { name: string; bytes: Uint8Array<ArrayBuffer> }
/** Times as `Date.now()` gives them. */
type Watched = { submission: Submission; uploadedAt: number; answeredAt: number; shownAt: number }
export type Client = { submitAndWatch(files: readonly Upload[]): Promise<Watched> }

const unfinished = ['QUEUED', 'RUNNING']
const baselineCount = 3

/** Sets the service up, waits until the demo round's own models are scored, and joins the round as a student. */
export async function joinDemoRound({ url, setupUrl }: TestService): Promise<Client> {
  const person = (name: string) => ({ name, email: `${name}@example.com`, password: `${name}-password` })
  const token = new URL(setupUrl).searchParams.get('token')
  const instructor = await signedIn(`${url}/api/setup`, { token, ...person('instructor') })
  const baselinesDone = async () => {
    const list = await getJson(`${url}/api/rounds/demo/submissions`, instructor).catch(() => null)
    const submissions = list === null ? [] : submissionListSchema.parse(list).submissions
    return submissions.filter(({ status }) => !unfinished.includes(status)).length >= baselineCount
  }
  while (!(await baselinesDone())) await delay(500)
  const round = roundSchema.parse(await getJson(`${url}/api/rounds/demo`, instructor))
  const joinCode = round.admin?.joinCode
  const student = await signedIn(`${url}/api/register`, { joinCode, ...person('benchmark-student') })
  return { submitAndWatch: (files) => submitAndWatch(url, student, files) }
}

/** What the submit page does: an event stream that is open already, the upload, and a look at each event about it. */
async function submitAndWatch(url: string, cookie: string, files: readonly Upload[]): Promise<Watched> {
  const ended = new AbortController()
  const stream = await fetch(`${url}/api/events`, {
    headers: { cookie, accept: 'text/event-stream' },
    signal: ended.signal,
  })
  const events = topics(stream)
  await events.next() // hello: from here on nothing is missed
  try {
    const form = new FormData()
    form.append('meta', JSON.stringify({ label: 'overhead', preprocessing: { preset: 'signed' } }))
    for (const { name, bytes } of files) form.append('files', new File([bytes], name))
    const encoded = new Response(form)
    const body = await encoded.arrayBuffer()
    // The upload takes about a millisecond on this machine: it counts as overhead.
    const uploadedAt = Date.now()
    const response = await fetch(`${url}/api/rounds/demo/submissions`, {
      method: 'POST',
      headers: { cookie, 'content-type': encoded.headers.get('content-type') ?? '' },
      body,
    })
    if (response.status !== 201) throw new Error(await response.text())
    const { id } = submissionSchema.parse(await response.json())
    const answeredAt = Date.now()
    const look = async () => submissionSchema.parse(await getJson(`${url}/api/submissions/${id}`, cookie))
    let submission = await look()
    while (unfinished.includes(submission.status)) {
      const { value: topic, done } = await events.next()
      if (done) throw new Error('the event stream ended')
      if (topic === `submission/${id}`) submission = await look()
    }
    return { submission, uploadedAt, answeredAt, shownAt: Date.now() }
  } finally {
    ended.abort()
  }
}

/** The topics of an event stream, as they come. */
async function* topics(response: Response): AsyncGenerator<string, void> {
  if (response.body === null) throw new Error('no event stream')
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (text + chunk).split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('data:')) yield eventSchema.parse(JSON.parse(line.slice('data:'.length))).topic
    }
  }
}

/** Posts what signs somebody in; gives the cookies. */
async function signedIn(url: string, body: object): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
}

async function getJson(url: string, cookie: string): Promise<unknown> {
  const response = await fetch(url, { headers: { cookie } })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return response.json()
}
