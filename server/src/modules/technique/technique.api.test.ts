import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import { asking, givenAlliance, givenDepartment, givenInstitution } from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { dayAfter, dayOf } from '../../kernel/day.ts'
import { network } from '../network/index.ts'
import { workforce } from '../workforce/index.ts'
import { mastersOf, technique } from './index.ts'

let world: Region
let { get, post } = {} as ReturnType<typeof asking>
type Who = { headers: Readonly<Record<string, string>> }
let lead: { id: string; departmentId: string; office: Who; doctor: Who }
let centre: { id: string; departmentId: string; office: Who }

beforeAll(async () => {
  world = await region()
  ;({ get, post } = asking(world))
  const hospital = await givenInstitution(world)
  const community = await givenInstitution(world, { kind: 'communityCentre', tier: 'primary' })
  await givenAlliance(world, hospital.id, { members: [community.id] })
  lead = {
    id: hospital.id,
    departmentId: (await givenDepartment(world, hospital.id)).id,
    office: await givenStaff(world, hospital.id, ['alliance-office']),
    doctor: await givenStaff(world, hospital.id, ['specialist'], { name: '陈主任' }),
  }
  centre = {
    id: community.id,
    departmentId: (await givenDepartment(world, community.id, { specialty: 'generalPractice' })).id,
    office: await givenStaff(world, community.id, ['alliance-office', 'gp']),
  }
})
afterAll(() => world.close())

const facts = {
  name: '动态血压监测',
  aliases: ['ABPM'],
  specialty: 'cardiology',
  kind: 'examination',
  level: 'appropriate',
  note: null,
}
let codes = 0
const enter = async (more: object = {}) =>
  (await post(lead.office, '/techniques', { code: `T${codes++}`, ...facts, ...more })).body.id as string
const today = () => dayOf(world.world.now())
const signOff = (who: Who, techniqueId: string, departmentId: string, more: object = {}) =>
  post(who, `/techniques/${techniqueId}/sign-off`, {
    ...{ departmentId, practitionerId: null, since: today(), until: null, filing: null, evidence: null },
    ...more,
  })
const masters = (id: string) => world.system((ctx) => mastersOf(ctx, id))

test('a technique is found by Chinese, pinyin and initials, and keeps what its versions said', async () => {
  const id = await enter({ name: '下肢静脉超声' })
  for (const q of ['静脉', 'jingmai', 'xzjm', 'ABPM']) {
    const { body } = await get(lead.office, `/techniques?limit=100&q=${encodeURIComponent(q)}`)
    expect(body.items.map((one: { id: string }) => one.id)).toContain(id)
  }
  const changed = { ...facts, name: '下肢血管超声', version: 1 }
  expect((await post(lead.office, `/techniques/${id}/change`, changed)).body.version).toBe(2)
  expect((await post(lead.office, `/techniques/${id}/change`, changed)).code).toBe('technique.stale')
  const { body } = await get(lead.doctor, `/techniques/${id}`)
  expect(body.versions.map((one: { facts: { name: string } }) => one.facts.name)).toEqual([
    '下肢血管超声',
    '下肢静脉超声',
  ])
  expect((await get(lead.office, '/techniques?q=xzjm')).body.total).toBe(0)
  expect((await post(lead.office, `/techniques/${id}/retire`, { version: 2 })).body.retiredOn).toBe(today())
  expect((await signOff(lead.doctor, id, lead.departmentId)).code).toBe('technique.retired-already')
})

test('the lead signs a community off only for what it masters itself, and once', async () => {
  const id = await enter()
  expect((await signOff(lead.doctor, id, centre.departmentId)).code).toBe('technique.teacher-does-not-master')
  expect((await signOff(lead.doctor, id, lead.departmentId)).status).toBe(200)
  expect((await signOff(centre.office, id, lead.departmentId)).code).toBe('technique.only-the-lead-signs')
  const signed = await signOff(lead.doctor, id, centre.departmentId)
  expect(signed.body).toMatchObject({ institutionId: centre.id, teacherId: lead.id, signerName: '陈主任' })
  expect((await signOff(lead.doctor, id, centre.departmentId)).code).toBe('technique.signed-off-already')
  expect((await masters(id)).map((one) => one.institutionId).sort()).toEqual([lead.id, centre.id].sort())
  const withdraw = (who: Who) => post(who, `/masteries/${signed.body.id}/withdraw`, { reason: '设备停用' })
  expect((await withdraw(centre.office)).code).toBe('technique.only-the-teacher-withdraws')
  expect((await withdraw(lead.office)).body).toMatchObject({ state: 'withdrawn', endedReason: '设备停用' })
  expect((await masters(id)).map((one) => one.institutionId)).toEqual([lead.id])
  expect((await signOff(lead.doctor, id, centre.departmentId)).status).toBe(200)
})

test('a restricted technique asks for its filing, a practitioner must practise there', async () => {
  const id = await enter({ level: 'restricted' })
  expect((await signOff(lead.doctor, id, lead.departmentId)).code).toBe('technique.filing-wanted')
  expect((await signOff(lead.doctor, id, lead.departmentId, { filing: '备〔2026〕1 号' })).status).toBe(200)
  const practitionerId = '018f0000-0000-7000-8000-000000000000'
  const unknown = await signOff(lead.doctor, await enter(), lead.departmentId, { practitionerId })
  expect(unknown.status).toBe(404)
})

test('the demonstration signs some communities off, and most for nothing', async () => {
  for (const { demo } of [network, workforce, technique]) await demo?.(world.world)
  const signed = await world.sql(
    `select distinct i.code from technique.mastered m join network.institution i on i.id = m.institution_id
      where i.kind in ('communityCentre', 'townshipCentre', 'villageClinic') and i.code !~ '^I'`,
  )
  expect(signed.length).toBeGreaterThan(5)
  expect(signed.length).toBeLessThan(16)
})

test('a sign-off runs out after its last day, and the view forgets it', async () => {
  const id = await enter()
  await signOff(lead.doctor, id, lead.departmentId, { until: dayAfter(today(), 10) })
  const before = world.world.now()
  await world.setNow(new Date(before.getTime() + 12 * 86_400_000))
  expect(await masters(id)).toEqual([])
  await world.runJob('technique.expire')
  const [row] = await world.sql('select state from technique.mastery where technique_id = $1', [id])
  expect(row).toEqual({ state: 'expired' })
  const seen = await world.sql('select from technique.mastered where technique_id = $1', [id])
  expect(seen).toEqual([])
})
