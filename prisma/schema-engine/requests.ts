import { z } from 'zod'

// What Prisma's command line sends: the types of @prisma/schema-engine-wasm, as far as the five commands that we use need them.

const filters = z.object({ externalTables: z.array(z.string()), externalEnums: z.array(z.string()) })

const schema = z.object({ files: z.array(z.object({ path: z.string(), content: z.string() })) })

const migrationsList = z.object({
  baseDir: z.string(),
  lockfile: z.object({ path: z.string(), content: z.string().nullable() }),
  shadowDbInitScript: z.string(),
  migrationDirectories: z.array(
    z.object({
      path: z.string(),
      migrationFile: z.object({
        path: z.string(),
        content: z.discriminatedUnion('tag', [
          z.object({ tag: z.literal('ok'), value: z.string() }),
          z.object({ tag: z.literal('error'), value: z.string() }),
        ]),
      }),
    }),
  ),
})

const diffTarget = z.discriminatedUnion('tag', [
  z.object({ tag: z.literal('empty') }),
  z.object({ tag: z.literal('schemaDatamodel'), ...schema.shape }),
  z.object({ tag: z.literal('migrations'), ...migrationsList.shape }),
  z.object({ tag: z.literal('schemaDatasource'), ...schema.shape, configDir: z.string() }),
])

const request = <Method extends string, Params extends z.ZodType>(method: Method, params: Params) =>
  z.object({ id: z.union([z.number(), z.string()]), method: z.literal(method), params })

/** One line of standard input. */
export const requestSchema = z.discriminatedUnion(
  'method',
  [
    request('applyMigrations', z.object({ migrationsList, filters })),
    request(
      'createMigration',
      z.object({ migrationsList, filters, schema, migrationName: z.string(), draft: z.boolean() }),
    ),
    request('devDiagnostic', z.object({ migrationsList, filters })),
    request(
      'diagnoseMigrationHistory',
      z.object({ migrationsList, filters, optInToShadowDatabase: z.boolean() }),
    ),
    request(
      'diff',
      z.object({
        from: diffTarget,
        to: diffTarget,
        script: z.boolean(),
        exitCode: z.boolean().nullable(),
        filters,
      }),
    ),
    request('evaluateDataLoss', z.object({ migrationsList, filters, schema })),
    request('reset', z.object({ filter: filters })),
  ],
  { error: 'only migrate deploy, dev, diff, status and reset are possible here (docs/decisions/006)' },
)

export type Request = z.infer<typeof requestSchema>
