import { boxHeight } from './lay-out.ts'

/** Pixels of the largest side, and how deep many channels go. */
const largest = 34
const smallest = 4
const centre = 34

type Props = {
  shape: readonly number[]
  /** The height or width of the largest feature map of the model. */
  largestSide: number
  channelsFirst: boolean
}

/** Height, width and channels of a feature map; null for anything else. */
export function spatialSizes(shape: readonly number[], channelsFirst: boolean) {
  const [first, second, third, more] = shape
  if (first === undefined || second === undefined || third === undefined || more !== undefined) return null
  return channelsFirst
    ? { height: second, width: third, channels: first }
    : { height: first, width: second, channels: third }
}

/**
 * A layer's output as lectures draw it: a block as high and wide as the feature map (by the square root), as deep as it has
 * channels (by the logarithm); a vector is an upright bar, the longer the more numbers it has.
 */
export function FeatureMap({ shape, largestSide, channelsFirst }: Props) {
  const map = spatialSizes(shape, channelsFirst)
  const [length, second] = shape
  if (map === null) {
    if (length === undefined || second !== undefined) return null
    const height = Math.min(52, 8 + 4 * Math.log2(Math.max(1, length)))
    return (
      <rect
        x={centre - 4}
        y={(boxHeight - height) / 2}
        width={8}
        height={height}
        rx={2}
        fill="var(--surface)"
        stroke="var(--ai)"
      />
    )
  }
  const side = (pixels: number) => Math.max(smallest, largest * Math.sqrt(pixels / Math.max(1, largestSide)))
  const [height, width] = [side(map.height), side(map.width)]
  const depth = 2 + 1.9 * Math.log2(Math.max(1, map.channels))
  // Seen from the upper right, in the middle of its place.
  const [dx, dy] = [depth * 0.75, depth * 0.45]
  const left = Math.max(3, centre - (width + dx) / 2)
  const top = (boxHeight - height + dy) / 2
  const [right, bottom] = [left + width, top + height]
  return (
    <g stroke="var(--ai)" strokeLinejoin="round">
      <path
        d={`M${left} ${top}l${dx} ${-dy}h${width}v${height}L${right} ${bottom}V${top}Z`}
        fill="var(--ai-soft)"
      />
      <path d={`M${right} ${top}l${dx} ${-dy}`} fill="none" />
      <rect x={left} y={top} width={width} height={height} fill="var(--surface)" />
    </g>
  )
}
