import { TaikaiError } from '@taikai/shared/errors'
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { preferredLocale } from './accept-language.ts'
import { isSameOrigin } from './same-origin.ts'
import type { Viewer } from './viewer.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a request asks only, and changes nothing. */
export function isSafe(method: string): boolean {
  return safeMethods.has(method)
}

export type AccessOptions = {
  publicUrl: string | null
  now: () => Date
  /** Who asks by cookie; `setCookies` renew a sliding session. Where the request changes something, as the database says now. */
  viewerBySession(request: FastifyRequest): Promise<{ viewer: Viewer | null; setCookies: string[] }>
  viewerByApiKey(key: string): Promise<Viewer | null>
}

export function isApiRoute(url: string): boolean {
  return url === '/api' || url.startsWith('/api/')
}

/** Fails at registration for a route under /api that does not say who may call it. */
function requireAccess(route: RouteOptions): void {
  if (isApiRoute(route.url) && route.config?.access === undefined) {
    throw new Error(`Route ${String(route.method)} ${route.url} declares no config.access`)
  }
}

/**
 * Finds out who asks, and refuses who may not, before a body is read.
 * API keys are looked at only where the route says so; elsewhere a request with a key is a request without a session.
 */
export function registerAccess(app: FastifyInstance, options: AccessOptions): void {
  app.addHook('onRoute', requireAccess)
  app.decorateRequest('viewer', null)
  app.decorateRequest('locale', 'ja')
  app.decorateRequest('receivedAt')

  app.addHook('onRequest', async (request, reply) => {
    request.receivedAt = options.now()
    request.locale = preferredLocale(request.headers['accept-language'])
    const { access, apiKey, endsViewAs } = request.routeOptions.config
    if (access === undefined) return

    const key = request.headers['x-api-key']
    if (typeof key === 'string') {
      if (apiKey) request.viewer = await options.viewerByApiKey(key)
      // A wrong key is told, not treated as no key.
      if (request.viewer === null) throw new TaikaiError('UNAUTHENTICATED')
    } else {
      if (!isSafe(request.method) && !isSameOrigin(request.headers, options.publicUrl)) {
        throw new TaikaiError('CROSS_SITE_REQUEST')
      }
      const session = await options.viewerBySession(request)
      request.viewer = session.viewer
      for (const cookie of session.setCookies) reply.header('set-cookie', cookie)
    }
    if (request.viewer?.viewAs && !isSafe(request.method) && !endsViewAs) {
      throw new TaikaiError('VIEW_AS_READ_ONLY')
    }
    if (access !== 'public' && request.viewer === null) throw new TaikaiError('UNAUTHENTICATED')
    if (access === 'instructor' && request.viewer?.role !== 'INSTRUCTOR') throw new TaikaiError('FORBIDDEN')
  })
}

/** The viewer of a route that is not public: the access hook has refused everybody else. */
export function signedInViewer(request: FastifyRequest): Viewer {
  if (request.viewer === null) throw new TaikaiError('UNAUTHENTICATED')
  return request.viewer
}
