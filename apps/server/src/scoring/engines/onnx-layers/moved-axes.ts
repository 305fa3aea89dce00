import type { Shape } from '@taikai/shared/model/layers/layer-kind'

/** The same values with their axes in another order: `axes[i]` says which axis stands at place i. */
export function movedAxes(
  { shape, data }: { shape: Shape; data: Float32Array },
  axes: readonly number[],
): { shape: Shape; data: Float32Array } {
  const moved = axes.map((axis) => shape[axis] ?? 1)
  const strides = stridesOf(shape)
  const steps = axes.map((axis) => strides[axis] ?? 0)
  const values = new Float32Array(data.length)
  const at = new Array<number>(moved.length).fill(0)
  let from = 0
  for (let to = 0; to < values.length; to++) {
    values[to] = data[from] ?? 0
    // Counts up like an odometer, the last place fastest.
    for (let place = moved.length - 1; place >= 0; place--) {
      const size = moved[place] ?? 1
      const step = steps[place] ?? 0
      const next = (at[place] ?? 0) + 1
      from += step
      if (next < size) {
        at[place] = next
        break
      }
      at[place] = 0
      from -= step * size
    }
  }
  return { shape: moved, data: values }
}

function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1)
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1)
  return strides
}
