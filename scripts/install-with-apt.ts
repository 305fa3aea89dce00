import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'

/**
 * Installs the first of these packages that there is, where this machine has apt and this process may use it. Resolves when apt
 * has ended, and leaves it to the caller to see what is there then. Only one at a time: apt allows no second.
 */
export async function installWithApt(...names: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const installs = names.map((name) => `apt-get install -y -qq --no-install-recommends ${name}`)
  const apt = spawn('sh', ['-c', `apt-get update -qq && (${installs.join(' || ')})`], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  await once(apt, 'exit')
}
