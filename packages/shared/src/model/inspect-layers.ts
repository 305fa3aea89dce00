import { checkBinding } from './bind-weights.ts'
import { chooseHead } from './choose-head.ts'
import { declaredInput } from './declared-input.ts'
import { expectedInput } from './expected-input.ts'
import { type LayerRecord, parametersOf } from './graph-totals.ts'
import { matchInput } from './input-shape.ts'
import type { Inspection } from './inspection.ts'
import { readModelNode } from './keras/model-node.ts'
import { placeOf, placesBehind } from './layer-call.ts'
import { inputsBySource, withInputs } from './layer-inputs.ts'
import type { LayersSource } from './layers-source.ts'
import { type ImageSpec, unusedFiles } from './model-file.ts'
import { type Head, type ModelGraph, readGraph } from './model-graph.ts'
import type { Inspected, LayersModel } from './parsed-model.ts'
import { readValues } from './read-values.ts'

/**
 * A model of layers: shapes, parameters and MACs follow from the JSON, and nothing that it asks for is allocated before it
 * has passed; only then is the first weight read. Ends the source.
 * Throws TaikaiError with a MODEL_, LAYER_, INPUT_, OUTPUT_ or WEIGHTS_ code.
 */
export function inspectLayers(source: LayersSource, spec: ImageSpec): Inspected {
  try {
    const node = readModelNode(source.topology, source.keras)
    const input = matchInput(declaredInput(node), spec)
    const { graph, totals } = readGraph(node, input.shape)
    const headIndex = chooseHead(
      graph.heads.map(({ shape }) => shape),
      spec.classCount,
    )
    const head = graph.heads[headIndex]
    const scored = head === undefined ? new Set<string>() : placesBehind(head.trace)
    const binding = source.bind(node, totals.layers)
    checkBinding(totals.layers, binding)
    const values = readValues(totals.layers, binding)
    const expects = expectedInput(totals.layers, values)
    const inspection: Inspection = {
      format: source.format,
      layers: withInputs(
        totals.layers.map((layer) => describeLayer(layer, scored)),
        inputsBySource(
          totals.layers.map(({ path }) => [placeOf(path)]),
          totals.layers.map(({ path }) => [...(totals.sources.get(placeOf(path)) ?? [])]),
          imagePlace,
        ),
      ),
      parameters: totals.parameters,
      macs: totals.macs,
      inputShape: [...input.shape],
      classCount: spec.classCount,
      outputKind: head?.outputKind ?? 'unknown',
      ...headOf(graph.heads, headIndex),
      ...unusedFiles(source.unused),
      ...(expects === null ? {} : { expects }),
    }
    const model: LayersModel = {
      family: 'layers',
      topology: graph.topology,
      weights: totals.layers.flatMap((layer) => {
        const own = values.get(layer)
        return own === undefined ? [] : [{ path: layer.enginePath, values: own }]
      }),
      inputShape: input.shape,
      layout: input.layout,
      headIndex,
      headCount: graph.heads.length,
    }
    return { inspection, model }
  } finally {
    source.close()
  }
}

/** Where a trace ends. */
const imagePlace = ''

const describeLayer = (layer: LayerRecord, scored: ReadonlySet<string>) => ({
  name: layer.name,
  className: layer.className,
  outputShape: [...layer.outputShape],
  parameters: parametersOf(layer.weights),
  activation: layer.activation,
  ...(layer.wraps.length === 0 ? {} : { wraps: [...layer.wraps] }),
  onPath: scored.has(placeOf(layer.path)),
})

function headOf(heads: ModelGraph['heads'], index: number): Pick<Inspection, 'head'> {
  const head: Head | undefined = heads[index]
  return heads.length > 1 && head !== undefined
    ? { head: { name: head.name, index, count: heads.length } }
    : {}
}
