import { expect, it } from 'vitest'
import { buildTestApp } from '../../test/build-test-app.ts'

it('is ready while database and queue answer', async () => {
  const service = await buildTestApp()
  for (const url of ['/healthz', '/readyz']) {
    const response = await service.app.inject(url)
    expect([url, response.statusCode, response.json()]).toEqual([url, 200, { status: 'ok' }])
  }
  await service.close()
})

it('is alive but not ready while the queue does not answer', async () => {
  const queue = {
    wake: async () => {},
    topUp: async () => {},
    ping: () => Promise.reject(new Error('connection refused')),
    close: async () => {},
  }
  const service = await buildTestApp({ queue })
  expect((await service.app.inject('/healthz')).statusCode).toBe(200)
  const response = await service.app.inject('/readyz')
  await service.close()
  expect([response.statusCode, response.json().code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
})
