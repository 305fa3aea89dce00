import type { Inspection } from './inspection.ts'

/** The place of the image among those of the layers. */
const imageAt = -1
/** A drawing of more cannot be read, and a hostile model would make its inspection large. */
const mostConnections = 20_000

/**
 * For each layer the places of the layers whose outputs it takes, in ascending order, -1 for the image: from what each `gives` and
 * `takes` by name. Names that no layer gives are weights and constants. Null where there are too many connections.
 */
export function inputsBySource(
  gives: readonly (readonly string[])[],
  takes: readonly (readonly string[])[],
  image?: string,
): number[][] | null {
  const places = new Map(gives.flatMap((names, place) => names.map((name) => [name, place] as const)))
  if (image !== undefined) places.set(image, imageAt)
  let connections = 0
  const inputs: number[][] = []
  for (const names of takes) {
    const found = new Set(names.flatMap((name) => places.get(name) ?? []))
    connections += found.size
    if (connections > mostConnections) return null
    inputs.push([...found].sort((a, b) => a - b))
  }
  return inputs
}

/** The layers with what they take, where that is known. */
export function withInputs(
  layers: Inspection['layers'],
  inputs: readonly (readonly number[])[] | null,
): Inspection['layers'] {
  if (inputs === null) return layers
  return layers.map((layer, place) => ({ ...layer, inputs: [...(inputs[place] ?? [])] }))
}
