import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'

export const readingKinds = [
  'bloodPressure',
  'glucose',
  'heartRate',
  'oxygen',
  'weight',
  'temperature',
  'steps',
  'ecg',
] as const
export const readingKind = z.enum(readingKinds)
export type ReadingKind = (typeof readingKinds)[number]
/** What is one number, or two: everything but a strip. */
export const seriesKind = z.enum([
  'bloodPressure',
  'glucose',
  'heartRate',
  'oxygen',
  'weight',
  'temperature',
  'steps',
])
export type SeriesKind = z.output<typeof seriesKind>

/** Units, and the least and most a living body or a device can show; what lies outside is refused. */
export const measures: Readonly<
  Record<SeriesKind, { unit: string; least: number; most: number; two?: { least: number; most: number } }>
> = {
  bloodPressure: { unit: 'mmHg', least: 40, most: 300, two: { least: 20, most: 200 } },
  glucose: { unit: 'mmol/L', least: 0.5, most: 60 },
  heartRate: { unit: '次/分', least: 20, most: 300 },
  oxygen: { unit: '%', least: 40, most: 100 },
  weight: { unit: 'kg', least: 1, most: 400 },
  temperature: { unit: '℃', least: 30, most: 45 },
  steps: { unit: '步', least: 0, most: 100_000 },
}

/** How each reading of a batch fared; the refused with their place in it and what is wrong. */
export const intake = z.object({
  accepted: z.number(),
  /** Sent before, by device and sequence. */
  repeated: z.number(),
  refused: z.array(z.object({ index: z.number(), problem: z.string() })),
})
export type Intake = z.output<typeof intake>

export const batch = z.object({
  token: text(200),
  /** `{ seq, at, kind, value, value2 }`, an ECG `{ seq, at, kind: 'ecg', hertz, samples }`; each is judged by itself. */
  readings: z.array(z.unknown()).check(z.minLength(1), z.maxLength(5000)),
})

export const point = z.object({
  at: moment,
  value: z.number(),
  least: z.number(),
  most: z.number(),
  value2: z.nullable(z.number()),
  n: z.number(),
})
export type Point = z.output<typeof point>

export const series = z.object({
  kind: seriesKind,
  unit: z.string(),
  step: z.enum(['raw', 'hour', 'day']),
  points: z.array(point),
})
export type Series = z.output<typeof series>

export const latest = z.object({
  kind: seriesKind,
  at: moment,
  value: z.number(),
  value2: z.nullable(z.number()),
})
export type Latest = z.output<typeof latest>

export const response = z.enum(['called', 'visited', 'adjusted', 'referred', 'falseAlarm'])
export type AlertResponse = z.output<typeof response>

export const alert = z.object({
  id,
  resident: residentCard,
  rule: z.string(),
  name: z.string(),
  source: z.string(),
  kind: readingKind,
  level: z.enum(['warn', 'critical']),
  mine: z.boolean(),
  practitioner: z.nullable(z.string()),
  raisedAt: moment,
  lastAt: moment,
  value: z.nullable(z.number()),
  value2: z.nullable(z.number()),
  times: z.number(),
  status: z.enum(['open', 'answered']),
  response: z.nullable(response),
  note: z.nullable(z.string()),
  answeredBy: z.nullable(z.string()),
  answeredAt: z.nullable(moment),
})
export type Alert = z.output<typeof alert>

/** A month to now where nothing is said. */
const span = {
  kind: z._default(seriesKind, 'bloodPressure'),
  from: z.optional(moment),
  to: z.optional(moment),
}

export const readingApi = {
  sendReadings: {
    method: 'POST',
    path: '/device-readings',
    summary:
      'A device hands in what it measured, once or in a batch; known by its token, sent twice is kept once.',
    may: 'anyone',
    // A mobile network shows many devices under one address.
    perMinute: 120_000,
    body: batch,
    returns: intake,
  },
  listLatest: {
    method: 'GET',
    path: '/residents/:id/readings',
    summary: 'The last reading of each kind of a resident I may open.',
    may: 'careplan.read',
    params: byId,
    returns: z.array(latest),
  },
  readSeries: {
    method: 'GET',
    path: '/residents/:id/reading-series',
    summary: 'Readings over a span: as they came, by the hour or by the day, as the span is long.',
    may: 'careplan.read',
    params: byId,
    query: z.object(span),
    returns: series,
  },
  listAlerts: {
    method: 'GET',
    path: '/alerts',
    summary: 'What rules found in the readings of my residents.',
    may: 'careplan.read',
    query: z.object({
      status: z._default(z.enum(['open', 'answered']), 'open'),
      residentId: z.optional(id),
      mine: z.optional(z.stringbool()),
      ...paging,
    }),
    returns: page(alert),
  },
  readAlert: {
    method: 'GET',
    path: '/alerts/:id',
    summary: 'One alert with what was done about it.',
    may: 'careplan.read',
    params: byId,
    returns: alert,
  },
  answerAlert: {
    method: 'POST',
    path: '/alerts/:id/answer',
    summary: 'Says what was done about it; it leaves the work-list.',
    may: 'careplan.follow',
    params: byId,
    body: z.object({ response, note: text(1000) }),
    returns: alert,
  },
  listMyLatest: {
    method: 'GET',
    path: '/me/readings',
    summary: 'My last reading of each kind, and the devices I have.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object({ residentId: id }),
    returns: z.object({
      latest: z.array(latest),
      devices: z.array(z.object({ id, model: z.string(), since: moment, lastAt: z.nullable(moment) })),
    }),
  },
  readMySeries: {
    method: 'GET',
    path: '/me/reading-series',
    summary: 'My readings over a span.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object({ residentId: id, ...span }),
    returns: series,
  },
  measure: {
    method: 'POST',
    path: '/me/readings',
    summary: 'I write down what I measured.',
    may: 'signed-in',
    for: ['resident'],
    body: z.object({
      residentId: id,
      kind: seriesKind,
      at: moment,
      value: z.number(),
      value2: z._default(z.nullable(z.number()), null),
      /** A photograph (JPEG) of what the device showed; nobody reads the figure out of it. */
      photoHash: z._default(z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))), null),
    }),
    returns: z.object({ accepted: z.number(), on: day }),
  },
} as const satisfies Api
