import type { FindingPlaces } from '@tongmai/api/record/quality'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import { listNewest } from '../../../kernel/resource/read-many.ts'
import type { World } from '../../../kernel/world.ts'
import { demoResidents } from '../../resident/index.ts'
import { type DemoStaff, demoStaff } from '../../workforce/index.ts'
import { departmentsOf } from '../store/quality.ts'
import { type Check, keep } from '../store/quality-check.ts'

const DAYS = 35
const MENDED_AFTER = 2
const HOUR_MS = 3_600_000

/** Who enters what, by which rule it is judged and with what weight, so many a day, and how much of it failed five weeks ago. */
const senders: readonly (readonly [
  user: string,
  rule: string,
  weight: number,
  perDay: number,
  failing: number,
])[] = [
  ['cardio01', 'patient-phone', 3, 24, 0.12],
  ['endo01', 'patient-address', 2, 18, 0.2],
  ['neuro01', 'patient-number', 4, 14, 0.08],
  ['gp01', 'patient-address', 2, 12, 0.3],
  ['gp01', 'observation-late', 3, 9, 0.16],
  ['gp02', 'patient-phone', 3, 10, 0.34],
  ['gp02', 'patient-address', 2, 10, 0.18],
]

const placesOf: Readonly<Record<string, FindingPlaces>> = {
  'patient-phone': [{ path: 'telecom', missing: true }],
  'patient-address': [{ path: 'address', missing: true }],
  'patient-number': [{ path: 'identifier', missing: true }],
  'observation-late': [{ path: 'effectiveDateTime', missing: false }],
}

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

const at = (ctx: Ctx, day: string): Ctx =>
  ctxWith(ctx, { now: new Date(startOf(day).getTime() + 9 * HOUR_MS) })

interface Sender {
  readonly who: Omit<Check, keyof Thing | 'failed' | 'detail' | 'places' | 'day'>
  readonly perDay: number
  readonly failing: number
  readonly things: Thing[]
  /** What failed, by the day on which it is mended. */
  readonly mends: Map<string, Thing[]>
}

async function sendersOf(ctx: Ctx, institution: string): Promise<Sender[]> {
  const found: Sender[] = []
  for (const [user, rule, weight, perDay, failing] of senders) {
    const staff = demoStaff.find(({ username }) => username === user)
    if (staff?.institution !== institution) continue
    const { practitionerId } = staff
    const institutionId = demoId('network', institution)
    const departments = await departmentsOf(ctx, practitionerId ? [practitionerId] : [])
    const departmentId = departments.get(`${practitionerId} ${institutionId}`) ?? null
    found.push({
      who: { institutionId, departmentId, practitionerId, rule, weight, type: typeOf(rule) },
      ...{ perDay, failing, things: await thingsOf(ctx, staff, rule), mends: new Map() },
    })
  }
  return found
}

/** One day of a sender: what was checked, what of it failed, and what failed two days before passed. */
function checksOf(sender: Sender, { day, today, share }: Day): Check[] {
  const { who, perDay, failing, things, mends } = sender
  const places = placesOf[who.rule] ?? []
  const check = (thing: Thing, failed: boolean): Check => ({
    ...{ ...who, ...thing, day, failed, detail: '', places },
  })
  const wrong = things.splice(0, Math.round(perDay * failing * share))
  const [mended = ''] = [dayAfter(day, MENDED_AFTER), today].toSorted()
  mends.set(mended, [...(mends.get(mended) ?? []), ...wrong])
  const right = Array.from({ length: perDay - wrong.length }, () => ({
    resourceId: 'passed',
    residentId: null,
  }))
  return [
    ...wrong.map((thing) => check(thing, true)),
    ...[...right, ...(mends.get(day) ?? [])].map((thing) => check(thing, false)),
  ]
}

interface Day {
  readonly day: string
  readonly today: string
  /** How much of what usually fails does so on this day. */
  readonly share: number
}

/** The weeks before, as they would have been judged day by day: what failed was mended two days later, and less fails now. */
export async function layQuality(world: World): Promise<void> {
  const random = demoRandom(20_261_126)
  for (const institution of ['LEAD', 'CHC01', 'CHC02'])
    await world.asSystem(demoId('network', institution), async (ctx) => {
      const all = await sendersOf(ctx, institution)
      const today = dayOf(ctx.now)
      for (let ago = DAYS; ago >= 0; ago--) {
        const day = dayAfter(today, -ago)
        const share = ago === 0 ? 0 : (0.3 + (0.7 * ago) / DAYS) * (0.4 + random() * 1.2)
        await keep(
          at(ctx, day),
          all.flatMap((sender) => checksOf(sender, { day, today, share })),
        )
      }
    })
}
