import { overviewSchema } from '@taikai/shared/wire/overview'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { type OverviewDeps, readOverview } from './overview.service.ts'

/** The one page that tells instructors whether all is well. */
export const overviewRoutes: FastifyPluginAsyncZod<OverviewDeps & { now: () => Date }> = async (
  app,
  deps,
) => {
  app.get(
    '/api/overview',
    { config: { access: 'instructor' }, schema: { response: { 200: overviewSchema } } },
    async () => readOverview(deps, deps.now()),
  )
}
