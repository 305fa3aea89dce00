import { imagePreprocessingLayers, keptAxes } from '@taikai/shared/model/layers/image-preprocessing'
import { cropped } from './reshaping.ts'
import { resized } from './resizing.ts'
import { soleValue, type Translate, translator, weightOf } from './translator.ts'
import { like, spread, type Value } from './value.ts'

/** One number for all, or one for each place of the last axis. */
const perChannel = ({ shape }: Value, numbers: readonly number[]) =>
  numbers.length === 1 ? [] : [...new Array<number>(shape.length - 1).fill(1), numbers.length]

export const imagePreprocessingTranslators: Readonly<Record<string, Translate>> = {
  Rescaling: translator(imagePreprocessingLayers.Rescaling, ({ graph, settings, inputs }) => {
    const x = soleValue(inputs)
    const [scale, offset] = [settings.scale, settings.offset].map((numbers) =>
      spread(graph, x, numbers, perChannel(x, numbers)),
    )
    if (scale === undefined || offset === undefined) throw new Error('a rescaling without numbers')
    return like(x, graph.node('Add', [graph.node('Mul', [x.name, scale]), offset]))
  }),

  Normalization: translator(
    imagePreprocessingLayers.Normalization,
    ({ graph, settings, inputs, weights }) => {
      const x = soleValue(inputs)
      const kept = keptAxes(settings.axis, x.shape.length + 1)
      const given = (name: 'mean' | 'variance', of: (value: number) => number): string => {
        const constant = settings[name]
        const isWeight = constant === null || constant === undefined
        const numbers = Array.from(isWeight ? weightOf(weights, name).data : constant, of)
        // A constant has one number for each place of the last kept axis, a weight for those of all.
        const own = isWeight ? kept : kept.slice(-1)
        const shape = x.shape.map((size, index) => (own.includes(index + 1) ? size : 1))
        return spread(graph, x, numbers, numbers.length === 1 ? [] : shape)
      }
      const mean = given('mean', (value) => value)
      const deviation = given('variance', (value) => Math.max(Math.sqrt(value), 1e-7))
      return like(
        x,
        settings.invert
          ? graph.node('Add', [graph.node('Mul', [x.name, deviation]), mean])
          : graph.node('Div', [graph.node('Sub', [x.name, mean]), deviation]),
      )
    },
  ),

  Resizing: translator(imagePreprocessingLayers.Resizing, ({ graph, settings, inputs }) =>
    resized(graph, soleValue(inputs), [settings.height, settings.width], settings.interpolation),
  ),

  CenterCrop: translator(imagePreprocessingLayers.CenterCrop, ({ graph, settings, inputs }) => {
    const x = soleValue(inputs)
    const margins = [settings.height, settings.width].map((size, axis): [number, number] => {
      const surplus = (x.shape[axis] ?? size) - size
      return [Math.floor(surplus / 2), Math.ceil(surplus / 2)]
    })
    return cropped(graph, x, margins)
  }),
}
