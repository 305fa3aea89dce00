import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where NVIDIA's driver tells of each card, in containers too. */
const driverFolder = '/proc/driver/nvidia/gpus'

/** The name of this machine's first NVIDIA card, as its driver calls it; null where there is none. */
export async function readGpuName(folder = driverFolder): Promise<string | null> {
  try {
    const [card] = (await readdir(folder)).sort()
    if (card === undefined) return null
    const information = await readFile(join(folder, card, 'information'), 'utf8')
    return /^Model:\s*(.+?)\s*$/m.exec(information)?.[1] ?? null
  } catch (error) {
    // No driver, no card.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
