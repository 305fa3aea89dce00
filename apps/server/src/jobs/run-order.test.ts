import { describe, expect, it } from 'vitest'
import { turnOf } from './run-order.ts'

const images = 10_000
/** The Keras example CNN, ResNet-20 and a VGG net: half of 41, 82 and 310 MFLOP an image (docs/performance.md). */
const macs = { cnn: 20.5e6, resnet: 41e6, vgg: 155e6 }
type Net = keyof typeof macs
/** wasm does about 13e9 multiply–accumulates a second, ONNX Runtime on two cores about 100e9; every run costs a second besides. */
const speeds = { wasm: 13e9, onnxruntime: 100e9 }
type Speed = keyof typeof speeds
const engines = ['wasm', 'onnxruntime'] as const
const secondsOf = (net: Net, speed: Speed) => 1 + (macs[net] * images) / speeds[speed]

/** All times are in seconds. */
type Arrival = { entry: string; net: Net; at: number }
type Done = Arrival & { turn: number; from: number; to: number }

/** One worker that, whenever it is free, takes of what is there the run whose turn is the earliest. */
function simulate(arrivals: readonly Arrival[], speed: Speed): Done[] {
  const coming = [...arrivals].sort((a, b) => a.at - b.at)
  const waiting: (Arrival & { turn: number })[] = []
  const done: Done[] = []
  const arrive = (run: Arrival) => {
    const unfinished = [...waiting, ...done.filter(({ to }) => to > run.at)]
    const own = unfinished.filter(({ entry }) => entry === run.entry).map(({ turn }) => turn * 1000)
    const lastTurn = own.length === 0 ? null : new Date(Math.max(...own))
    const turnAt = turnOf({ macs: macs[run.net], images }, new Date(run.at * 1000), lastTurn)
    waiting.push({ ...run, turn: turnAt.getTime() / 1000 })
  }
  let now = 0
  while (coming.length + waiting.length > 0) {
    if (waiting.length === 0) now = Math.max(now, coming[0]?.at ?? now)
    for (const run of coming.splice(0, coming.filter(({ at }) => at <= now).length)) arrive(run)
    waiting.sort((a, b) => a.turn - b.turn)
    const [next] = waiting.splice(0, 1)
    if (next === undefined) throw new Error('something has arrived')
    const from = now
    now += secondsOf(next.net, speed)
    done.push({ ...next, from, to: now })
  }
  return done
}

const find = (done: readonly Done[], entry: string) => done.filter((run) => run.entry === entry)
/** What was left of the run that was going on when this one came. */
const restBefore = (done: readonly Done[], { at }: Arrival) =>
  done.filter(({ from, to }) => from < at && at < to).reduce((rest, { to }) => rest + to - at, 0)
const vggs = (count: number): Arrival[] =>
  Array.from({ length: count }, (_, index) => ({ entry: `vgg ${index}`, net: 'vgg', at: 0 }))

/** Numerical Recipes' linear congruential generator: the same evening every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

describe('a turn', () => {
  const now = new Date(0)
  const secondsFor = (cost: { macs: number | null; images: number }, lastTurn: Date | null = null) =>
    turnOf(cost, now, lastTurn).getTime() / 1000

  it('lies twelve times the run’s length on wasm after its arrival, at most half an hour', () => {
    expect(secondsFor({ macs: 20.5e6, images })).toBe(246)
    expect(secondsFor({ macs: 0, images })).toBe(0)
    expect(secondsFor({ macs: 155e6, images })).toBe(1800) // not 1860
    expect(secondsFor({ macs: null, images })).toBe(600)
  })

  it('comes after that of the entry’s run before, unless that has passed', () => {
    expect(secondsFor({ macs: 20.5e6, images }, new Date(1_000_000))).toBe(1246)
    expect(secondsFor({ macs: 20.5e6, images }, new Date(-1_000_000))).toBe(246)
  })
})

describe.each(engines)('on %s', (speed) => {
  it('a small CNN waits for less than half its own length beyond what runs, whenever it comes among ten VGGs', () => {
    const own = secondsOf('cnn', speed)
    const busyFor = Math.floor(11 * secondsOf('vgg', speed))
    for (let at = 1; at < busyFor; at++) {
      // One runs, ten wait.
      const done = simulate([...vggs(11), { entry: 'cnn', net: 'cnn', at }], speed)
      const [cnn] = find(done, 'cnn')
      if (cnn === undefined) throw new Error('every run ends')
      expect(cnn.from - at).toBeLessThanOrEqual(restBefore(done, cnn) + own / 2)
    }
  })

  it('thirty models in ten minutes: a quick one waits for quick ones and what runs, and the last is done no later', () => {
    const random = seeded(8)
    const nets = ['cnn', 'cnn', 'cnn', 'resnet', 'vgg'] as const
    const evening = Array.from({ length: 30 }, (_, team) => ({
      entry: `team ${team}`,
      net: nets[Math.floor(random() * nets.length)] ?? 'cnn',
      at: Math.floor(random() * 600),
    })).sort((a, b) => a.at - b.at)
    const done = simulate(evening, speed)
    for (const run of done.filter(({ net }) => net === 'cnn')) {
      const before = done.filter(({ from, to }) => to > run.at && from < run.from)
      expect(before.filter(({ net, from }) => net === 'vgg' && from >= run.at)).toEqual([])
    }
    let inOrderOfArrival = 0
    for (const { at, net } of evening)
      inOrderOfArrival = Math.max(inOrderOfArrival, at) + secondsOf(net, speed)
    expect(Math.max(...done.map(({ to }) => to))).toBeCloseTo(inOrderOfArrival)
  })

  it('a VGG under an endless stream of small CNNs has its turn', () => {
    const own = secondsOf('cnn', speed)
    // More than can be scored: taken by length alone, it would wait until the stream ends.
    const stream = Array.from(
      { length: Math.ceil(7200 / own) },
      (_, index): Arrival => ({
        ...{ entry: `team ${index}`, net: 'cnn', at: index * own * 0.95 },
      }),
    )
    const [vgg] = find(simulate([{ entry: 'vgg', net: 'vgg', at: 1 }, ...stream], speed), 'vgg')
    // Its turn is at 1,801 s, that of a small one 246 s after it came: those from before 1,555 s go first, which are done
    // by 1,555 / 0.95 = 1,637 s.
    expect(vgg?.from).toBeGreaterThan(1637 - 2 * own)
    expect(vgg?.from).toBeLessThan(1637 + 2 * own)
  })

  it('an entry that sends twenty at once lets each run of another entry by after one of its own', () => {
    const own = secondsOf('cnn', speed)
    const flood = Array.from({ length: 20 }, (): Arrival => ({ entry: 'many', net: 'cnn', at: 0 }))
    // The other sends the next when it has the score of the one before.
    const others: Arrival[] = []
    for (let at = 0.5; others.length < 5; ) {
      others.push({ entry: 'few', net: 'cnn', at })
      const last = find(simulate([...flood, ...others], speed), 'few').at(-1)
      if (last === undefined) throw new Error('every run ends')
      expect(last.from - last.at).toBeLessThanOrEqual(2 * own)
      at = last.to + 1
    }
  })
})
