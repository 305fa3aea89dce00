import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import helmet from 'helmet'
import { isApiRoute } from './access.ts'

/** Two, because that of styles stands where scripts and styles can read it. */
type Nonces = { style: string; script: string }

declare module 'fastify' {
  interface FastifyReply {
    /** What a page's own style elements and its inline script carry: new for each answer, and null in answers of the API. */
    nonces: Nonces | null
  }
}

/**
 * Security headers. On pages scripts come from us or carry the nonce, and wasm may be compiled (the preflight of models runs in the browser);
 * styles come from us or carry the nonce, because Mantine writes style elements. Answers of the API are no pages: whatever a browser
 * took one for, nothing in it would run or load. `https`: the public URL is https; on plain http (a LAN address) nothing may send the
 * browser to https, and headers that browsers ignore there are left out.
 */
export function registerSecurityHeaders(app: FastifyInstance, https: boolean): void {
  const setHeaders = helmet({
    strictTransportSecurity: https ? { maxAge: 180 * 24 * 3600, includeSubDomains: false } : false,
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
    contentSecurityPolicy: false, // below: it differs from answer to answer
  })
  app.decorateReply('nonces', null)
  app.addHook('onRequest', (request, reply, done) => {
    if (isApiRoute(request.url)) {
      reply.raw.setHeader('content-security-policy', apiPolicy)
    } else {
      reply.nonces = { style: randomBytes(16).toString('hex'), script: randomBytes(16).toString('hex') }
      reply.raw.setHeader('content-security-policy', pagePolicy(reply.nonces, https))
    }
    setHeaders(request.raw, reply.raw, () => done())
  })
}

const apiPolicy = "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'"

function pagePolicy(nonces: Nonces, https: boolean): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' 'nonce-${nonces.script}'`,
    `style-src 'self' 'nonce-${nonces.style}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ]
  return directives.join(';')
}
