/** Engines that run Layers models, best first. */
export const engineNames = ['tensorflow-gpu', 'tensorflow', 'wasm'] as const
export type EngineName = (typeof engineNames)[number]
