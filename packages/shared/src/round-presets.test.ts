import { expect, it } from 'vitest'
import { TaikaiError } from './errors.ts'
import type { Inspection } from './model/inspection.ts'
import { checkLayerRules } from './model/layer-rules.ts'
import { layerClassNames } from './model/layers/class-names.ts'
import { roundPresetNames, roundPresets } from './round-presets.ts'
import { roundRulesSchema } from './wire/round.ts'

it.each(roundPresetNames)('%s is a set of rules that a round can have', (name) => {
  expect(roundRulesSchema.parse(roundPresets[name].rules)).toEqual(roundPresets[name].rules)
})

/** A model of these layers on 28×28×1 images, all on the way to its output. */
function model(...classNames: string[]): Inspection {
  return {
    format: 'keras-v3',
    layers: classNames.map((className, index) => ({
      name: `layer ${index}`,
      className,
      outputShape: [10],
      parameters: 100,
      activation: null,
      onPath: true,
    })),
    parameters: 100 * classNames.length,
    macs: null,
    inputShape: [28, 28, 1],
    classCount: 10,
    outputKind: 'logits',
  }
}

function refusal(preset: keyof typeof roundPresets, ...classNames: string[]): string | null {
  try {
    checkLayerRules(model(...classNames), roundPresets[preset].rules)
    return null
  } catch (error) {
    if (error instanceof TaikaiError) return error.code
    throw error
  }
}

it('session 2 takes an MLP and no layer that convolves', () => {
  expect(refusal('session2', 'Flatten', 'Dense', 'Dropout', 'Dense')).toBeNull()
  const refused = layerClassNames.filter((name) => refusal('session2', name, 'Dense') !== null)
  expect(refused).toEqual(layerClassNames.filter((name) => name.includes('Conv')))
})

it('session 6 takes a model with SimpleRNN, LSTM or GRU, and no other', () => {
  for (const name of ['SimpleRNN', 'LSTM', 'GRU']) expect(refusal('session6', name, 'Dense')).toBeNull()
  expect(refusal('session6', 'Conv1D', 'Dense')).toBe('RULE_LAYER_REQUIRED')
})

it('session 5 takes every kind of layer, MNIST ranks by accuracy', () => {
  for (const name of layerClassNames) expect(refusal('session5', name)).toBeNull()
  expect([roundPresets.session2.rules.metric, roundPresets.session6.rules.metric]).toEqual([
    'accuracy',
    'accuracy',
  ])
})
