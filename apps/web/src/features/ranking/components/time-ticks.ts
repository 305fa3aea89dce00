const dayMs = 86_400_000
const minutesMs = 10 * 60_000

/** How finely ticks of a chart tell time, by the span between the first and the last (ms). */
export function tickDetail(span: number): 'seconds' | 'minutes' | 'day' {
  if (span < minutesMs) return 'seconds'
  return span < dayMs ? 'minutes' : 'day'
}

/** Those of the times, in their order, whose text is not the one before. */
export function distinctTicks(times: readonly number[], text: (time: number) => string): number[] {
  return times.filter((time, index) => index === 0 || text(time) !== text(times[index - 1] ?? time))
}
