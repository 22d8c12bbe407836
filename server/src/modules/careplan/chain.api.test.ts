import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenStaff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { createResource, updateResource } from '../../kernel/resource/write.ts'
import { noteReferral } from './index.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const today = () => new Date(g.world.world.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
const code = (system: string, value: string) => ({ coding: [{ system, code: value }] })
const store = (resource: object) =>
  g.world.world.asSystem(g.centre, (ctx) => createResource(ctx, resource as never))
const measured = (residentId: string) =>
  store({
    ...{ resourceType: 'Observation', status: 'final', subject: { reference: `Patient/${residentId}` } },
    ...{ code: code('http://loinc.org', '8480-6'), effectiveDateTime: g.world.world.now().toISOString() },
    valueQuantity: { value: 152, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  })
const verified = (value: string) => ({
  verificationStatus: code('http://terminology.hl7.org/CodeSystem/condition-ver-status', value),
})
const diagnosed = (residentId: string, more = {}) =>
  store({
    ...{ resourceType: 'Condition', subject: { reference: `Patient/${residentId}` } },
    code: code('http://hl7.org/fhir/sid/icd-10', 'I10.x00'),
    ...more,
  })
const counts = async (headers = g.boss, scope = 'mine') =>
  (await g.get(headers, `/care-chain/counts?programme=hypertension&scope=${scope}`)).json
const standing = async (headers = g.boss, scope = 'mine'): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await counts(headers, scope)).stages.map((one: { stage: string; standing: number }) => [
      one.stage,
      one.standing,
    ]),
  )

test('each person stands where the facts say, from a measurement to the way back, and each count opens its people', async () => {
  const [screened, confirmed, treated] = [await g.resident(), await g.resident(), await g.resident()]
  await measured(screened)
  await diagnosed(confirmed)
  await g.post(g.boss, '/enrolments', {
    ...{ residentId: treated, programme: 'hypertension', risk: 'medium', firstOn: today(), goals: [] },
    ...{ plan: '限盐', plain: '少放盐' },
  })
  expect(await standing()).toMatchObject({ screened: 1, confirmed: 1, enrolled: 1, controlled: 0 })
  const [due] = (await g.get(g.boss, `/follow-ups?residentId=${treated}&status=due`)).json.items
  const answers = { symptoms: ['none'], systolic: 126, diastolic: 78, adherence: 'regular', adverse: false }
  const done = { at: g.world.world.now().toISOString(), way: 'clinic', formVersion: 1, answers }
  await g.post(g.boss, `/follow-ups/${due.id}/record`, done)
  expect(await standing()).toMatchObject({ enrolled: 0, treated: 0, controlled: 1 })

  const referral = `referral:${crypto.randomUUID()}`
  const told = { residentId: treated, diagnosis: 'I10.x00', referral, institutionId: g.centre }
  const at = g.world.world.now()
  await g.world.system((ctx) => noteReferral(ctx, { ...told, what: 'sent', at }))
  expect(await standing()).toMatchObject({ controlled: 0, referred: 1 })
  await g.world.system((ctx) => noteReferral(ctx, { ...told, what: 'ended', at }))
  expect(await standing()).toMatchObject({ controlled: 1, referred: 0 })
  const { stages } = await counts()
  for (const { stage, reached, standing: now } of stages) {
    const people = async (how: string) =>
      (await g.get(g.boss, `/care-chain/people?programme=hypertension&${how}=${stage}`)).json.total
    expect([stage, await people('reached'), await people('standing')]).toEqual([stage, reached, now])
  }
})

test('what is suspected confirms no disease, and a diagnosis that was a mistake confirms it no more', async () => {
  const before = await standing()
  const [suspected, mistaken, twice] = [await g.resident(), await g.resident(), await g.resident()]
  await diagnosed(suspected, verified('provisional'))
  const { stored } = await diagnosed(mistaken, verified('confirmed'))
  await diagnosed(twice)
  const { stored: another } = await diagnosed(twice)
  const confirmed = () => standing().then((now) => (now.confirmed ?? 0) - (before.confirmed ?? 0))
  expect(await confirmed()).toBe(2)
  const change = (content: string) =>
    g.world.world.asSystem(g.centre, (ctx) =>
      updateResource(ctx, { ...JSON.parse(content), ...verified('entered-in-error') }),
    )
  await change(stored.content)
  await change(another.content)
  expect(await confirmed()).toBe(1)
})

test('an office sees figures of its partners and only the people it may see; the commission sees nobody by name', async () => {
  const hospital = (await givenStaff(g.world, g.hospital, ['alliance-office'])).headers
  const commission = (await givenStaff(g.world, g.third, ['health-commission'])).headers
  const own = await counts()
  const all = own.stages.reduce((sum: number, one: { standing: number }) => sum + one.standing, 0)
  expect((await counts(hospital)).institutions).toEqual([])
  const path = '/care-chain/people?programme=hypertension&scope=alliance'
  const seen = (await g.get(hospital, path)).json
  expect([seen.total, seen.hidden]).toEqual([0, all])
  const region = (await g.get(commission, path)).json
  expect([region.total, region.hidden]).toEqual([all, 0])
  expect(JSON.stringify(region)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/)
  expect(region.items[0]).toMatchObject({ resident: null, ageBand: expect.stringMatching(/^\d+–\d+$/) })
  const days = region.items
    .flatMap((one: object) => Object.values(one))
    .filter((v: unknown) => /^\d{4}-\d\d-\d\d/.test(String(v)))
  expect(days).toEqual([])
})

test('what was on record before the chain was kept is read institution by institution; an alliance sees the figures of all its members', async () => {
  const one = await g.resident()
  await diagnosed(one)
  await g.world.sql(`delete from careplan.chain where resident_id = $1`, [one])
  const before = (await standing()).confirmed ?? 0
  const places = await g.world.sql(`select id from network.institution`)
  for (let n = 0; n < places.length; n++) await g.world.runJob('careplan.note-records')
  expect((await standing()).confirmed).toBe(before + 1)

  // A member without an agreement of its own sees its allies' figures, and nobody by name.
  const { id: outside } = await givenInstitution(g.world)
  const office = (await givenStaff(g.world, outside, ['alliance-office'])).headers
  expect((await counts(office, 'alliance')).institutions).toEqual([])
  const [alliance] = await g.world.sql<{ id: string }>(
    `insert into network.alliance (id, form, name, short_name, founder_id, since, added_at)
      values (gen_random_uuid(), 'specialtyAlliance', '高血压专科联盟', '高血压联盟', $1, '2020-01-01', now()) returning id`,
    [outside],
  )
  for (const institutionId of [outside, g.centre])
    await g.world.sql(
      `insert into network.membership (id, alliance_id, institution_id, role, layer, grade, since)
        values (gen_random_uuid(), $1, $2, 'member', 'inCity', 'loose', '2020-01-01')`,
      [alliance?.id, institutionId],
    )
  expect((await counts(office, 'alliance')).institutions).toMatchObject([{ id: g.centre }])
  const people = (await g.get(office, '/care-chain/people?programme=hypertension&scope=alliance')).json
  expect(people.total).toBe(0)
  expect(people.hidden).toBeGreaterThan(0)
})
