import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import etag from '@fastify/etag'
import { TaikaiError } from '@taikai/shared/errors'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { accountRoutes } from './features/accounts/accounts.routes.ts'
import { apiKeyRoutes } from './features/accounts/api-keys.routes.ts'
import type { Auth } from './features/accounts/auth.ts'
import { createKnownSessions } from './features/accounts/known-sessions.ts'
import { ownPasswordRoutes } from './features/accounts/own-password.routes.ts'
import { viewerByApiKey } from './features/accounts/sessions.ts'
import { viewAsRoutes } from './features/accounts/view-as.routes.ts'
import { announcementRoutes } from './features/announcements/announcements.routes.ts'
import { auditRoutes } from './features/audit/audit.routes.ts'
import { backupRoutes } from './features/backup/backup.routes.ts'
import { backupFolder } from './features/backup/nightly-backups.ts'
import { datasetRoutes } from './features/datasets/datasets.routes.ts'
import { downloadRoutes } from './features/datasets/downloads.routes.ts'
import type { OfficialFile } from './features/datasets/formats/official-files.ts'
import { trainingSampleRoutes } from './features/datasets/training-sample.routes.ts'
import { entryRoutes } from './features/entries/entries.routes.ts'
import { entryAdminRoutes } from './features/entries/entries-admin.routes.ts'
import { teamRoutes } from './features/entries/teams.routes.ts'
import { eventRoutes } from './features/events/events.routes.ts'
import { exportRoutes } from './features/exports/exports.routes.ts'
import { historyRoutes } from './features/leaderboard/history.routes.ts'
import { leaderboardRoutes } from './features/leaderboard/leaderboard.routes.ts'
import { createLeaderboards } from './features/leaderboard/leaderboard.service.ts'
import { publishStandingsAgain, type RenewStandings } from './features/leaderboard/publish.service.ts'
import { standingRoutes } from './features/leaderboard/standing.routes.ts'
import { registerMetrics } from './features/metrics/metrics.routes.ts'
import { overviewRoutes } from './features/overview/overview.routes.ts'
import { passwordLinkRoutes } from './features/people/password-links.routes.ts'
import { peopleRoutes } from './features/people/people.routes.ts'
import { rosterRoutes } from './features/people/roster.routes.ts'
import { pythonClientRoutes } from './features/python-client/python-client.routes.ts'
import { rescoreRoutes } from './features/rescores/rescores.routes.ts'
import { archiveRoutes } from './features/round-archive/archive.routes.ts'
import { roundChangeRoutes } from './features/round-changes/round-changes.routes.ts'
import { createKnownRounds } from './features/rounds/known-rounds.ts'
import { createPublicCounts } from './features/rounds/public-counts.ts'
import { roundRoutes } from './features/rounds/rounds.routes.ts'
import { submissionTableRoutes } from './features/submission-table/table.routes.ts'
import { decisionRoutes } from './features/submissions/decisions.routes.ts'
import { interventionRoutes } from './features/submissions/interventions.routes.ts'
import { resultRoutes } from './features/submissions/results.routes.ts'
import { submissionFileRoutes } from './features/submissions/submission-files.routes.ts'
import { submissionsRoutes } from './features/submissions/submissions.routes.ts'
import { waitingRoutes } from './features/submissions/waiting.routes.ts'
import type { PrismaClient } from './generated/prisma/client.ts'
import { isSafe, registerAccess } from './http/access.ts'
import { healthRoutes } from './http/health.routes.ts'
import { openApiRoutes, registerOpenApi } from './http/open-api.ts'
import { handleError } from './http/problem.ts'
import { registerRateLimits } from './http/rate-limit.ts'
import { registerSchemas } from './http/schemas.ts'
import { registerSecurityHeaders } from './http/security-headers.ts'
import { registerWebPages } from './http/web-pages.ts'
import type { ScoringQueue } from './jobs/scoring-queue.ts'
import type { BlobStore } from './platform/blob-store.ts'
import type { EventHub } from './platform/events.ts'
import type { InspectModel } from './scoring/inspector.ts'

export type AppDeps = {
  config: Config
  prisma: PrismaClient
  blobs: BlobStore
  queue: ScoringQueue
  inspect: InspectModel
  auth: Auth
  events: EventHub
  /** Where official datasets can be downloaded. */
  officialFiles: readonly OfficialFile[]
  logger: Logger
  now: () => Date
  /** Folder of the built pages; null serves the API only. */
  webRoot: string | null
}

const jsonBodyBytes = 1024 ** 2
/** A whole request with its upload: a 40 MB model over a phone's slow line. */
const requestTimeoutMs = 10 * 60_000
const keepAliveTimeoutMs = 65_000

