import { randomUUID } from 'node:crypto'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A browser, as far as routes can tell: it keeps cookies and says where its requests come from. */
export class TestClient {
  readonly #app: FastifyInstance
  readonly #cookies = new Map<string, string>()

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async request(
    method: Method,
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const options: InjectOptions = {
      method,
      url,
      headers: {
        host: 'taikai.test',
        origin: 'http://taikai.test',
        ...(this.#cookies.size > 0 && { cookie: this.cookie }),
        ...headers,
      },
      ...(body && { payload: body }),
    }
    const response = await this.#app.inject(options)
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return response
  }

  get(url: string, headers?: Record<string, string>) {
    return this.request('GET', url, undefined, headers)
  }

  post(url: string, body?: object, headers?: Record<string, string>) {
    return this.request('POST', url, body, headers)
  }
}

/** Answers to the questions that a new account is asked. Every call is another person. */
export function buildPerson(overrides: { name?: string; email?: string; password?: string } = {}) {
  return {
    name: 'Yuki',
    email: `${randomUUID()}@example.test`,
    password: 'correct horse battery',
    ...overrides,
  }
}
