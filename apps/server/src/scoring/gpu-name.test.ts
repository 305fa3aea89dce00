import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readGpuName } from './gpu-name.ts'

it('is what the driver says of the first card, and null without a driver', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'taikai-gpu-'))
  try {
    expect(await readGpuName(join(folder, 'none'))).toBeNull()
    expect(await readGpuName(folder)).toBeNull()
    for (const [card, name] of [
      ['0000:65:00.0', 'NVIDIA RTX A4000'],
      ['0000:17:00.0', 'NVIDIA H100 80GB HBM3'],
    ] as const) {
      await mkdir(join(folder, card))
      await writeFile(
        join(folder, card, 'information'),
        `Model: \t\t ${name}\nIRQ:   \t\t 182\nGPU UUID: \t GPU-0\n`,
      )
    }
    expect(await readGpuName(folder)).toBe('NVIDIA H100 80GB HBM3')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
