import type { FastifyRequest } from 'fastify'
import { signedInViewer } from '../../http/access.ts'
import type { Actor } from './audit.repository.ts'

/** Who acts in a request of somebody who is signed in: the instructor, also while they view the site as a student. */
export function actorOf(request: FastifyRequest): Actor & { id: string } {
  const { id, viewAs } = signedInViewer(request)
  return { id: viewAs?.instructorId ?? id, ipAddress: request.ip }
}
