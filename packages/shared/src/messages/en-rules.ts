import type { ErrorText } from './error-message.ts'
import type { RuleCode } from './rule-code.ts'

/** What breaks a rule of its round, in English. */
export const enRules: Record<RuleCode, ErrorText> = {
  RULE_FORMAT: {
    title:
      'This round has rules on layers, and a model in the format “{format}” does not say which layers it has.',
    action:
      'Send the Keras file (.keras or .h5) or the TensorFlow.js Layers model (model.json with its weights).',
  },
  RULE_LAYER_FORBIDDEN: {
    title: 'This round does not allow {layer} layers, and the model has one: {name}.',
    action:
      'Build the model without layers of that kind and train it again; the page of the round lists its rules.',
  },
  RULE_LAYER_REQUIRED: {
    title:
      'In this round the output must come through one of these layers: {layers}. That of this model does not.',
    action: 'Put such a layer between the input and the output of the model and train it again.',
  },
  RULE_PARAMETERS: {
    title: 'The model has {found} parameters, and this round allows at most {limit}.',
    action: 'Use fewer units or filters, or pool before the first Dense layer, and train again.',
  },
  RULE_MACS: {
    title:
      'The model does {found} multiplications (MACs) for one image, and this round allows at most {limit}.',
    action: 'Use fewer filters, smaller kernels, strides or earlier pooling, and train again.',
  },
  RULE_MACS_UNKNOWN: {
    title:
      'This round allows at most {limit} multiplications (MACs) for one image, and how many this model does cannot be told from its file.',
    action:
      'Send a Keras file (.keras or .h5) or a TensorFlow.js Layers model, or export the ONNX file with fixed sizes and standard operators.',
  },
  QUOTA_DAY_USED: {
    title: 'The submissions of today are used up ({limit} a day).',
    action:
      'The next slot comes on {nextSlotAt}; if the round closes before, there is none. What failed by our fault, or was cancelled before its scoring began, is not counted.',
  },
  QUOTA_TOTAL_USED: {
    title: 'The submissions of this round are used up ({limit} in total).',
    action: 'You can choose among what you have submitted for the final ranking.',
  },
  METRIC_UNAVAILABLE: {
    title: 'Top-5 error cannot rank a dataset of five classes or fewer.',
    action: 'Choose another metric, for example accuracy.',
  },
}
