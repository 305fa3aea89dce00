import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type NamedEntry, rankingNames } from './ranking-name.ts'

function buildEntry(overrides: Partial<NamedEntry> = {}): NamedEntry {
  return { id: randomUUID(), name: 'Team', kind: 'TEAM', memberNames: ['Hana'], ...overrides }
}
function round(names: 'HANDLE' | 'REAL' | 'PSEUDONYM', splitSeed = 'secret') {
  return { rankingNames: names, splitSeed }
}
const nameOf = (of: ReturnType<typeof round>, entry: NamedEntry) => rankingNames(of, [entry]).get(entry.id)

describe('HANDLE', () => {
  it('is the entry’s own name', () => {
    expect(nameOf(round('HANDLE'), buildEntry({ name: 'Team 花' }))).toBe('Team 花')
  })
})

describe('REAL', () => {
  it('is the names of the members, joined as their language does', () => {
    expect(nameOf(round('REAL'), buildEntry({ memberNames: ['Hana', 'Ren'] }))).toBe('Hana, Ren')
    expect(nameOf(round('REAL'), buildEntry({ memberNames: ['佐藤 花', 'Ren'] }))).toBe('佐藤 花・Ren')
  })

  it('is the own name of a baseline, and of a team that nobody is in', () => {
    expect(nameOf(round('REAL'), buildEntry({ kind: 'BASELINE', name: 'Linear', memberNames: [] }))).toBe(
      'Linear',
    )
    expect(nameOf(round('REAL'), buildEntry({ memberNames: [] }))).toBe('Team')
  })
})

describe('PSEUDONYM', () => {
  it('says nothing of the entry, and is the same every time', () => {
    const entry = buildEntry()
    const name = nameOf(round('PSEUDONYM'), entry)
    expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+ [1-9]\d\d$/)
    expect(nameOf(round('PSEUDONYM'), { ...entry, name: 'Renamed', memberNames: [] })).toBe(name)
  })

  it('cannot be worked out without the secret of the round', () => {
    const entry = buildEntry({ id: '0199b0a0-0000-7000-8000-000000000001' })
    expect(nameOf(round('PSEUDONYM', 'one'), entry)).not.toBe(nameOf(round('PSEUDONYM', 'two'), entry))
  })

  it('leaves baselines their names', () => {
    expect(nameOf(round('PSEUDONYM'), buildEntry({ kind: 'BASELINE', name: 'Linear' }))).toBe('Linear')
  })

  it('is no other’s in the round, and stays when entries come later', () => {
    // Of 5000 entries about 14 pairs have the same first choice: 5000² / 2 / (32 · 32 · 900).
    const entries = Array.from({ length: 5000 }, (_, at) =>
      buildEntry({ id: `0199b0a0-${at.toString(16).padStart(4, '0')}-7000-8000-000000000000` }),
    )
    const all = rankingNames(round('PSEUDONYM'), entries)
    expect(new Set(all.values()).size).toBe(5000)
    const alone = entries.filter((entry) => nameOf(round('PSEUDONYM'), entry) !== all.get(entry.id))
    expect(alone.length).toBeGreaterThan(0)
    const earlier = rankingNames(round('PSEUDONYM'), entries.slice(0, 2500).toReversed())
    for (const [id, name] of earlier) expect(all.get(id)).toBe(name)
  })
})