/** The whole HTTP service, in the order in which a request meets its parts. Registers everything and never listens. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { config, prisma, auth, events, blobs, queue, inspect, now } = deps
  const https = config.publicUrl?.startsWith('https://') ?? false
  const loggerInstance: FastifyBaseLogger = deps.logger
  const app = Fastify({
    loggerInstance,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    // Two lines for each request bury what matters; one at `debug` is written below.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: jsonBodyBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    trustProxy: config.trustedProxies ?? false,
    routerOptions: { maxParamLength: 200 },
  })

  app.setErrorHandler(handleError)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    // Browsers may keep an answer, and ask each time whether it still holds (ETag, 304).
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'private, no-cache')
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    request.log.debug(
      { method, path: loggedPath(request), status: reply.statusCode, ms: reply.elapsedTime },
      'answered',
    )
  })
  if (config.metricsToken !== null) registerMetrics(app, { prisma, token: config.metricsToken })
  registerSchemas(app)
  await registerRateLimits(app, config)
  const sessions = createKnownSessions({ auth, prisma, events, now })
  const knownRounds = createKnownRounds({ prisma, events })
  // What a request changed holds on this server before it is answered; other servers hear of it by NOTIFY.
  app.addHook('onSend', ({ method, viewer }, _reply, _payload, done) => {
    if (!isSafe(method)) {
      knownRounds.forget()
      // Instructors change anybody's account, others their own.
      if (viewer !== null) sessions.forget(viewer.role === 'INSTRUCTOR' ? undefined : viewer.id)
    }
    done()
  })
  registerAccess(app, {
    publicUrl: config.publicUrl,
    now,
    viewerBySession: ({ method, headers }) =>
      isSafe(method) ? sessions.known(headers) : sessions.current(headers),
    viewerByApiKey: (key) => viewerByApiKey({ auth, prisma }, key),
  })
  registerSecurityHeaders(app, https)
  await app.register(etag, { weak: true })
  await app.register(compress)
  await registerOpenApi(app)

  const publicCounts = createPublicCounts(blobs)
  const leaderboards = createLeaderboards({ prisma, events, publicCounts })
  const renewStandings: RenewStandings = (tx, slug) => publishStandingsAgain(tx, slug, publicCounts, now())
  await app.register(healthRoutes, {
    probes: [() => prisma.$queryRaw`SELECT 1`, () => queue.ping(), () => blobs.ping()],
  })
  await app.register(openApiRoutes)
  await app.register(accountRoutes, { prisma, auth, now })
  await app.register(apiKeyRoutes, { prisma, auth })
  await app.register(viewAsRoutes, { prisma, auth, now })
  await app.register(passwordLinkRoutes, { prisma, auth, now })
  await app.register(ownPasswordRoutes, { prisma, auth, now })
  await app.register(peopleRoutes, { prisma, renewStandings, now })
  await app.register(rosterRoutes, { prisma, renewStandings })
  await app.register(roundRoutes, { prisma, publicCounts, now })
  await app.register(roundChangeRoutes, { prisma, publicCounts, now })
  await app.register(announcementRoutes, { prisma, now })
  await app.register(teamRoutes, { prisma, now })
  await app.register(entryAdminRoutes, { prisma, renewStandings, now })
  await app.register(entryRoutes, { prisma, renewStandings, now })
  await app.register(submissionsRoutes, { config, prisma, blobs, queue, inspect, now })
  await app.register(submissionFileRoutes, { prisma, blobs })
  await app.register(waitingRoutes, { prisma })
  await app.register(interventionRoutes, { config, prisma, blobs, queue, inspect, now })
  await app.register(submissionTableRoutes, { prisma, queue, renewStandings, now })
  await app.register(leaderboardRoutes, { prisma, leaderboards, knownRounds, publicCounts, now })
  await app.register(exportRoutes, { config, prisma, blobs, leaderboards, now })
  await app.register(archiveRoutes, { config, prisma, blobs, now })
  await app.register(decisionRoutes, { prisma, renewStandings, now })
  await app.register(resultRoutes, { prisma })
  await app.register(rescoreRoutes, { prisma, queue, renewStandings, now })
  await app.register(historyRoutes, { prisma, publicCounts, now })
  await app.register(standingRoutes, { prisma, leaderboards, now })
  await app.register(datasetRoutes, { config, prisma, blobs, now })
  await app.register(auditRoutes, { prisma })
  await app.register(backupRoutes, {
    prisma,
    databaseUrl: config.databaseUrl,
    blobs,
    folder: backupFolder(config.dataDir),
    now,
    logger: deps.logger,
  })
  await app.register(overviewRoutes, {
    prisma,
    dataDir: config.dataDir,
    backupFolder: backupFolder(config.dataDir),
    startedAt: now(),
    now,
  })
  await app.register(downloadRoutes, { config, prisma, blobs, now, officialFiles: deps.officialFiles })
  await app.register(trainingSampleRoutes, { prisma, blobs, now })
  await app.register(eventRoutes, {
    events,
    knownRounds,
    now,
    viewerOf: async (request) => (await sessions.current(request.headers)).viewer,
  })
  await app.register(pythonClientRoutes, { publicUrl: config.publicUrl })
  if (deps.webRoot !== null) await registerWebPages(app, deps.webRoot)
  else app.setNotFoundHandler(refuseUnknownPath)
  return app
}

/** Of a request's address what opens no door: set-up links, join codes and invitations stand in addresses too. */
function loggedPath({ url, routeOptions }: FastifyRequest): string | undefined {
  const template = routeOptions.url
  if (template === undefined) return 'a page'
  return template.includes(':code') ? template : url.split('?')[0]
}

function refuseUnknownPath(): never {
  throw new TaikaiError('NOT_FOUND')
}
