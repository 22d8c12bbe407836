import type { Intake } from '@tongmai/api/careplan/reading'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { hashToken } from '../../../kernel/secret.ts'
import { type Between, checkReading, type Reading, type Strip } from '../check-reading.ts'
import { type AlertRule, findAlerts } from '../find-alerts.ts'
import { listRules } from '../store/alert-rule.ts'
import { findLents, hear, type Lent } from '../store/device.ts'
import { rawSince, ruleOf } from '../store/form.ts'
import * as store from '../store/intake.ts'
import { listDays } from '../store/reading.ts'
import { raiseAlert } from './alerting.ts'

const HISTORY_DAYS = 31
const HOUR_MS = 3_600_000

/** What one device hands over at once; the serial where the road names it, which then has to be the device's. */
export interface Parcel {
  readonly token: string
  readonly serial?: string
  readonly readings: readonly unknown[]
}

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

/** Readings of one device, or of one resident who typed them. */
export interface Kept {
  readonly of: Measured
  readonly readings: readonly Reading[]
}

/** Keeps readings and raises what the rules find in the new ones; answers how many of each are new. Call as the system. */
export async function keepReadings(ctx: Ctx, kept: readonly Kept[]): Promise<number[]> {
  const all = kept.flatMap((one) => one.readings)
  if (all.length === 0) return kept.map(() => 0)
  await makeParts(ctx, all)
  // One way to the database and back for all three.
  const [seqs, hours, rules] = await Promise.all([
    store.add(
      ctx,
      kept.map(({ of, readings }) => ({ of, readings })),
    ),
    ruleOf(ctx, 'alertAgeHours'),
    listRules(ctx),
  ])
  const oldest = new Date(ctx.now.getTime() - hours * HOUR_MS)
  const added = kept.map(({ of, readings }) => {
    const unseen = seqs.get(of.deviceId)
    return { of, readings: readings.filter((one) => unseen?.delete(one.seq)) }
  })
  const fresh = added.map(({ of, readings }) => ({
    of,
    readings: readings.filter((one) => one.at >= oldest),
  }))
  await raiseFrom(
    ctx,
    fresh.filter((one) => one.readings.length > 0),
    rules,
  )
  return added.map((one) => one.readings.length)
}

/** What the rules find in new readings; each resident's history is asked for only where a rule looks back. */
async function raiseFrom(ctx: Ctx, fresh: readonly Kept[], rules: readonly AlertRule[]): Promise<void> {
  const looking = rules.filter((rule) => rule.way !== 'threshold' && rule.way !== 'silence')
  const kinds = [...new Set(looking.map((rule) => rule.kind))]
  const backward = fresh.filter(({ readings }) => readings.some((one) => kinds.includes(one.kind)))
  const asked = {
    residentIds: backward.map(({ of }) => of.residentId),
    kinds,
    since: dayAfter(dayOf(ctx.now), -HISTORY_DAYS),
  }
  const days = await listDays(ctx, asked)
  for (const { of, readings } of fresh) {
    for (const { rule, reading } of findAlerts(rules, readings, {
      days: days.get(of.residentId) ?? [],
      dayOf,
    })) {
      const { at, value, value2 } = reading
      await raiseAlert(ctx, { ...of, rule, at, value, value2 })
    }
  }
}

/** Takes in what devices hand over; for each parcel how its readings fared, null where the token fits no device on loan. Call as the system. */
export async function takeParcels(ctx: Ctx, parcels: readonly Parcel[]): Promise<(Intake | null)[]> {
  const [lents, since] = await Promise.all([
    findLents(
      ctx,
      parcels.map(({ token }) => hashToken(token)),
    ),
    rawSince(ctx),
  ])
  const known = parcels.flatMap((parcel, n) => {
    const lent = lents.get(hashToken(parcel.token))
    if (!lent || (parcel.serial !== undefined && parcel.serial !== lent.serial)) return []
    return [
      { n, lent, ...sortOut(parcel.readings, { now: ctx.now, since: lent.since, oldest: startOf(since) }) },
    ]
  })
  await store.addRefused(
    ctx,
    known.map(({ lent, refused }) => ({ of: lent, refused })),
  )
  const added = await keepReadings(
    ctx,
    known.map(({ lent, readings }) => ({ of: lent, readings })),
  )
  await hear(
    ctx,
    known.flatMap(({ lent, readings, strips }) => heardOf(lent, [...readings, ...strips])),
  )
  const answers: (Intake | null)[] = parcels.map(() => null)
  for (const [m, { n, lent, readings, strips, refused }] of known.entries()) {
    const accepted = (added[m] ?? 0) + (await store.addStrips(ctx, lent, strips))
    answers[n] = {
      accepted,
      repeated: readings.length + strips.length - accepted,
      refused: refused.map(({ index, problem }) => ({ index, problem })),
    }
  }
  return answers
}

const heardOf = (lent: Lent, of: readonly { at: Date }[]) =>
  of.length === 0
    ? []
    : [{ lent, at: new Date(of.reduce((last, { at }) => Math.max(last, at.getTime()), 0)) }]

/** Takes in what one device hands over; the answer names each reading that was refused. */
export async function takeIn(ctx: Ctx, parcel: Parcel): Promise<Intake> {
  const [answer] = await asSystem(ctx, (all) => takeParcels(all, [parcel]))
  return answer ?? refuse('forbidden', 'careplan.device-unknown')
}
