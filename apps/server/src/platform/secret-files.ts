import { readFileSync } from 'node:fs'

/** Variables that may be given as `NAME_FILE`, the path of a file that holds the value, as container engines hand over secrets. */
const names = [
  'DATABASE_URL',
  'DATABASE_PASSWORD',
  'REDIS_URL',
  'REDIS_PASSWORD',
  'AUTH_SECRET',
  'METRICS_TOKEN',
  'TAIKAI_ADMIN_PASSWORD',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
] as const

export type ResolvedSecrets = { env: NodeJS.ProcessEnv; faults: string[] }

/**
 * The environment with the content of secret files in place of their paths, and with the passwords that were given apart
 * (DATABASE_PASSWORD, REDIS_PASSWORD) in their addresses. What is resolved already stays as it is. Faults name variables and
 * files, never a value.
 */
export function resolveSecrets(given: NodeJS.ProcessEnv): ResolvedSecrets {
  const env = { ...given }
  const faults: string[] = []
  for (const name of names) {
    const path = env[`${name}_FILE`]
    delete env[`${name}_FILE`]
    if (!path) continue
    if (env[name]) faults.push(`${name}_FILE: must not be set together with ${name}`)
    else {
      try {
        env[name] = readFileSync(path, 'utf8').trimEnd()
        if (env[name] === '') faults.push(`${name}_FILE: the file ${path} is empty`)
      } catch {
        faults.push(`${name}_FILE: the file ${path} cannot be read`)
      }
    }
  }
  for (const service of ['DATABASE', 'REDIS'] as const) {
    const password = env[`${service}_PASSWORD`]
    delete env[`${service}_PASSWORD`]
    const url = env[`${service}_URL`]
    // An address that is not one is told by whoever needs it.
    if (!password || !url || !URL.canParse(url)) continue
    const address = new URL(url)
    if (address.password !== '') faults.push(`${service}_PASSWORD: ${service}_URL has a password already`)
    address.password = encodeURIComponent(password)
    env[`${service}_URL`] = address.toString()
  }
  return { env, faults }
}
