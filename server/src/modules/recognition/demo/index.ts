import type { RefusalReason } from '@tongmai/api/recognition/order'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import type { Stored } from '../../../kernel/resource/owner.ts'
import { createResource, requireShape } from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'
import { type DemoResident, demoResidents } from '../../resident/index.ts'
import { type DemoStaff, demoStaff } from '../../workforce/index.ts'
import { readResult } from '../actions/read-result.ts'
import { showOrders } from '../actions/show-order.ts'
import * as decisions from '../store/decision.ts'
import * as gates from '../store/gate.ts'
import * as items from '../store/item.ts'
import { type DemoItem, demoItems } from './catalogue.ts'
import { resultOf } from './result.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const idOf = (code: string): string => demoId('recognition', code)
const site = (code: string): string => demoId('network', code)

async function layItem(ctx: Ctx, item: DemoItem): Promise<void> {
  const { code, name, aliases, category, loinc, usual: _, ...window } = item
  const dimensionless = code === 'INR'
  const id = idOf(code)
  await items.add(ctx, {
    ...{ id, code, name, aliases: [...aliases], category, dimensionless, loinc: [...loinc] },
    localCodes: [`urn:tongmai:demo-lis|${code}`],
  })
  await items.setWindow(ctx, id, { since: '2024-01-01', ...window, demonstration: true })
}

/** The lead passed everything at province level, Qipan all but lipids; two communities passed the simple ones. */
const passing: readonly (readonly [code: string, scope: 'province' | 'city', body: string, only: RegExp])[] =
  [
    ['LEAD', 'province', '省临床检验中心（演示）', /./],
    ['QPH', 'city', '市医学质控中心（演示）', /^(?!CHOL|TG|HDLC|LDLC|MRBRAIN)/],
    ['GERI', 'city', '市医学质控中心（演示）', /^(GLU|HBA1C|K|NA|CL|CREA|UREA|ECG12|CBC|USABD)$/],
    ['CHC01', 'city', '市医学质控中心（演示）', /^(GLU|HBA1C|CBC|ECG12)$/],
    ['CHC02', 'city', '市医学质控中心（演示）', /^(GLU|CBC)$/],
  ]

async function layGates(ctx: Ctx): Promise<void> {
  const today = dayOf(ctx.now)
  const since = dayAfter(today, -300)
  const until = dayAfter(today, 65)
  const year = Number(since.slice(0, 4))
  const enter = (code: string, item: string, gate: Pick<gates.NewGate, 'scope' | 'body' | 'passed'>) =>
    gates.add(ctx, {
      ...{ id: demoId('recognition', `${code} ${item} ${gate.passed}`), institutionId: site(code) },
      ...{ itemId: idOf(item), year, since, until, byInstitutionId: site('LEAD') },
      ...gate,
    })
  for (const [code, scope, body, only] of passing)
    for (const item of demoItems.filter((one) => only.test(one.code)))
      await enter(code, item.code, { scope, body, passed: true })
  for (const item of ['CHOL', 'TG'])
    await enter('QPH', item, { scope: 'city', body: '市医学质控中心（演示）', passed: false })
}

async function layResult(
  ctx: Ctx,
  item: DemoItem,
  { test, ...about }: { residentId: string; at: Date; drift: number; test?: string },
): Promise<Stored> {
  const basedOn = test ? { basedOn: [{ reference: `ServiceRequest/${test}` }] } : {}
  const performer = [{ reference: `Organization/${ctx.actor.institutionId}` }]
  const resource = { ...resultOf(item, about), ...basedOn, performer }
  requireShape(resource)
  // As it came in then: when it was stored counts for its timeliness and for when a test was answered.
  const then = new Date(about.at.getTime() + HOUR_MS)
  return (await createResource(ctxWith(ctx, { now: then }), resource)).stored
}

