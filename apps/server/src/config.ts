import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EngineName, engineNames } from '@taikai/shared/model/engine-name'
import { z } from 'zod'
import { resolveSecrets } from './platform/secret-files.ts'
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
  /** Proxies whose word on whom they speak for is taken, as Fastify's `trustProxy` has them; null: nobody's. */
  trustedProxies: string | null
  /** What Prometheus sends to read /metrics; null: there is no /metrics. */
  metricsToken: string | null
  /** Requests to the API that one account may make; an address, behind which a class may sit, gets 25 times as many. */
  apiRequestsPerMinute: number
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

const proxyNames = ['loopback', 'linklocal', 'uniquelocal']
/** An address, a range as address/bits, or a name of well-known ranges. */
function isProxy(text: string): boolean {
  if (proxyNames.includes(text)) return true
  const [ip = '', bits] = text.split('/')
  const version = isIP(ip)
  if (version === 0 || bits === undefined) return version !== 0
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
}

const s3Names = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const

const environmentSchema = z
  .object({
    PORT: wholeNumber(0, 65_535).default(3000),
    // All interfaces: phones on the seminar room's network are to reach it.
    HOST: z.string().default('0.0.0.0'),
    PUBLIC_URL: address('http:', 'https:').optional(),
    TRUSTED_PROXIES: z
      .string()
      .refine(
        (value) => value.split(',').every((part) => isProxy(part.trim())),
        `must be addresses, ranges (10.0.0.0/8) or ${proxyNames.join(', ')}, with commas between`,
      )
      .optional(),
    METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
    // Far above what pages and patient scripts ask: it stops loops.
    API_REQUESTS_PER_MINUTE: wholeNumber(60, 1_000_000).default(1200),
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

/** The configuration that the environment and its secret files state; an empty variable counts as unset. Throws ConfigError. */
export function readConfig(given: NodeJS.ProcessEnv): Config {
  const { env, faults } = resolveSecrets(given)
  const stated = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = environmentSchema.safeParse(stated)
  if (!result.success) {
    for (const { path, message } of result.error.issues) {
      const name = path.join('.')
      // What its file should have held has been told above.
      if (stated[name] === undefined && faults.some((fault) => fault.startsWith(`${name}_FILE:`))) continue
      const isMissing = stated[name] === undefined && !message.startsWith('must be set')
      faults.push(`${name}: ${isMissing ? 'must be set' : message}`)
    }
  }
  if (!result.success || faults.length > 0) throw new ConfigError(faults)
  const values = result.data
  const https = values.PUBLIC_URL?.startsWith('https:') ?? false
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? null,
    // https is a proxy's work, and the usual proxy stands on the same machine.
    trustedProxies: values.TRUSTED_PROXIES ?? (https ? 'loopback' : null),
    metricsToken: values.METRICS_TOKEN ?? null,
    apiRequestsPerMinute: values.API_REQUESTS_PER_MINUTE,
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
