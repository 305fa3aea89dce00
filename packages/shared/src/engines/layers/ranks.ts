import type { Tensor, Tensor3D, Tensor4D, Tensor5D } from '@tensorflow/tfjs-core'

// Layer kinds have checked these ranks; TF.js' types ask for them.

export function rank3(x: Tensor): Tensor3D {
  if (isRank3(x)) return x
  throw new Error(`rank ${x.rank} instead of 3`)
}
export function rank4(x: Tensor): Tensor4D {
  if (isRank4(x)) return x
  throw new Error(`rank ${x.rank} instead of 4`)
}
export function rank5(x: Tensor): Tensor5D {
  if (isRank5(x)) return x
  throw new Error(`rank ${x.rank} instead of 5`)
}
const isRank3 = (x: Tensor): x is Tensor3D => x.rank === 3
const isRank4 = (x: Tensor): x is Tensor4D => x.rank === 4
const isRank5 = (x: Tensor): x is Tensor5D => x.rank === 5