/** What was ordered is shown, and its result comes two days later; what is newer, and now and then one, is still waited for. */
async function layOrdered(
  ctx: Ctx,
  order: decisions.NewDecision & { readonly id: string },
  { item, daysAgo, answered }: { item: DemoItem; daysAgo: number; answered: boolean },
): Promise<void> {
  await showOrders(ctx, [order])
  if (daysAgo <= 3 || !answered) return
  const at = new Date(ctx.now.getTime() - (daysAgo - 2) * DAY_MS)
  await layResult(ctx, item, { residentId: order.residentId, at, drift: 1, test: order.id })
}

/** For the people of the stories: place · days ago · items. Some are too old, some of a place without an assessment. */
const stories: readonly (readonly [resident: number, place: string, daysAgo: number, codes: string])[] = [
  [0, 'LEAD', 3, 'K NA CL GLU HBA1C CREA CHOL TG LDLC CTCHEST ECHO'],
  [0, 'QPH', 12, 'ALB ALT CHOL MRBRAIN'],
  [0, 'CHC02', 5, 'GLU UA'],
  [0, 'LEAD', 120, 'TSH ALB'],
  [1, 'LEAD', 6, 'GLU HBA1C CREA ECG12'],
  [1, 'CHC01', 2, 'CBC ECG12'],
  [2, 'GERI', 4, 'K NA CREA USABD'],
  [3, 'QPH', 20, 'CTCHEST ALT AST'],
  [5, 'LEAD', 9, 'TSH CBC XCHEST'],
]

async function layStories(world: World): Promise<void> {
  for (const [n, place, daysAgo, codes] of stories)
    await world.asSystem(site(place), async (ctx) => {
      const at = new Date(ctx.now.getTime() - daysAgo * DAY_MS)
      for (const code of codes.split(' ')) {
        const item = demoItems.find((one) => one.code === code)
        if (item) await layResult(ctx, item, { residentId: demoId('resident', n), at, drift: 1 })
      }
    })
}

const reasons: readonly (readonly [RefusalReason, string | null])[] = [
  ['conditionChanged', '近日胸痛加重，与既往结果不符'],
  ['changesFast', '利尿治疗中，电解质变化快'],
  ['majorDecision', '拟行手术，术前复查'],
  ['conditionChanged', null],
  ['emergency', null],
  ['other', '外院片子缺少薄层重建，无法测量结节'],
]
const COUNT = 90

interface Past {
  readonly n: number
  readonly random: () => number
}

interface Decision {
  readonly key: string
  readonly resident: DemoResident
  readonly item: DemoItem
  readonly place: string
  /** Days between result and decision, and from the decision to now. */
  readonly before: number
  readonly daysAgo: number
  readonly drift: number
  /** Why it was done anew all the same; null where the result was recognised. */
  readonly anew: readonly [reason: RefusalReason, text: string | null, told: boolean] | null
  readonly doctor: DemoStaff
}

/** One decision, with the result it speaks of. */
async function decide(world: World, one: Decision): Promise<void> {
  const { key, resident, item, place, before, daysAgo, drift, anew, doctor } = one
  const stored = await world.asSystem(site(place), (ctx) =>
    layResult(ctx, item, {
      ...{ residentId: resident.id, drift },
      at: new Date(ctx.now.getTime() - (daysAgo + before) * DAY_MS),
    }),
  )
  const result = readResult({ ...stored, happenedAt: null })
  await world.asSystem(site(resident.institution), async (ctx) => {
    const daysBack = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS)
    const decision = {
      ...{ residentId: resident.id, id: demoId('recognition', `decision ${key}`), at: daysBack(daysAgo) },
      ...{ orderId: demoId('recognition', `order ${key}`), itemId: idOf(item.code) },
      outcome: anew ? ('reordered' as const) : ('recognised' as const),
      ...{ institutionId: site(resident.institution), practitionerId: doctor.practitionerId },
      ...{ practitionerName: doctor.name, accountId: doctor.accountId, windowSince: '2024-01-01' },
      ...{ resultType: stored.type, resultId: stored.id, resultVersion: stored.version },
      ...{
        resultHash: result?.hash ?? '',
        resultInstitutionId: site(place),
        resultValue: result?.value ?? '',
      },
      resultAt: daysBack(daysAgo + before),
      mark: item.scope === 'alliance' ? ('alliance' as const) : ('city' as const),
      ...(anew
        ? { reason: anew[0], reasonText: anew[1], told: anew[2] }
        : { savedFen: item.priceFen, savedDoseUsv: item.doseUsv, savedDays: item.waitDays }),
    }
    await decisions.add(ctx, [decision])
    if (anew) await layOrdered(ctx, decision, { item, daysAgo, answered: true })
  })
}

