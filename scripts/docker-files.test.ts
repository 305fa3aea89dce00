import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { root } from './check-steps.ts'

const texts = z.array(z.string())
/** What every container is held to. */
const serviceSchema = z.looseObject({
  image: z.string().regex(/:\d[\w.-]*$/, 'a pinned version'),
  user: z.string().regex(/^[1-9]\d*:[1-9]\d*$/, 'not root'),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  cap_add: z.undefined().optional(),
  privileged: z.undefined().optional(),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  mem_limit: z.string(),
  pids_limit: z.number().min(32).max(512),
  restart: z.enum(['unless-stopped', 'on-failure']),
  tmpfs: texts.min(1),
  healthcheck: z.looseObject({}),
  secrets: texts.min(1),
  environment: z.record(z.string(), z.string()).optional(),
  networks: texts,
  volumes: texts.default([]),
  ports: texts.default([]),
  profiles: texts.default([]),
  build: z.object({ target: z.string() }).loose().optional(),
})
const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  volumes: z.record(z.string(), z.null()),
})
const compose = composeSchema.parse(
  parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }),
)
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')
const services = Object.entries(compose.services)

describe('docker-compose.yml', () => {
  it('has what the service consists of, the GPU and the development server on request only', () => {
    const withProfile = (profile?: string) =>
      services.filter(([, { profiles }]) => profiles[0] === profile).map(([name]) => name)
    expect(withProfile()).toEqual(['migrate', 'server', 'worker', 'postgres', 'redis', 's3'])
    expect(withProfile('gpu')).toEqual(['worker-gpu'])
    expect(withProfile('dev')).toEqual(['server-dev'])
  })

  it('opens the server alone, on this machine, and gives only it a way out', () => {
    expect(services.filter(([, { ports }]) => ports.length > 0).map(([name]) => name)).toEqual([
      'server',
      'server-dev',
    ])
    expect(services.filter(([, { networks }]) => networks.includes('front')).map(([name]) => name)).toEqual([
      'server',
      'server-dev',
    ])
    expect(compose.services.server?.ports).toEqual([expect.stringContaining('BIND_ADDRESS:-127.0.0.1}:')])
  })

  it('hands secrets over in files, which docker/make-secrets.sh draws', () => {
    for (const [name, { environment = {}, secrets }] of services) {
      for (const [variable, value] of Object.entries(environment)) {
        expect(`${name} ${variable}=${value}`).not.toMatch(/(PASSWORD|SECRET|TOKEN|KEY_ID|_KEY)=/)
        const [, secret] = /^\/run\/secrets\/(.+)$/.exec(value) ?? []
        if (secret !== undefined) expect(secrets, name).toContain(secret)
      }
    }
    const folder = join(mkdtempSync(join(tmpdir(), 'taikai-drawn-')), 'secrets')
    const draw = () => spawnSync(join(root, 'docker/make-secrets.sh'), [folder], { encoding: 'utf8' })
    const read = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(draw()).toMatchObject({ status: 0, stderr: '' })
    expect(readdirSync(folder).sort()).toEqual(Object.keys(compose.secrets).sort())
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const drawn = read()
    expect(new Set(drawn).size).toBe(drawn.length)
    for (const secret of drawn) expect(secret).toMatch(/^(GK)?[0-9a-f]{24,64}$/)
    draw()
    expect(read()).toEqual(drawn)
    rmSync(join(folder, '..'), { recursive: true })
  })

  it('mounts volumes that it declares, and scripts of this checkout', () => {
    for (const volume of services.flatMap(([, { volumes }]) => volumes)) {
      const [source = ''] = volume.split(':')
      if (source.startsWith('./')) expect(statSync(join(root, source))).toBeTruthy()
      else expect(Object.keys(compose.volumes)).toContain(source)
    }
  })

  it('leaves no variable without a word in .env.example or a default', () => {
    const told = readFileSync(join(root, '.env.example'), 'utf8')
    const files = ['docker-compose.yml', 'docker/publish.yml'].map((file) =>
      readFileSync(join(root, file), 'utf8'),
    )
    for (const [, name, rest] of files.join('\n').matchAll(/\$\{(\w+)(.*?)\}/g))
      expect(told.includes(`${name}=`) || rest?.startsWith(':-'), name).toBe(true)
  })
})

describe('the Dockerfile', () => {
  it('has no fault, pinned bases, and every stage that is built', () => {
    expect(validate(dockerfile).map(({ message }) => message)).toEqual([])
    const stages = [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, base, name]) => ({
      base,
      name,
    }))
    expect(stages).toHaveLength([...dockerfile.matchAll(/^FROM/gm)].length)
    const names = stages.map(({ name }) => name)
    for (const { base } of stages) if (!names.includes(base)) expect(base).toMatch(/:v?\d+\.\d+\.\d+[\w.-]*$/)
    for (const [, { build }] of services) if (build !== undefined) expect(names).toContain(build.target)
  })

  it('starts as a user that is not root, whatever is built', () => {
    for (const stage of ['server', 'worker-gpu', 's3']) {
      const text = dockerfile.slice(dockerfile.indexOf(` AS ${stage}\n`)).split(/^FROM /m)[0]
      expect(text).toMatch(/^USER node$/m)
    }
  })

  it('and the compose file call scripts that are there, executable and without a fault of syntax', () => {
    const scripts = readdirSync(join(root, 'docker')).filter((name) => name.endsWith('.sh'))
    for (const name of scripts) {
      const path = join(root, 'docker', name)
      expect(statSync(path).mode & 0o111, name).toBe(0o111)
      expect(spawnSync('sh', ['-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
    }
    for (const [, name] of dockerfile.matchAll(/docker\/([\w-]+\.sh)/g)) expect(scripts).toContain(name)
  })
})

describe('docs/operations.md and SECURITY.md', () => {
  const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8')
  const security = readFileSync(join(root, 'SECURITY.md'), 'utf8')

  it('give commands of services and files that are there', () => {
    const commands = operations.matchAll(
      /docker compose (?:-f \S+ )*(?:--profile \w+ )?(?:exec|logs|stop|up) ([^`#\n]*)/g,
    )
    const words = [...commands].flatMap(([, rest = '']) => rest.split(/\s+/))
    const named = words.filter((word) => /^[a-z][\w-]+$/.test(word) && !['node', 'backup'].includes(word))
    expect(new Set(named).size).toBeGreaterThan(5)
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining([...new Set(named)]))
    for (const [path] of operations.matchAll(/\b(docker|scripts)\/[\w-]+\.(sh|ts|yml)/g))
      expect(statSync(join(root, path)).isFile()).toBe(true)
  })

  it('point to tests that are there', () => {
    const tests = [...security.matchAll(/`([\w/.*-]+\.test\.tsx?)`/g)].map(([, path = '']) => path)
    expect(tests.length).toBeGreaterThan(20)
    for (const path of tests) {
      const found = globSync([path, `apps/server/src/${path}`], { cwd: root })
      expect(found, path).not.toEqual([])
    }
  })
})
