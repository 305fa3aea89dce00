import { problemSchema } from '@taikai/shared/wire/problem'
import type { FastifyInstance, FastifySchemaCompiler, RouteOptions } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { isApiRoute } from './access.ts'
import { InvalidRequestError } from './invalid-request.ts'

/** What every route may answer beside its own responses. */
const problemResponses = { '4xx': problemSchema, '5xx': problemSchema }

/** Parses with the zod schema itself, and gives the handler what it made of the input. */
const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data) => {
    const result = schema.safeParse(data)
    return result.success ? { value: result.data } : { error: new InvalidRequestError(schema, data) }
  }

/** Fails at registration for a route under /api without a response schema; gives every route the shape of errors. */
function requireResponseSchema(route: RouteOptions): void {
  if (!isApiRoute(route.url)) return
  const declared = route.schema?.response
  if (typeof declared !== 'object' || declared === null || Object.keys(declared).length === 0) {
    throw new Error(`Route ${String(route.method)} ${route.url} declares no response schema`)
  }
  route.schema = { ...route.schema, response: { ...problemResponses, ...declared } }
}

/** Response schemas are the output allow-list: what has none does not leave. */
export function registerSchemas(app: FastifyInstance): void {
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.addHook('onRoute', requireResponseSchema)
  app.addHook('preSerialization', async (request, reply, payload) => {
    const { url = '', schema } = request.routeOptions
    if (isApiRoute(url) && !hasSchema(schema?.response, reply.statusCode)) {
      throw new Error(`Route ${request.method} ${url} answers ${reply.statusCode} without a response schema`)
    }
    return payload
  })
}

function hasSchema(response: unknown, status: number): boolean {
  if (typeof response !== 'object' || response === null) return false
  return String(status) in response || `${Math.floor(status / 100)}xx` in response
}
