// A process of open pages, for event-fan-out.ts: sockets that hear events, and ask for the ranking when one comes, all at once.
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'

export type PagesRequest =
  | { kind: 'open'; address: string; pages: number; cookie: string }
  | { kind: 'hear'; topic: string; fetch: string }
/** Times as `Date.now()` gives them, one for each page. */
export type PagesAnswer = { heardAt: number[]; answeredAt: number[] }

/** How many pages connect at once. */
const opening = 50

const streams: IncomingMessage[] = []
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
let origin = ''
let cookies = ''

/** Every second page is a student's, the others are visitors'. */
const headersOf = (page: number) => ({
  'accept-encoding': 'gzip',
  ...(page % 2 === 0 && { cookie: cookies }),
})

async function request(path: string, page: number): Promise<IncomingMessage> {
  const [response]: IncomingMessage[] = await once(
    get(`${origin}${path}`, { agent, headers: headersOf(page) }),
    'response',
  )
  if (response?.statusCode !== 200) throw new Error(`${path} was answered with ${response?.statusCode}`)
  return response
}

async function openPages(pages: number): Promise<void> {
  while (streams.length < pages) {
    const numbers = Array.from(
      { length: Math.min(opening, pages - streams.length) },
      (_, n) => streams.length + n,
    )
    const opened = await Promise.all(
      numbers.map(async (page) => {
        const stream = await request('/api/events', page)
        await once(stream, 'data') // hello
        return stream
      }),
    )
    streams.push(...opened)
  }
}

/** When a page hears of the topic, and when it has the ranking that it asks for then. */
async function hear(stream: IncomingMessage, page: number, topic: string, path: string) {
  await new Promise<void>((resolve) => {
    const receive = (chunk: Buffer) => {
      if (!chunk.includes(topic)) return
      stream.off('data', receive)
      stream.resume()
      resolve()
    }
    stream.on('data', receive)
  })
  const heardAt = Date.now()
  const response = await request(path, page)
  response.resume()
  await once(response, 'end')
  return { heardAt, answeredAt: Date.now() }
}

process.on('message', async (message: PagesRequest) => {
  if (message.kind === 'open') {
    origin = message.address
    cookies = message.cookie
    await openPages(message.pages)
    process.send?.({ heardAt: [], answeredAt: [] } satisfies PagesAnswer)
    return
  }
  const { topic, fetch } = message
  const heard = await Promise.all(streams.map((stream, page) => hear(stream, page, topic, fetch)))
  process.send?.({
    heardAt: heard.map(({ heardAt }) => heardAt),
    answeredAt: heard.map(({ answeredAt }) => answeredAt),
  } satisfies PagesAnswer)
})
