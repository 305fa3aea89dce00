import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre'
import type { Link, NetworkGraph, NetworkNode } from './network-graph.ts'

export const boxWidth = 236
export const boxHeight = 64
const gap = 26
const margin = 16
/** Beyond these the picture cannot be read, and the page would stand still for seconds while it is laid out. */
const mostChains = 300
const mostChainLinks = 700

type Point = { x: number; y: number }
/** `x` and `y` are the box's upper left corner. */
export type PlacedNode = NetworkNode & Point
type PlacedLink = { key: string; path: string }
export type Layout = { width: number; height: number; nodes: PlacedNode[]; links: PlacedLink[] }

/**
 * Where each box stands and how each link runs, from top to bottom in pixels. Layers of which each takes only the one before it are
 * laid out as one tall box: hundreds of layers in a row then cost nothing. Null for a net with too many branches.
 */
export function layOut({ nodes, links }: NetworkGraph): Layout | null {
  const chains = chainsOf(nodes, links)
  const chainAt = new Map(chains.flatMap((chain, at) => chain.map(({ id }) => [id, at] as const)))
  const between = links.flatMap(([from, to]): Link[] => {
    const [start, end] = [chainAt.get(from), chainAt.get(to)]
    return start === undefined || end === undefined || start === end ? [] : [[start, end]]
  })
  if (chains.length > mostChains || between.length > mostChainLinks) return null

  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>()
  graph.setGraph({ nodesep: 28, ranksep: gap, marginx: margin, marginy: margin })
  for (const [at, chain] of chains.entries())
    graph.setNode(String(at), { width: boxWidth, height: chain.length * (boxHeight + gap) - gap })
  for (const [from, to] of between) graph.setEdge(String(from), String(to), {})
  layout(graph)

  const placed = chains.flatMap((chain, at) => {
    const { x = 0, y = 0, height } = graph.node(String(at))
    return chain.map((node, place) => ({
      ...node,
      x: x - boxWidth / 2,
      y: y - height / 2 + place * (boxHeight + gap),
    }))
  })
  const inChains = chains.flatMap((chain) =>
    chain.slice(1).map(({ id }, at) => ({ id, from: chain[at]?.id })),
  )
  const corner = new Map(placed.map(({ id, x, y }) => [id, { x, y }]))
  const straight = inChains.flatMap(({ id, from }): PlacedLink[] => {
    const end = corner.get(id)
    if (end === undefined) return []
    const x = end.x + boxWidth / 2
    return [{ key: `${from}-${id}`, path: `M${x} ${end.y - gap}L${x} ${end.y}` }]
  })
  const routed = graph
    .edges()
    .map(({ v, w }): PlacedLink => ({ key: `chain ${v}-${w}`, path: smooth(graph.edge(v, w).points ?? []) }))
  const { width = 0, height = 0 } = graph.graph()
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    nodes: placed,
    links: [...straight, ...routed],
  }
}

/** Nodes in runs: each but a run's first takes only the one before it, which nothing else takes. */
function chainsOf(nodes: readonly NetworkNode[], links: readonly Link[]): NetworkNode[][] {
  const before = new Map<number, number[]>()
  const after = new Map<number, number[]>()
  for (const [from, to] of links) {
    before.set(to, [...(before.get(to) ?? []), from])
    after.set(from, [...(after.get(from) ?? []), to])
  }
  const sole = (of: Map<number, number[]>, id: number) => {
    const [one, other] = of.get(id) ?? []
    return other === undefined ? one : undefined
  }
  const chainOf = new Map<number, NetworkNode[]>()
  const chains: NetworkNode[][] = []
  for (const node of nodes) {
    const previous = sole(before, node.id)
    const chain =
      previous !== undefined && sole(after, previous) === node.id ? chainOf.get(previous) : undefined
    const joined = chain ?? []
    if (chain === undefined) chains.push(joined)
    joined.push(node)
    chainOf.set(node.id, joined)
  }
  return chains
}

/** A line that bends at the inner points: through the middles between them, each the control point of a curve. */
function smooth(points: readonly Point[]): string {
  const text = ({ x, y }: Point) => `${Number(x.toFixed(1))} ${Number(y.toFixed(1))}`
  const [first, ...inner] = points
  const last = inner.pop()
  if (first === undefined || last === undefined) return ''
  const bends = inner.map((point, at) => `Q${text(point)} ${text(middle(point, inner[at + 1] ?? last))}`)
  const start = inner[0] === undefined ? '' : `L${text(middle(first, inner[0]))}`
  return `M${text(first)}${start}${bends.join('')}L${text(last)}`
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
