import type { Inspection } from '@taikai/shared/model/inspection'
import { describe, expect, it } from 'vitest'
import { boxHeight, boxWidth, layOut } from './lay-out.ts'
import { networkGraph, shortened } from './network-graph.ts'

/** A model whose layers take what is said; a number is a layer's place, -1 the image. */
function modelOf(inputs: readonly (readonly number[] | null)[]): Inspection {
  return {
    format: 'keras-v3',
    parameters: 0,
    macs: 0,
    inputShape: [32, 32, 3],
    classCount: 10,
    outputKind: 'logits',
    layers: inputs.map((from, place) => ({
      name: `layer_${place}`,
      className: 'Dense',
      outputShape: [10],
      parameters: 0,
      activation: null,
      ...(from === null ? {} : { inputs: [...from] }),
    })),
  }
}
const laidOut = (inputs: readonly (readonly number[] | null)[]) => {
  const layout = layOut(networkGraph(modelOf(inputs)))
  if (layout === null) throw new Error('not laid out')
  return layout
}

describe('a model as a graph', () => {
  it('draws what each layer takes, the image first', () => {
    const { nodes, links, knowsLinks } = networkGraph(modelOf([[-1], [0], [0, 1]]))
    expect(nodes.map(({ id, merges }) => [id, merges])).toEqual([
      [-1, false],
      [0, false],
      [1, false],
      [2, true],
    ])
    expect(links).toEqual([
      [-1, 0],
      [0, 1],
      [0, 2],
      [1, 2],
    ])
    expect(knowsLinks).toBe(true)
  })

  it('puts layers in a row where an old inspection does not know', () => {
    const { links, knowsLinks } = networkGraph(modelOf([null, null]))
    expect(links).toEqual([
      [-1, 0],
      [0, 1],
    ])
    expect(knowsLinks).toBe(false)
  })

  it('leaves out what is no layer, and a layer that takes its own output', () => {
    expect(networkGraph(modelOf([[-1, 0, 7]])).links).toEqual([[-1, 0]])
    expect(networkGraph(modelOf([[], [0]])).nodes).toHaveLength(2)
  })

  it('takes letters out of names that no XML may hold, and shortens what is too long', () => {
    const model = modelOf([[-1]])
    const [only] = model.layers
    const named = only === undefined ? [] : [{ ...only, name: '</text>\u0000\u202e\ud800<script>' }]
    expect(networkGraph({ ...model, layers: named }).nodes[1]?.name).toBe('</text><script>')
    expect(shortened('conv2d_1', 8)).toBe('conv2d_1')
    expect(shortened('畳み込み層', 8)).toBe('畳み込み…')
  })
})

describe('the layout', () => {
  it('stands a row of layers one below the other, whatever their number', () => {
    const { nodes, links, width } = laidOut([[-1], ...Array.from({ length: 1999 }, (_, place) => [place])])
    expect(nodes).toHaveLength(2001)
    expect(new Set(nodes.map(({ x }) => x)).size).toBe(1)
    const [first, second] = nodes
    expect((second?.y ?? 0) - (first?.y ?? 0)).toBe(boxHeight + 26)
    expect(links[0]?.path).toBe(`M${width / 2} ${16 + boxHeight}L${width / 2} ${16 + boxHeight + 26}`)
    expect(links).toHaveLength(2000)
  })

  it('sets branches beside each other and what joins them below, and no two boxes in one place', () => {
    // 0 → {1 → 2, 3} → 4, and again from 4
    const { nodes, links } = laidOut([[-1], [0], [1], [0], [2, 3], [4], [4, 5]])
    const of = (id: number) => nodes.find((node) => node.id === id) ?? { x: Number.NaN, y: Number.NaN }
    expect(Math.abs(of(1).x - of(3).x)).toBeGreaterThanOrEqual(boxWidth)
    expect(of(2).y).toBeGreaterThanOrEqual(of(1).y + boxHeight)
    expect(of(4).y).toBeGreaterThanOrEqual(Math.max(of(2).y, of(3).y) + boxHeight)
    expect(links).toHaveLength(9)
    for (const a of nodes)
      for (const b of nodes)
        if (a.id < b.id)
          expect(Math.abs(a.x - b.x) >= boxWidth || Math.abs(a.y - b.y) >= boxHeight).toBe(true)
    expect(links.every(({ path }) => /^M[\d. ]+(?:[LQ][\d. ]+)+$/.test(path))).toBe(true)
  })

  it('lays out a layer that is called again after another one', () => {
    expect(laidOut([[-1, 1], [0]]).nodes).toHaveLength(3)
  })

  it('gives up a net that nobody could follow', () => {
    const all = Array.from({ length: 60 }, (_, place) =>
      Array.from({ length: place + 1 }, (_, from) => from - 1),
    )
    expect(layOut(networkGraph(modelOf(all)))).toBeNull()
  })
})
