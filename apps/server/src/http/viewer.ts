import type { Locale } from '@taikai/shared/locale'
import 'fastify'

/** Who asks. `via` tells a browser's session from a script's API key. */
export type Viewer = {
  id: string
  name: string
  email: string
  role: 'STUDENT' | 'INSTRUCTOR'
  via: 'session' | 'api-key'
  /** While an instructor sees the site as this student does: who really asks, and until when. */
  viewAs: ViewAs | null
}

type ViewAs = { instructorId: string; instructorName: string; until: Date }

/** Who may call a route: anyone, anyone signed in, or instructors. */
export type Access = 'public' | 'signed-in' | 'instructor'

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null
    locale: Locale
    /** The server's clock when the request's headers had arrived. */
    receivedAt: Date
  }
  interface FastifyContextConfig {
    access?: Access
    /** API keys are good for this route; without it they are not looked at. */
    apiKey?: true
    /** May be called, though it changes something, by an instructor who views the site as a student: it ends that. */
    endsViewAs?: true
  }
}
