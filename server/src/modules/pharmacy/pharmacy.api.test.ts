import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenResidentAccount, givenStaff } from '../../../test/given-identity.ts'
import { asking, givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { storedProblems } from '../../../test/stored-problems.ts'
import { type Region, region } from '../../../test/world.ts'
import { createResource } from '../../kernel/resource/write.ts'
import { availability } from './index.ts'
import * as store from './store/medicine.ts'

let world: Region
const facts = { chronic: true, baseCode: null, insuranceCode: null }
beforeAll(async () => {
  world = await region()
})
afterAll(() => world.close())

test('what the higher hospital holds and the community lacks is the gap; something of the same class replaces it', async () => {
  const { get, post } = asking(world)
  const [higher, community] = [await givenInstitution(world), await givenInstitution(world)]
  const above = await givenStaff(world, higher.id, ['pharmacist'])
  const below = await givenStaff(world, community.id, ['pharmacist'])
  const add = (name: string) =>
    world.system(async (ctx) => {
      const id = ctx.id()
      await store.add(ctx, { id, name, form: '片', strength: '5mg', ...facts, category: '钙通道阻滞剂' })
      return id
    })
  const [first, second] = [await add('氨氯地平'), await add('非洛地平')]
  for (const medicineId of [first, second])
    await post(above, '/medicine-stock', { medicineId, state: 'inStock' })
  await post(below, '/medicine-stock', { medicineId: second, state: 'canOrder' })
  const { body } = await get(below, `/formulary-alignment?communityId=${community.id}&higherId=${higher.id}`)
  expect(body).toMatchObject({ both: 1, higher: 2, rate: 0.5, gap: [{ id: first, state: null }] })
  const found = await get(below, `/medicines?institutionId=${community.id}&q=aldp`)
  expect(found.body.items.map((one: { id: string }) => one.id)).toEqual([first])
  const [answer, held] = await world.system((ctx) =>
    availability(ctx, community.id, ['苯磺酸氨氯地平片', '非洛地平']),
  )
  expect(answer).toMatchObject({ available: false, drugId: first, alternatives: [{ drugId: second }] })
  expect(held).toMatchObject({ available: true, drugId: second })
})

test('the longest name is meant: what is in another medicine’s name is not that medicine', async () => {
  const { get, post } = asking(world)
  const community = await givenInstitution(world)
  const below = await givenStaff(world, community.id, ['pharmacist'])
  const add = (name: string, form: string) =>
    world.system(async (ctx) => {
      const id = ctx.id()
      await store.add(ctx, { id, name, form, strength: '2.5mg', ...facts, category: '降压药' })
      return id
    })
  const [racemic, levo] = [await add('氨氯地平', '胶囊'), await add('左氨氯地平', '片')]
  await post(below, '/medicine-stock', { medicineId: racemic, state: 'inStock' })
  await post(below, '/medicine-stock', { medicineId: levo, state: 'notHeld' })
  const names = encodeURIComponent('苯磺酸左氨氯地平片\n氨氯地平胶囊\n没有的药')
  const { body } = await get(below, `/medicine-availability?institutionId=${community.id}&names=${names}`)
  expect(body).toMatchObject([
    {
      ...{ available: false, state: 'notHeld', drugId: levo },
      alternatives: [{ drugId: racemic, name: '氨氯地平胶囊 2.5mg' }],
    },
    { available: true, state: 'inStock', drugId: racemic, alternatives: [] },
    { available: false, state: null, drugId: null, alternatives: [] },
  ])
})

const codes = { good: '86900483000019', insurance: 'XA01ABD075A002010100483' }

test('a shortage is the pharmacy’s until it has come, then who reported it tells the patients; it is never lost', async () => {
  const { get, post } = asking(world)
  const community = await givenInstitution(world)
  const gp = await givenStaff(world, community.id, ['gp'])
  const stranger = await givenStaff(world, (await givenInstitution(world)).id, ['pharmacist'])
  const [wanted, other, third] = await world.system(async (ctx) => {
    const ids = [ctx.id(), ctx.id(), ctx.id()]
    for (const [n, id] of ids.entries())
      await store.add(ctx, {
        ...facts,
        id,
        name: `抗凝药${n}`,
        form: '片',
        strength: '5mg',
        category: n < 2 ? '抗凝药' : '别的',
      })
    return ids
  })
  const body = { medicineId: wanted, patients: 3, quantity: '3 盒/月', reason: '下转患者须继续抗凝' }
  const { id, status } = (await post(gp, '/shortages', body)).body
  expect(status).toBe('reported')
  expect((await post(gp, '/shortages', body)).code).toBe('pharmacy.reported-already')
  const owner = async () =>
    (
      await world.sql<{ duty: string; step: string; escalated: number }>(
        'select duty, step, escalated from kernel."case" where thing = $1 and closed_at is null',
        [`shortage:${id}`],
      )
    )[0]
  expect(await owner()).toEqual({ duty: 'pharmacy.stock', step: 'reported', escalated: 0 })
  expect((await post(gp, `/shortages/${id}/arrive`, {})).status).toBe(403)
  expect((await post(stranger, `/shortages/${id}/arrive`, {})).status).toBe(404)
  const now = world.world.now()
  await world.setNow(new Date(now.getTime() + 49 * 3_600_000))
  await world.sweep()
  expect((await owner())?.escalated).toBe(1)
  const fresh = await givenStaff(world, community.id, ['pharmacist'])
  const expectedOn = new Date(now.getTime() + 6 * 86_400_000).toISOString().slice(0, 10)
  expect((await post(fresh, `/shortages/${id}/procure`, { expectedOn })).body.expectedOn).toBe(expectedOn)
  expect((await post(fresh, `/shortages/${id}/collect`, {})).code).toBe('pharmacy.shortage-not-now')
  await post(fresh, `/shortages/${id}/arrive`, {})
  expect(await owner()).toMatchObject({ duty: 'pharmacy.report', step: 'arrived' })
  const [held] = await world.system((ctx) => availability(ctx, community.id, ['抗凝药0']))
  expect(held?.state).toBe('inStock')
  await post(fresh, `/shortages/${id}/collect`, {})
  expect(await owner()).toBeUndefined()
  const again = (await post(fresh, '/shortages', { ...body, medicineId: other })).body
  expect((await post(fresh, `/shortages/${again.id}/replace`, { alternativeId: third })).code).toBe(
    'pharmacy.not-an-alternative',
  )
  expect((await post(fresh, `/shortages/${again.id}/replace`, { alternativeId: wanted })).body.status).toBe(
    'replaced',
  )
  const open = (await get(fresh, '/shortages?open=true')).body.items
  expect(open).toEqual([])
})

test('a formulary comes in by CSV: checked first, each bad line with its reason, and shown to machines as Medication', async () => {
  const { get, post } = asking(world)
  const lead = await givenInstitution(world)
  const office = await givenStaff(world, lead.id, ['alliance-office'])
  const gp = await givenStaff(world, lead.id, ['gp'])
  const csv = [
    '通用名,剂型,规格,类别,慢病,本位码,医保代码',
    `地喹氯铵,含片,0.25mg,口腔用药,否,${codes.good},${codes.insurance}`,
    '地喹氯铵,含片,0.25mg,口腔用药,否,,',
    '某药,片,5mg,某类,也许,,',
    '某药,片,10mg,某类,是,86900483000018,',
    `某药,片,20mg,某类,是,,${codes.insurance}`,
  ].join('\n')
  expect((await post(gp, '/medicines/import', { csv, dryRun: true })).status).toBe(403)
  const dry = (await post(office, '/medicines/import', { csv, dryRun: true })).body
  expect([dry.lines, dry.added]).toEqual([5, 1])
  expect(dry.problems.map((one: { line: number; problem: string }) => [one.line, one.problem])).toEqual([
    [3, 'twice'],
    [4, 'chronic'],
    [5, 'base-check-digit'],
    [6, 'code-taken'],
  ])
  const found = async () =>
    (await get(office, `/medicines?institutionId=${lead.id}&q=${encodeURIComponent('地喹氯铵')}`)).body.items
  expect(await found()).toEqual([])
  await post(office, '/medicines/import', { csv, dryRun: false })
  const [one] = await found()
  expect(one).toMatchObject({ baseCode: codes.good, insuranceCode: codes.insurance, chronic: false })
  expect((await post(office, '/medicines/import', { csv, dryRun: false })).body.unchanged).toBe(1)
  const { id, state: _, confirmedAt: __, ...now } = one
  expect((await post(office, `/medicines/${id}/change`, { ...now, insuranceCode: 'XA01' })).code).toBe(
    'pharmacy.insurance-code',
  )
  expect((await post(office, `/medicines/${id}/change`, { ...now, retired: true })).body.retired).toBe(true)
  expect(await found()).toEqual([])
  const [stored] = await world.sql<{ content: { status: string; code: { text: string } } }>(
    `select content::jsonb as content from kernel.resource where type = 'Medication' and id = $1`,
    [id],
  )
  expect(stored?.content).toMatchObject({ status: 'inactive', code: { text: '地喹氯铵含片 0.25mg' } })
})

test('a resident reads what they take, from whichever hospital, and who near their community has it', async () => {
  const { get, post } = asking(world)
  const [home, other] = [
    await givenInstitution(world, { kind: 'communityCentre', tier: 'primary' }),
    await givenInstitution(world),
  ]
  const { id: residentId } = await givenResident(world, home.id)
  const me = await givenResidentAccount(world, residentId)
  const medicineId = await world.system(async (ctx) => {
    const id = ctx.id()
    await store.add(ctx, {
      ...{ id, name: '依折麦布', form: '片', strength: '10mg', category: '降脂药' },
      ...facts,
    })
    return id
  })
  for (const [place, state] of [
    [home, 'canOrder'],
    [other, 'inStock'],
  ] as const)
    await post(await givenStaff(world, place.id, ['pharmacist']), '/medicine-stock', { medicineId, state })
  const prescribe = (name: string, more: object = {}) =>
    world.world.asSystem(other.id, (ctx) =>
      createResource(ctx, {
        ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order' },
        ...{ authoredOn: '2026-01-05', medicationCodeableConcept: { text: name } },
        ...{ subject: { reference: `Patient/${residentId}` }, requester: { display: '陈医生' } },
        ...more,
      }),
    )
  await prescribe('依折麦布片 10mg', { dosageInstruction: [{ text: '每晚一片' }] })
  await prescribe('没有人知道的药')
  await prescribe('停了的药', { status: 'stopped' })
  const { status, body } = await get(me, `/me/medicines?residentId=${residentId}`)
  expect(status).toBe(200)
  expect(body.from).toBe(home.name)
  const [unknown, known] = body.medicines.toSorted((a: { listed: boolean }) => (a.listed ? 1 : -1))
  expect(known).toMatchObject({
    ...{ name: '依折麦布片 10mg', dose: '每晚一片', prescriber: '陈医生', institution: other.name },
    near: [
      { institutionId: other.id, state: 'inStock', minutes: null },
      { institutionId: home.id, state: 'canOrder', minutes: 0 },
    ],
  })
  expect(unknown).toMatchObject({ name: '没有人知道的药', dose: null, listed: false, near: [] })
  expect(body.medicines).toHaveLength(2)
  const { id: stranger } = await givenResident(world, home.id)
  expect((await get(me, `/me/medicines?residentId=${stranger}`)).status).toBe(404)
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(world)).toEqual([])
})
