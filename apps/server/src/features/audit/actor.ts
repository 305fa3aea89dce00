import type { FastifyRequest } from 'fastify'
import { signedInViewer } from '../../http/access.ts'
import type { Actor } from './audit.repository.ts'

/** Who acts in a request of somebody who is signed in. */
export function actorOf(request: FastifyRequest): Actor & { id: string } {
  return { id: signedInViewer(request).id, ipAddress: request.ip }
}
