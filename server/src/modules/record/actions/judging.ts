import type { QualityTerms, Trial } from '@tongmai/api/record/quality'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Resource, Stored } from '../../../kernel/resource/owner.ts'
import { listCurrent, listNewest } from '../../../kernel/resource/read-many.ts'
import { type Heard, toldAfter } from '../../../kernel/told.ts'
import { paced } from '../../../kernel/turn.ts'
import { shippedCodes } from '../index/shipped.ts'
import { type Given, type Test, testOf } from '../judge-quality.ts'
import { recorderOf } from '../recorder.ts'
import * as store from '../store/quality.ts'
import { type Check, keep } from '../store/quality-check.ts'

/** So many numbers of the chain are gone along in one transaction. */
const SPAN = 250
/** So many of the newest resources a rule is tried on. */
const TRIED = 500

/** By these it is known that something came in: facts as they are stored, and who was registered or corrected. */
const names = [
  'record.stored',
  'resident.registered',
  'resident.changed',
  'resident.identified',
  'resident.document-added',
]

const keyOf = ({ type, id }: { type: string; id: string }): string => `${type}/${id}`

function cameIn({ name, residentId, data }: Heard): { type: string; id: string } | undefined {
  if (name !== 'record.stored') return residentId ? { type: 'Patient', id: residentId } : undefined
  return data.change === 'removed' ? undefined : { type: String(data.type), id: String(data.id) }
}

/** Judges what came in since the last time, a step along the chain; false where nothing is left or another is at it. */
export async function judgeNext(ctx: Ctx): Promise<boolean> {
  const progress = await store.lockProgress(ctx)
  if (!progress) return false
  const { number } = progress
  const { events, until } = await toldAfter(ctx, { number, span: SPAN, names })
  if (until === number) return false
  const tests = await testsOf(ctx)
  const wanted = events.map(cameIn).filter((one) => one !== undefined)
  const unique = [...new Map(wanted.map((one) => [keyOf(one), one])).values()]
  const judged = unique.filter(({ type }) => tests.some((test) => test.type === type))
  if (judged.length > 0) {
    const checks = await checksOf(ctx, tests, await listCurrent(ctx, judged))
    if (checks.length > 0) await keep(ctx, checks)
  }
  await store.setProgress(ctx, until)
  return true
}

/** The rules of today, made ready; the first time the tables of codes they speak of are read. */
export async function testsOf(ctx: Ctx): Promise<readonly Test[]> {
  const rules = await store.listRules(ctx, { on: dayOf(ctx.now) })
  const pause = paced()
  const tests: Test[] = []
  for (const rule of rules.filter(({ weight }) => weight > 0)) {
    await pause()
    tests.push(testOf(rule, shippedCodes))
  }
  return tests
}

/** What each rule says of each of these resources, with who answers for them. */
async function checksOf(ctx: Ctx, tests: readonly Test[], all: readonly Stored[]): Promise<Check[]> {
  const given = await givenOf(ctx, all)
  const doctors = given.map(({ resource }) => recorderOf(resource))
  const departments = await store.departmentsOf(
    ctx,
    doctors.filter((id) => id !== null),
  )
  const pause = paced()
  const checks: Check[] = []
  for (const [n, stored] of all.entries()) {
    await pause()
    const { institutionId } = stored
    const one = given[n]
    if (!one || !institutionId) continue
    const practitionerId = doctors[n] ?? null
    const departmentId = departments.get(`${practitionerId} ${institutionId}`) ?? null
    const { type, id, residentId } = stored
    const who = { institutionId, departmentId, practitionerId, residentId, day: dayOf(stored.updatedAt) }
    for (const test of tests) {
      const verdict = test.type === type ? test.judge(one) : undefined
      const rule = { rule: test.code, weight: test.weight }
      if (verdict) checks.push({ ...who, ...rule, type, resourceId: id, ...verdict })
    }
  }
  return checks
}

/** The resources with the Patients whom they concern. */
async function givenOf(ctx: Ctx, all: readonly Stored[]): Promise<readonly Given[]> {
  const read = all.map((stored) => ({ stored, resource: JSON.parse(stored.content) as Resource }))
  const patients = new Map(
    read
      .filter(({ stored }) => stored.type === 'Patient')
      .map((one) => [one.stored.residentId, one.resource]),
  )
  const others = new Set(
    all.flatMap(({ residentId }) => (patients.has(residentId) ? [] : (residentId ?? []))),
  )
  const whom = [...others].map((id) => ({ type: 'Patient', id }))
  for (const { residentId, content } of await listCurrent(ctx, whom))
    patients.set(residentId, JSON.parse(content) as Resource)
  return read.map(({ stored, resource }) => ({
    resource,
    patient: stored.residentId === null ? undefined : patients.get(stored.residentId),
    storedAt: stored.updatedAt,
  }))
}

/** What a rule would say of the newest resources of its type, wherever they are. */
export async function tryRule(ctx: Ctx, terms: QualityTerms): Promise<Trial> {
  const test = testOf({ ...terms, code: 'trial' }, shippedCodes)
  const given = await givenOf(ctx, await listNewest(ctx, terms.type, TRIED))
  const verdicts = given.map((one) => test.judge(one)).filter((verdict) => verdict !== undefined)
  const failed = verdicts.filter((verdict) => verdict.failed).length
  return { looked: given.length, checked: verdicts.length, failed }
}
