import type { Intake } from '@tongmai/api/careplan/reading'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { hashToken } from '../../../kernel/secret.ts'
import { type Between, checkReading, type Reading, type Strip } from '../check-reading.ts'
import { findAlerts } from '../find-alerts.ts'
import { listRules } from '../store/alert.ts'
import { findLent, hear } from '../store/device.ts'
import { ruleOf } from '../store/form.ts'
import * as store from '../store/reading.ts'
import { raiseAlert } from './alerting.ts'

const HISTORY_DAYS = 31
const HOUR_MS = 3_600_000

interface Sorted {
  readonly readings: Reading[]
  readonly strips: Strip[]
  readonly refused: { index: number; problem: string; raw: unknown }[]
}

/** Judges each reading by itself: one that cannot be keeps none of the others back. */
function sortOut(raws: readonly unknown[], between: Between): Sorted {
  const sorted: Sorted = { readings: [], strips: [], refused: [] }
  for (const [index, raw] of raws.entries()) {
    const checked = checkReading(raw, between)
    if ('problem' in checked) sorted.refused.push({ index, problem: checked.problem, raw })
    else if ('strip' in checked) sorted.strips.push(checked.strip)
    else sorted.readings.push(checked.reading)
  }
  return sorted
}

/** Months whose part has been made by this process; a month is made once, then known. */
const made = new Set<string>()

async function makeParts(ctx: Ctx, readings: readonly Reading[]): Promise<void> {
  const months = new Set(readings.map((one) => one.at.toISOString().slice(0, 7)))
  const fresh = [...months].filter((month) => !made.has(month))
  if (fresh.length === 0) return
  await store.makeParts(ctx, fresh)
  for (const month of fresh) made.add(month)
}

/** Whose readings they are, and who hears of it when they are bad. */
export interface Measured extends store.Whose {
  readonly institutionId: string
  readonly practitionerId: string | null
}

/** Keeps readings and raises what the rules find in the new ones. Call as the system. */
export async function keepReadings(ctx: Ctx, of: Measured, readings: readonly Reading[]): Promise<number> {
  const whose = { residentId: of.residentId, deviceId: of.deviceId }
  await makeParts(ctx, readings)
  const seqs = await store.add(ctx, whose, readings)
  const hours = await ruleOf(ctx, 'alertAgeHours')
  const oldest = new Date(ctx.now.getTime() - hours * HOUR_MS)
  const fresh = readings.filter((one) => seqs.has(one.seq) && one.at >= oldest)
  if (fresh.length > 0) await raiseFrom(ctx, of, fresh)
  return seqs.size
}

async function raiseFrom(ctx: Ctx, of: Measured, fresh: readonly Reading[]): Promise<void> {
  const kinds = new Set<string>(fresh.map((one) => one.kind))
  const rules = (await listRules(ctx)).filter((rule) => kinds.has(rule.kind))
  const looksBack = rules.some((rule) => rule.way !== 'threshold' && rule.way !== 'silence')
  const since = dayAfter(dayOf(ctx.now), -HISTORY_DAYS)
  const asked = { residentId: of.residentId, kinds: [...kinds], since }
  const days = looksBack ? await store.listDays(ctx, asked) : []
  for (const { rule, reading } of findAlerts(rules, fresh, { days, dayOf })) {
    const { at, value, value2 } = reading
    await raiseAlert(ctx, { ...of, rule, at, value, value2 })
  }
}

/** Takes in what a device hands over; the answer names each reading that was refused. */
export function takeIn(ctx: Ctx, given: { token: string; readings: readonly unknown[] }): Promise<Intake> {
  return asSystem(ctx, async (all) => {
    const lent = await findLent(all, hashToken(given.token))
    if (!lent) return refuse('forbidden', 'careplan.device-unknown')
    const whose = { residentId: lent.residentId, deviceId: lent.deviceId }
    const { readings, strips, refused } = sortOut(given.readings, { now: all.now, since: lent.since })
    await store.addRefused(all, whose, refused)
    const added = await keepReadings(all, lent, readings)
    const drawn = await store.addStrips(all, whose, strips)
    const times = [...readings, ...strips].map((one) => one.at.getTime())
    if (times.length > 0) await hear(all, lent, new Date(times.reduce((one, next) => Math.max(one, next))))
    return {
      accepted: added + drawn,
      repeated: readings.length + strips.length - added - drawn,
      refused: refused.map(({ index, problem }) => ({ index, problem })),
    }
  })
}
