import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import type { Config } from '../../config.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'

const daySeconds = 24 * 3600

/**
 * Passwords, sessions and API keys. None of better-auth's own HTTP endpoints is mounted: our routes call its functions,
 * so that sign-up needs a join code or a set-up link and no key opens a session.
 */
export function createAuth({ prisma, config }: { prisma: PrismaClient; config: Config }) {
  const https = config.publicUrl?.startsWith('https://') ?? false
  return betterAuth({
    baseURL: config.publicUrl ?? `http://localhost:${config.port}`,
    secret: config.authSecret,
    telemetry: { enabled: false },
    // What fails is thrown, and logged by our error handler.
    logger: { disabled: true },
    database: prismaAdapter(prisma, { provider: 'postgresql' }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    user: {
      additionalFields: {
        role: { type: ['STUDENT', 'INSTRUCTOR'], required: true, input: false },
        deactivatedAt: { type: 'date', required: false, input: false },
      },
    },
    session: { expiresIn: 30 * daySeconds, updateAge: daySeconds },
    advanced: {
      // Browsers keep no Secure cookie that came by plain http, as on a seminar room's network. With https the cookie's name itself
      // says __Host-: a browser takes it from this very host only, so that no sister site can plant one.
      useSecureCookies: false,
      cookiePrefix: https ? '__Host-taikai' : 'taikai',
      defaultCookieAttributes: { secure: https },
    },
    databaseHooks: {
      session: {
        create: {
          // A deactivated account gets no session, whatever asks for one.
          before: async (session) => {
            const user = await prisma.user.findUnique({ where: { id: session.userId } })
            return user === null || user.deactivatedAt !== null ? false : undefined
          },
        },
      },
    },
    // The plugin's own limit counts 10 requests a day; ours are in http/rate-limit.ts.
    plugins: [
      apiKey({
        rateLimit: { enabled: false },
        defaultPrefix: 'taikai_',
        maximumNameLength: 60,
        startingCharactersConfig: { charactersLength: 12 },
      }),
    ],
  })
}

export type Auth = ReturnType<typeof createAuth>
