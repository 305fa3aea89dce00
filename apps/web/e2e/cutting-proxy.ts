import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'

/**
 * A way to the service whose connection breaks, until it is mended, when the answer to an upload comes back: what was sent has
 * arrived, and its sender does not know. (Chromium itself sends again once what it sent on a connection that was open before.)
 */
export async function startCuttingProxy(
  target: string,
): Promise<{ origin: string; mend(): void; stop(): Promise<void> }> {
  let mended = false
  const server = createServer((request, response) => {
    const isUpload = request.method === 'POST' && request.url?.endsWith('/submissions') === true
    const upstream = httpRequest(
      new URL(request.url ?? '/', target),
      { method: request.method, headers: request.headers },
      (answer) => {
        if (isUpload && !mended) {
          answer.resume()
          request.socket.destroy()
          return
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    // The browser leaves streams when it goes on to another page.
    response.on('close', () => upstream.destroy())
    upstream.on('error', () => response.destroy())
    request.pipe(upstream)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has a port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    mend: () => {
      mended = true
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
