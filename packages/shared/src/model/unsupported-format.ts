import { TaikaiError } from '../errors.ts'

/** How to save the same model in a format that can be read; code, and so the same in every language. */
const recipes: readonly [format: RegExp, recipe: string][] = [
  [/PyTorch|pickle/, 'torch.onnx.export(model.eval(), torch.zeros(1, 3, 32, 32), "model.onnx")'],
  [/SavedModel/, 'python -m tf2onnx.convert --saved-model FOLDER --output model.onnx'],
]
const kerasRecipe = 'model.save("model.keras")'

/** The refusal of a format that is known by name and not scored. */
export function unsupportedFormat(format: string): TaikaiError {
  const recipe = recipes.find(([pattern]) => pattern.test(format))?.[1] ?? kerasRecipe
  return new TaikaiError('MODEL_FORMAT_UNSUPPORTED', { format, recipe })
}