const doctorsOf = (institution: string | undefined): DemoStaff[] =>
  demoStaff.filter((one) => one.institution === institution && one.roles.includes('gp') && one.practitionerId)

/** One decision of the last three months. */
async function layDecision(world: World, { n, random }: Past): Promise<void> {
  const resident = demoResidents()[20 + n * 7]
  const doctors = doctorsOf(resident?.institution)
  const doctor = doctors[Math.floor(random() * doctors.length)]
  const item = demoItems[Math.floor(random() ** 1.6 * demoItems.length)]
  if (!resident || !doctor || !item) return
  const place = random() < 0.7 ? 'LEAD' : 'QPH'
  const before = 1 + Math.floor(random() * Math.min(item.validDays - 1, 25))
  const daysAgo = 1 + Math.floor(random() * 88)
  const [kind, reasonAt, told, drift] = [random(), random(), random(), 0.85 + random() * 0.3]
  const [reason, text] = reasons[Math.floor(reasonAt * reasons.length)] ?? ['other', '']
  const anew = kind > 0.74 ? ([reason, text, told > 0.15] as const) : null
  await decide(world, { key: String(n), resident, item, place, before, daysAgo, drift, anew, doctor })
}

/** What was not done twice, and what was, to the one whose phone is shown. */
async function layOwn(world: World): Promise<void> {
  const [resident] = demoResidents()
  const [doctor] = doctorsOf(resident?.institution)
  if (!resident || !doctor) return
  const about = { resident, doctor, place: 'LEAD', drift: 1 }
  for (const [code, daysAgo, before, anew] of [
    ['HBA1C', 26, 12, null],
    ['CTCHEST', 40, 6, null],
    ['GLU', 19, 8, ['changesFast', null, true]],
  ] as const) {
    const item = demoItems.find((one) => one.code === code)
    if (item) await decide(world, { ...about, key: `own ${code}`, item, before, daysAgo, anew })
  }
}

const PLAIN = 70

/** One order for which nothing usable was known. */
async function layOrder(world: World, { n, random }: Past): Promise<void> {
  const resident = demoResidents()[900 + n * 11]
  const doctor = demoStaff.find(
    (one) => one.institution === resident?.institution && one.roles.includes('gp'),
  )
  const item = demoItems[Math.floor(random() * demoItems.length)]
  const daysAgo = 1 + Math.floor(random() * 88)
  if (!resident || !doctor || !item) return
  await world.asSystem(site(resident.institution), async (ctx) => {
    const daysBack = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS)
    const test = demoId('recognition', `plain ${n}`)
    const order = {
      ...{ residentId: resident.id, id: test, outcome: 'ordered' as const, at: daysBack(daysAgo) },
      ...{ orderId: demoId('recognition', `plain order ${n}`), itemId: idOf(item.code) },
      ...{ institutionId: site(resident.institution), practitionerId: doctor.practitionerId },
      ...{ practitionerName: doctor.name, accountId: doctor.accountId, windowSince: '2024-01-01' },
    }
    await decisions.add(ctx, [order])
    await layOrdered(ctx, order, { item, daysAgo, answered: n % 9 > 0 })
  })
}

/** The catalogue (ids `demoId('recognition', 'HBA1C')`), assessments, results of the stories, and three months of decisions. */
export async function demo(world: World): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    for (const item of demoItems) await layItem(ctx, item)
    await layGates(ctx)
  })
  await layStories(world)
  const random = demoRandom(20_260_707)
  for (let n = 0; n < COUNT; n++) await layDecision(world, { n, random })
  await layOwn(world)
  for (let n = 0; n < PLAIN; n++) await layOrder(world, { n, random })
}
