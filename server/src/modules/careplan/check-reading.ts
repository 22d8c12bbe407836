import { measures, readingKinds } from '@tongmai/api/careplan/reading'

/** One reading as a device sent it, understood. */
export interface Reading {
  readonly seq: number
  readonly at: Date
  readonly kind: keyof typeof measures
  readonly value: number
  readonly value2: number | null
}

/** One ECG strip: so many samples a second, in millivolts. */
export interface Strip {
  readonly seq: number
  readonly at: Date
  readonly hertz: number
  readonly samples: readonly number[]
}

export type Checked = { readonly reading: Reading } | { readonly strip: Strip } | { readonly problem: string }

/** Between which moments a reading may lie. */
export interface Between {
  readonly now: Date
  /** When the device was lent. */
  readonly since: Date
  /** As far back as raw readings are kept: beyond, one that comes again could not be told. */
  readonly oldest: Date
}

const AHEAD_MS = 5 * 60_000
const SAMPLES_MAX = 120_000
const HERTZ_MAX = 2000
const kinds: readonly string[] = readingKinds

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** What is wrong with the time, or undefined: nobody measures tomorrow, nor before having the device. */
function problemOfTime(at: Date, { now, since, oldest }: Between): string | undefined {
  if (Number.isNaN(at.getTime())) return 'careplan.reading-not-understood'
  if (at.getTime() > now.getTime() + AHEAD_MS) return 'careplan.reading-in-future'
  if (at < oldest) return 'careplan.reading-too-old'
  return at < since ? 'careplan.reading-before-loan' : undefined
}

const within = (value: unknown, { least, most }: { least: number; most: number }): value is number =>
  typeof value === 'number' && value >= least && value <= most

/** Nobody takes half a step. */
const isNumber = (kind: string, value: unknown): value is number =>
  typeof value === 'number' && (kind !== 'steps' || Number.isInteger(value))

/** Judges one reading by itself: understood, or what is wrong with it. */
export function checkReading(raw: unknown, between: Between): Checked {
  if (typeof raw !== 'object' || raw === null) return { problem: 'careplan.reading-not-understood' }
  const given = raw as Record<string, unknown>
  const { seq, kind } = given
  if (!isCount(seq) || typeof given.at !== 'string') return { problem: 'careplan.reading-not-understood' }
  if (typeof kind !== 'string' || !kinds.includes(kind)) return { problem: 'careplan.reading-kind-unknown' }
  const at = new Date(given.at)
  const problem = problemOfTime(at, between)
  if (problem) return { problem }
  if (kind === 'ecg') return checkStrip({ seq, at }, given)
  const measure = measures[kind as keyof typeof measures]
  const { value, value2 = null } = given
  if (!isNumber(kind, value)) return { problem: 'careplan.reading-not-understood' }
  const plausible =
    within(value, measure) && (measure.two ? within(value2, measure.two) && value > value2 : true)
  if (!plausible) return { problem: 'careplan.reading-implausible' }
  const second = measure.two ? (value2 as number) : null
  return { reading: { seq, at, kind: kind as keyof typeof measures, value, value2: second } }
}

function checkStrip(of: Pick<Strip, 'seq' | 'at'>, given: Record<string, unknown>): Checked {
  const { hertz, samples } = given
  const isStrip =
    Array.isArray(samples) && samples.length > 0 && samples.every((one) => typeof one === 'number')
  if (!isStrip || !isCount(hertz) || hertz === 0) return { problem: 'careplan.reading-not-understood' }
  if (samples.length > SAMPLES_MAX || hertz > HERTZ_MAX || samples.some((one) => Math.abs(one) > 20))
    return { problem: 'careplan.reading-implausible' }
  return { strip: { ...of, hertz, samples } }
}
