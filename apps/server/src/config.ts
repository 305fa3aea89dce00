import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EngineName, engineNames } from '@taikai/shared/model/engine-name'
import { z } from 'zod'
import { StartupError } from './platform/startup-error.ts'

export type S3Config = {
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

export type Config = {
  port: number
  host: string
  /** Where browsers reach the service; null: wherever they came from is trusted. */
  publicUrl: string | null
  dataDir: string
  databaseUrl: string
  /** null: the queue lives in the database. */
  redisUrl: string | null
  /** null: blobs are files in the data folder. */
  s3: S3Config | null
  /** Signs the sessions' cookies. */
  authSecret: string
  adminEmail: string | null
  adminPassword: string | null
  scoringEngine: 'auto' | EngineName
  /** Runs that one worker scores at once. */
  scoringConcurrency: number
  scoringTimeoutMs: number
  /** How long a worker that is told to stop lets its runs go on before it gives them back. */
  scoringStopMs: number
  scoringMemoryBytes: number
  scoringSandbox: 'require' | 'best-effort'
  uploadMaxBytes: number
  logLevel: string
}

/** The data folder when DATA_DIR is not set: a part of the checkout, so that two checkouts never share one. */
export const defaultDataDir = fileURLToPath(new URL('../../../.data', import.meta.url))

const knownSecrets = [
  'change-me',
  'changeme',
  'change-me-change-me-change-me-change-me',
  'secret',
  'better-auth-secret',
]
const wholeNumber = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(min).max(max))
const address = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    )

const s3Names = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const
/** Each may be given as the path of a file that holds it, under its name with `_FILE`. */
const secretNames = ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const

const environmentSchema = z
  .object({
    PORT: wholeNumber(0, 65_535).default(3000),
    // All interfaces: phones on the seminar room's network are to reach it.
    HOST: z.string().default('0.0.0.0'),
    PUBLIC_URL: address('http:', 'https:').optional(),
    DATA_DIR: z.string().default(defaultDataDir),
    DATABASE_URL: address('postgresql:', 'postgres:'),
    REDIS_URL: address('redis:', 'rediss:').optional(),
    S3_ENDPOINT: address('http:', 'https:').optional(),
    S3_BUCKET: z.string().optional(),
    S3_REGION: z.string().optional(),
    S3_ACCESS_KEY_ID: z.string().optional(),
    S3_SECRET_ACCESS_KEY: z.string().optional(),
    AUTH_SECRET: z
      .string()
      .min(32, 'must have at least 32 characters')
      .refine((value) => !knownSecrets.includes(value.toLowerCase()), 'must not be an example from a manual'),
    TAIKAI_ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
    TAIKAI_ADMIN_PASSWORD: z.string().min(10, 'must have at least 10 characters').max(128).optional(),
    SCORING_ENGINE: z.enum(['auto', ...engineNames]).default('auto'),
    SCORING_CONCURRENCY: wholeNumber(1, 64).default(1),
    SCORING_TIMEOUT_S: wholeNumber(1, 24 * 3600).default(600),
    SCORING_STOP_S: wholeNumber(0, 24 * 3600).default(5),
    // Address space for data, as the kernel counts it: the engine alone takes about 700 MB before it has a model.
    SCORING_MEMORY_MB: wholeNumber(1024, 1024 ** 2).default(2048),
    SCORING_SANDBOX: z.enum(['require', 'best-effort']).default('best-effort'),
    UPLOAD_MAX_MB: wholeNumber(1, 4096).default(200),
    LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  })
  .refine((env) => (env.TAIKAI_ADMIN_EMAIL === undefined) === (env.TAIKAI_ADMIN_PASSWORD === undefined), {
    path: ['TAIKAI_ADMIN_PASSWORD'],
    error: 'must be set together with TAIKAI_ADMIN_EMAIL',
    when: () => true,
  })
  .refine((env) => new Set(s3Names.map((name) => env[name] === undefined)).size === 1, {
    path: ['S3_ENDPOINT'],
    error: `must be set together with ${s3Names.slice(1).join(', ')}, or none of them`,
    when: () => true,
  })

/** The environment holds values that cannot be used; the message lists all of them. */
export class ConfigError extends StartupError {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    const list = faults.map((fault) => `  ${fault}`).join('\n')
    super(
      '環境変数の値に誤りがあるため、起動できません。',
      `The environment's values cannot be used:\n${list}`,
    )
    this.faults = faults
  }
}

/** The configuration that the environment states; an empty variable counts as unset. Throws ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const stated = withSecretFiles(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== '')),
  )
  const result = environmentSchema.safeParse(stated)
  if (!result.success) {
    throw new ConfigError(
      result.error.issues.map(({ path, message }) => {
        const name = path.join('.')
        return `${name}: ${stated[name] === undefined && !message.startsWith('must be set') ? 'must be set' : message}`
      }),
    )
  }
  const values = result.data
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? null,
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL ?? null,
    s3: s3Of(values),
    authSecret: values.AUTH_SECRET,
    adminEmail: values.TAIKAI_ADMIN_EMAIL ?? null,
    adminPassword: values.TAIKAI_ADMIN_PASSWORD ?? null,
    scoringEngine: values.SCORING_ENGINE,
    scoringConcurrency: values.SCORING_CONCURRENCY,
    scoringTimeoutMs: values.SCORING_TIMEOUT_S * 1000,
    scoringStopMs: values.SCORING_STOP_S * 1000,
    scoringMemoryBytes: values.SCORING_MEMORY_MB * 1024 ** 2,
    scoringSandbox: values.SCORING_SANDBOX,
    uploadMaxBytes: values.UPLOAD_MAX_MB * 1024 ** 2,
    logLevel: values.LOG_LEVEL,
  }
}

function s3Of(values: z.infer<typeof environmentSchema>): S3Config | null {
  const [endpoint, bucket, region, accessKeyId, secretAccessKey] = s3Names.map((name) => values[name])
  if (!endpoint || !bucket || !region || !accessKeyId || !secretAccessKey) return null
  return { endpoint, bucket, region, accessKeyId, secretAccessKey }
}

/** With the content of the files that hold secrets. Throws ConfigError. */
function withSecretFiles(stated: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const faults: string[] = []
  const secrets: NodeJS.ProcessEnv = {}
  for (const name of secretNames) {
    const file = stated[`${name}_FILE`]
    if (file === undefined) continue
    try {
      secrets[name] = readFileSync(file, 'utf8').trim()
    } catch (error) {
      faults.push(`${name}_FILE: cannot be read (${error instanceof Error ? error.message : String(error)})`)
    }
    if (stated[name] !== undefined) faults.push(`${name}: must be set either itself or by ${name}_FILE`)
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return { ...stated, ...secrets }
}
