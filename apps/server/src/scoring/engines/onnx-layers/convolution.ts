import { padsOf } from '@taikai/shared/engines/windows'
import { convolutionLayers } from '@taikai/shared/model/layers/convolution'
import { activate } from './activations.ts'
import type { GraphBuilder, Weight } from './graph-builder.ts'
import { soleValue, type Translate, translator, weightOf } from './translator.ts'
import { channelsFirst, type Value } from './value.ts'

type Settings = { strides: number[]; dilation_rate: number[]; padding: string }

/** One Conv node; `kernel` is the name of weights `[filters, channels of a group, ...window]`. */
function convolve(
  graph: GraphBuilder,
  input: Value,
  kernel: string,
  bias: Weight | undefined,
  {
    window,
    filters,
    group,
    strides,
    dilation_rate,
    padding,
  }: Settings & {
    window: readonly number[]
    filters: number
    group: number
  },
): Value {
  const x = channelsFirst(graph, input)
  const lengths = x.shape.slice(0, -1)
  const pads = padsOf(padding, lengths, { size: window, strides, dilations: dilation_rate })
  const name = graph.node('Conv', [x.name, kernel, ...(bias === undefined ? [] : [graph.weight(bias)])], {
    kernel_shape: window,
    strides,
    dilations: dilation_rate,
    pads,
    group,
  })
  const rank = window.length
  const positions = window.map((size, axis) => {
    const span = (size - 1) * (dilation_rate[axis] ?? 1) + 1
    const padded = (lengths[axis] ?? 1) + (pads[axis] ?? 0) + (pads[axis + rank] ?? 0)
    return Math.floor((padded - span) / (strides[axis] ?? 1)) + 1
  })
  return { name, shape: [...positions, filters], channels: 'first' }
}

/** The axes of the window come first in Keras' kernels, and last in ONNX' ones. */
const windowLast = (rank: number, ...before: number[]) => [
  ...before,
  ...Array.from({ length: rank }, (_, axis) => axis),
]

const convolution = (kind: (typeof convolutionLayers)['Conv1D' | 'Conv2D' | 'Conv3D']): Translate =>
  translator(kind, ({ graph, settings, inputs, weights }) => {
    const kernel = weightOf(weights, 'kernel')
    const rank = settings.kernel_size.length
    const name = graph.weight(kernel, { axes: windowLast(rank, rank + 1, rank) })
    const output = convolve(graph, soleValue(inputs), name, weights.get('bias'), {
      ...settings,
      window: settings.kernel_size,
      group: settings.groups,
    })
    return activate(graph, settings.activation, output)
  })

/** Each channel by itself, with `depth_multiplier` filters. */
function depthwise(
  graph: GraphBuilder,
  x: Value,
  kernel: Weight,
  bias: Weight | undefined,
  settings: Settings & { kernel_size: number[]; depth_multiplier: number },
): Value {
  const rank = settings.kernel_size.length
  const channels = x.shape.at(-1) ?? 1
  const filters = channels * settings.depth_multiplier
  const name = graph.weight(kernel, {
    axes: windowLast(rank, rank, rank + 1),
    shape: [filters, 1, ...settings.kernel_size],
  })
  return convolve(graph, x, name, bias, {
    ...settings,
    window: settings.kernel_size,
    filters,
    group: channels,
  })
}

/** Chollet 2017: each channel by itself, then all channels of each place. */
const depthwiseConvolution = (
  kind: (typeof convolutionLayers)['DepthwiseConv1D' | 'DepthwiseConv2D'],
): Translate =>
  translator(kind, ({ graph, settings, inputs, weights }) => {
    const kernel = weightOf(weights, 'depthwise_kernel')
    const output = depthwise(graph, soleValue(inputs), kernel, weights.get('bias'), settings)
    return activate(graph, settings.activation, output)
  })

const separableConvolution = (
  kind: (typeof convolutionLayers)['SeparableConv1D' | 'SeparableConv2D'],
): Translate =>
  translator(kind, ({ graph, settings, inputs, weights }) => {
    const rank = settings.kernel_size.length
    const kernel = weightOf(weights, 'depthwise_kernel')
    const between = depthwise(graph, soleValue(inputs), kernel, undefined, settings)
    const place = new Array<number>(rank).fill(1)
    const pointwise = graph.weight(weightOf(weights, 'pointwise_kernel'), {
      axes: windowLast(rank, rank + 1, rank),
    })
    const output = convolve(graph, between, pointwise, weights.get('bias'), {
      window: place,
      strides: place,
      dilation_rate: place,
      padding: 'valid',
      filters: settings.filters,
      group: 1,
    })
    return activate(graph, settings.activation, output)
  })

/** Convolutions of Keras, and the names under which TF.js gets those that it lacks. */
export const convolutionTranslators: Readonly<Record<string, Translate>> = {
  Conv1D: convolution(convolutionLayers.Conv1D),
  Conv2D: convolution(convolutionLayers.Conv2D),
  Conv3D: convolution(convolutionLayers.Conv3D),
  GroupedConv1D: convolution(convolutionLayers.Conv1D),
  GroupedConv2D: convolution(convolutionLayers.Conv2D),
  GroupedConv3D: convolution(convolutionLayers.Conv3D),
  DepthwiseConv1D: depthwiseConvolution(convolutionLayers.DepthwiseConv1D),
  DepthwiseConv2D: depthwiseConvolution(convolutionLayers.DepthwiseConv2D),
  DilatedDepthwiseConv2D: depthwiseConvolution(convolutionLayers.DepthwiseConv2D),
  SeparableConv1D: separableConvolution(convolutionLayers.SeparableConv1D),
  SeparableConv2D: separableConvolution(convolutionLayers.SeparableConv2D),
}
