import type { Inspection } from '@taikai/shared/model/inspection'
import { type Activation, activationOf } from './activation-curves.ts'

/** The image's place; layers have theirs in the inspection's list. */
export const imageId = -1

export type NetworkNode = {
  id: number
  /** The layer's class; null for the image. */
  kind: string | null
  name: string
  shape: readonly number[]
  /** Null for the image. */
  parameters: number | null
  activation: Activation | null
  /** Several layers meet in it. */
  merges: boolean
}
export type Link = readonly [from: number, to: number]
export type NetworkGraph = {
  nodes: readonly NetworkNode[]
  links: readonly Link[]
  /** Whether the inspection knows what each layer takes; without that, layers stand in a row in the file's order. */
  knowsLinks: boolean
}

/** Names come from files that anyone may have written: without what has no picture (XML would be broken by it). */
const visible = (text: string) => text.replace(/\p{C}/gu, '')

/** A model as nodes and links: the image first, then layers in the file's order. */
export function networkGraph({ layers, inputShape }: Inspection): NetworkGraph {
  const knowsLinks = layers.every(({ inputs }) => inputs !== undefined)
  const links: Link[] = layers.flatMap(({ inputs }, to) =>
    (knowsLinks ? (inputs ?? []) : [to - 1])
      // A layer that is called again on what it gave is drawn once.
      .filter((from) => from >= imageId && from < layers.length && from !== to)
      .map((from) => [from, to] as const),
  )
  const sources = new Map<number, number>()
  for (const [, to] of links) sources.set(to, (sources.get(to) ?? 0) + 1)
  const image: NetworkNode = {
    id: imageId,
    kind: null,
    name: '',
    shape: inputShape,
    parameters: null,
    activation: null,
    merges: false,
  }
  const nodes = layers.map(
    (layer, id): NetworkNode => ({
      id,
      kind: visible([layer.className, ...(layer.wraps ?? [])].join(' › ')),
      name: visible(layer.name),
      shape: layer.outputShape,
      parameters: layer.parameters,
      activation: activationOf(layer),
      merges: (sources.get(id) ?? 0) > 1,
    }),
  )
  // The graphs of TensorFlow name their image among the operations.
  const showsImage = links.some(([from]) => from === imageId)
  return { nodes: showsImage ? [image, ...nodes] : nodes, links, knowsLinks }
}

/** Cut to `most` letters of Latin width; Japanese ones count twice. */
export function shortened(text: string, most: number): string {
  let width = 0
  let kept = ''
  for (const letter of text) {
    width += letter > '\u2e80' ? 2 : 1
    if (width > most) return `${kept}…`
    kept += letter
  }
  return kept
}
