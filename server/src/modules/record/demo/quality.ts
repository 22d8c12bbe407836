import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import { listNewest } from '../../../kernel/resource/read-many.ts'
import type { World } from '../../../kernel/world.ts'
import { demoResidents } from '../../resident/index.ts'
import { type DemoStaff, demoStaff } from '../../workforce/index.ts'
import { departmentsOf } from '../store/quality.ts'
import { type Check, keep } from '../store/quality-check.ts'

const DAYS = 42
const MENDED_AFTER = 2
const HOUR_MS = 3_600_000

/** Who enters what, by which rule it is judged and with what weight, so many a day, and how much of it failed six weeks ago. */
const senders: readonly (readonly [
  user: string,
  rule: string,
  weight: number,
  perDay: number,
  failing: number,
])[] = [
  ['cardio01', 'patient-phone', 3, 24, 0.12],
  ['endo01', 'patient-address', 2, 18, 0.2],
  ['neuro01', 'patient-phone', 3, 14, 0.08],
  ['gp01', 'patient-address', 2, 12, 0.3],
  ['gp01', 'observation-late', 3, 9, 0.16],
  ['gp02', 'patient-phone', 3, 10, 0.34],
  ['gp02', 'patient-address', 2, 10, 0.18],
]

const typeOf = (rule: string): string => (rule.startsWith('patient') ? 'Patient' : 'Observation')

type Thing = Pick<Check, 'resourceId' | 'residentId'>

/** What of the institution can fail; each thing fails one rule once. */
async function thingsOf(ctx: Ctx, staff: DemoStaff, rule: string): Promise<Thing[]> {
  if (typeOf(rule) === 'Patient') {
    const own = demoResidents().filter(({ institution }) => institution === staff.institution)
    const all = own.length > 0 ? own : demoResidents().slice(rule === 'patient-phone' ? 0 : 300, 900)
    return all.map(({ id }) => ({ resourceId: id, residentId: id }))
  }
  const stored = await listNewest(ctx, typeOf(rule), 500)
  return stored
    .filter(({ institutionId }) => institutionId === ctx.actor.institutionId)
    .map(({ id, residentId }) => ({ resourceId: id, residentId }))
}

const at = (ctx: Ctx, day: string): Ctx => ({ ...ctx, now: new Date(startOf(day).getTime() + 9 * HOUR_MS) })

/** One day of a sender: what was checked, what of it failed, and two days later passed. */
async function layDay(ctx: Ctx, of: Omit<Check, keyof Thing | 'failed' | 'detail'>, day: Day): Promise<void> {
  const { things, perDay, failed } = day
  const check = (thing: Thing, isWrong: boolean): Check => ({ ...of, ...thing, failed: isWrong, detail: '' })
  const wrong = things.splice(0, failed)
  const right = Array.from({ length: perDay - wrong.length }, () => ({
    resourceId: 'passed',
    residentId: null,
  }))
  await keep(at(ctx, of.day), [
    ...wrong.map((thing) => check(thing, true)),
    ...right.map((thing) => check(thing, false)),
  ])
  if (wrong.length === 0) return
  const [then = ''] = [dayAfter(of.day, MENDED_AFTER), dayOf(ctx.now)].toSorted()
  await keep(
    at(ctx, then),
    wrong.map((thing) => ({ ...check(thing, false), day: then })),
  )
}

interface Day {
  readonly things: Thing[]
  readonly perDay: number
  readonly failed: number
}

/** The weeks before, as they would have been judged day by day: what failed was mended two days later, and less fails now. */
export async function layQuality(world: World): Promise<void> {
  const random = demoRandom(20_261_126)
  for (const [user, rule, weight, perDay, failing] of senders) {
    const staff = demoStaff.find(({ username }) => username === user)
    if (!staff) continue
    const institutionId = demoId('network', staff.institution)
    await world.asSystem(institutionId, async (ctx) => {
      const things = await thingsOf(ctx, staff, rule)
      const { practitionerId } = staff
      const departments = await departmentsOf(ctx, practitionerId ? [practitionerId] : [])
      const departmentId = departments.get(`${practitionerId} ${institutionId}`) ?? null
      for (let ago = DAYS; ago > 0; ago--) {
        const day = dayAfter(dayOf(ctx.now), -ago)
        const share = failing * (0.3 + (0.7 * ago) / DAYS) * (0.4 + random() * 1.2)
        const who = { institutionId, departmentId, practitionerId, day, rule, weight, type: typeOf(rule) }
        await layDay(ctx, who, { things, perDay, failed: Math.round(perDay * share) })
      }
    })
  }
}
