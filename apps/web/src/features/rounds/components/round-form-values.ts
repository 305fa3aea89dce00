import type { CreateRound, Round } from '@taikai/shared/wire/round'
import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)
dayjs.extend(timezone)

const megabyte = 1024 ** 2
const fieldFormat = 'YYYY-MM-DD HH:mm:ss'

/** What the form holds. Dates are wall-clock times in the round's zone, `YYYY-MM-DD HH:mm:ss`. */
export type RoundFormValues = {
  title: string
  slug: string
  description: string
  datasetId: string
  publicPercent: number
  timeZone: string
  opensAt: string | null
  freezesAt: string | null
  closesAt: string | null
  uploadMaxMegabytes: number
  visitorsMaySee: boolean
}

export function emptyRound(datasetId: string): RoundFormValues {
  return {
    title: '',
    slug: '',
    description: '',
    datasetId,
    publicPercent: 30,
    timeZone: 'Asia/Tokyo',
    opensAt: null,
    freezesAt: null,
    closesAt: null,
    uploadMaxMegabytes: 40,
    visitorsMaySee: true,
  }
}

/** An instant as the wall-clock time of a zone. */
export function toWallClock(instant: string | null, timeZone: string): string | null {
  return instant === null ? null : dayjs(instant).tz(timeZone).format(fieldFormat)
}

/** A wall-clock time of a zone as an instant. */
export function toInstant(wallClock: string | null, timeZone: string): string | null {
  return wallClock === null || wallClock === '' ? null : dayjs.tz(wallClock, timeZone).toISOString()
}

export function fromRound(round: Round): RoundFormValues {
  const { slug, title, description, timeZone, visitorsMaySee, dataset, admin } = round
  return {
    slug,
    title,
    description,
    timeZone,
    visitorsMaySee,
    datasetId: dataset.id,
    publicPercent: admin?.publicPercent ?? 30,
    opensAt: toWallClock(round.opensAt, timeZone),
    freezesAt: toWallClock(round.freezesAt, timeZone),
    closesAt: toWallClock(round.closesAt, timeZone),
    uploadMaxMegabytes: round.rules.uploadMaxBytes / megabyte,
  }
}

export function toRequest(values: RoundFormValues): CreateRound {
  const { uploadMaxMegabytes, opensAt, freezesAt, closesAt, ...rest } = values
  return {
    ...rest,
    opensAt: toInstant(opensAt, values.timeZone),
    freezesAt: toInstant(freezesAt, values.timeZone),
    closesAt: toInstant(closesAt, values.timeZone),
    uploadMaxBytes: Math.round(uploadMaxMegabytes * megabyte),
  }
}
