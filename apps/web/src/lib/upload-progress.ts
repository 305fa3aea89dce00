/** How far an upload is: bytes sent of all, and how fast it was lately; null before that can be said. */
export type UploadProgress = { sentBytes: number; totalBytes: number; bytesPerSecond: number | null }

/** Of so many of the last milliseconds the speed is taken: a line's mean over minutes says little of what it does now. */
const windowMs = 5_000
const shortestMs = 500

/** Seconds that an upload has yet to take at its present speed; null while that is not known. */
export function secondsLeft({ sentBytes, totalBytes, bytesPerSecond }: UploadProgress): number | null {
  return bytesPerSecond === null ? null : Math.ceil((totalBytes - sentBytes) / bytesPerSecond)
}

/**
 * Gives bytes per second from what was sent when (times in ms): over the last five seconds, and null as long as those are too few
 * to tell, or nothing went out in them.
 */
export function speedometer(startedAt: number): (sentBytes: number, at: number) => number | null {
  let samples = [{ sentBytes: 0, at: startedAt }]
  return (sentBytes, at) => {
    const since = at - windowMs
    // The newest of the old ones stays: the window begins with what was sent by then.
    const first = samples.findLastIndex((sample) => sample.at <= since)
    samples = [...samples.slice(Math.max(0, first)), { sentBytes, at }]
    const [oldest] = samples
    if (oldest === undefined || at - oldest.at < shortestMs || sentBytes === oldest.sentBytes) return null
    return ((sentBytes - oldest.sentBytes) * 1000) / (at - oldest.at)
  }
}
