import * as z from 'zod/mini'
import { type Api, day, text } from '../kernel.ts'
import { readingKind } from './reading.ts'

/**
 * threshold: one number beyond a limit · duration: beyond it on every day of a span · baseline: so many per cent away from
 * the person's own mean of a span · trend: risen (or, negative, fallen) by so much within a span · silence: nothing came for a span.
 */
export const alertWay = z.enum(['threshold', 'duration', 'baseline', 'trend', 'silence'])
export type AlertWay = z.output<typeof alertWay>

const limit = z.nullable(z.number().check(z.minimum(-1000), z.maximum(100_000)))

/** What of a rule may be changed: its limits, how soon somebody must answer, and by which document. */
const terms = {
  level: z.enum(['warn', 'critical']),
  /** Below this, above this. */
  least: limit,
  most: limit,
  spanHours: z.number().check(z.int(), z.minimum(0), z.maximum(24 * 90)),
  /** Per cent of a baseline, or the change of a trend. */
  amount: limit,
  /** Within how many minutes somebody must answer. */
  minutes: z.number().check(z.int(), z.minimum(5), z.maximum(60 * 24 * 14)),
  name: text(60),
  source: text(300),
  since: day,
  stopped: z.boolean(),
}

/** When readings raise an alert, as it holds today. */
export const alertRule = z.object({
  code: z.string(),
  kind: readingKind,
  way: alertWay,
  /** 2: the second number (diastolic). */
  part: z.number(),
  ...terms,
})
export type AlertRule = z.output<typeof alertRule>

export const alertRuleApi = {
  listAlertRules: {
    method: 'GET',
    path: '/alert-rules',
    summary: 'When readings raise an alert: every rule as it holds today or is stopped, with its source.',
    may: 'network.read',
    returns: z.array(alertRule),
  },
  setAlertRule: {
    method: 'POST',
    path: '/alert-rules/:code',
    summary: 'Changes a rule from a day on, with the document it comes from; or stops it.',
    may: 'careplan.rule',
    params: z.object({ code: text(40) }),
    body: z.object(terms),
    returns: z.array(alertRule),
  },
} as const satisfies Api
