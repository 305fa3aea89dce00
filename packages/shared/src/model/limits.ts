/**
 * What inspection lets through. A contest model for small images stays far below; the limits keep a hostile file
 * from asking for gigabytes before a run's own limits on memory and time are in force.
 */
export const modelLimits = {
  /** Weights of the whole model, 4 bytes each once decoded. */
  parameters: 200_000_000,
  /** Values of one tensor between layers, for one image. */
  activation: 4_000_000,
  /** Values of all tensors between layers together, for one image. */
  activationsTotal: 40_000_000,
  /** Multiply-accumulates for one image. */
  macs: 1e12,
  layers: 2000,
  /** Models within models. */
  depth: 8,
  rank: 8,
  /** Images that a model may want at once. */
  batch: 1024,
  /** Fields of an ONNX file, each of which may become an object in memory; packed weights count as one. */
  onnxFields: 500_000,
  /** Operators of a graph once functions stand in their places. */
  operators: 10_000,
  /** Operators that run for one batch, those of a loop counted each time. */
  operatorSteps: 1_000_000,
  jsonBytes: 20_000_000,
  /** Lists and objects within each other in JSON; a nested model takes eight levels. */
  jsonDepth: 500,
  zipEntries: 500,
  /** Bytes of all unpacked files of a zip. */
  zipBytes: 1_000_000_000,
  /** Unpacked bytes per packed byte, over the whole zip: weights hardly shrink, a bomb shrinks a thousandfold. */
  zipRatio: 100,
} as const
