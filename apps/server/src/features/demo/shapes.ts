/**
 * Whether a point lies in a shape. Shapes are about 1000 units in radius around the origin, x to the right and y down;
 * all arithmetic is on whole numbers, so that every machine draws the same pixels.
 */
export type Shape = { name: string; holds(x: number, y: number): boolean }

const within = (x: number, y: number, radius: number): boolean => x * x + y * y <= radius * radius
const box = (x: number, y: number, halfWidth: number, halfHeight: number): boolean =>
  Math.abs(x) <= halfWidth && Math.abs(y) <= halfHeight

/** Outward normals of a pentagon's sides, × 1000; the side below has y = 400. */
const pentagonNormals = [
  [0, 1000],
  [951, 309],
  [588, -809],
  [-588, -809],
  [-951, 309],
] as const

/** A pentagram on one of its tips: the points that lie inside at least four of a pentagon's five sides. */
function starHolds(x: number, y: number): boolean {
  let inside = 0
  for (const [normalX, normalY] of pentagonNormals) {
    if (normalX * x + normalY * y <= 400 * 1000) inside += 1
  }
  return inside >= 4
}

/** The ten classes of the demo dataset, in the order of their labels. */
export const shapes: readonly Shape[] = [
  { name: 'circle', holds: (x, y) => within(x, y, 850) },
  { name: 'ring', holds: (x, y) => within(x, y, 950) && !within(x, y, 520) },
  { name: 'half disc', holds: (x, y) => within(x, y + 350, 1000) && y + 350 >= 0 },
  { name: 'crescent', holds: (x, y) => within(x, y, 950) && !within(x - 420, y, 780) },
  { name: 'triangle', holds: (x, y) => y <= 650 && 100 * Math.abs(x) <= 58 * (y + 1050) },
  { name: 'square', holds: (x, y) => box(x, y, 760, 760) },
  { name: 'bar', holds: (x, y) => box(x, y, 1000, 340) },
  { name: 'cross', holds: (x, y) => box(x, y, 290, 950) || box(x, y, 950, 290) },
  { name: 'star', holds: starHolds },
  { name: 'corner', holds: (x, y) => box(x, y, 800, 800) && (x <= -250 || y >= 250) },
]
