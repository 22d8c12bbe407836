import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount, givenStaff } from '../../../test/given-identity.ts'

let g: ContractRegion
const accept = (state = 'inForce') =>
  g.post(g.boss, '/home-beds/indications', {
    ...{
      indication: 'bedridden',
      state,
      criteria: '生活不能自理',
      since: '2020-01-01',
      source: '本市家床规范',
    },
  })
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const readFhir = async (path: string) =>
  (await g.world.app.inject({ url: `/fhir/R4/${path}`, headers: g.boss })).json()
const today = () => new Date(g.world.world.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
const why = {
  indication: 'bedridden',
  diagnosis: '脑梗死后遗症',
  plan: '每周查床一次，压疮护理',
  reviewDays: 10,
}
const signature = { kind: 'paper', signer: '王小明', relation: '0' }
const consentVersion = '家床2026-1'
const propose = async (contractId: string) =>
  (await g.post(g.boss, `/contracts/${contractId}/home-beds`, why)).json
const opened = async (contractId: string) => {
  const { id } = await propose(contractId)
  return (await g.post(g.boss, `/home-beds/${id}/open`, { consentVersion, signature })).json
}

test('a bed at home is proposed, opened by its agreement, nursed by order, reviewed in time and closed with an outcome', async () => {
  const one = await g.resident()
  const contractId = await g.signed(one)
  const off = (await g.get(g.boss, '/home-beds/indications')).json as { state: string; source: null }[]
  expect(off.every((rule) => rule.state === 'toConfirm' && rule.source === null)).toBe(true)
  expect((await propose(contractId)).code).toBe('contract.bed-indication-off')
  expect((await accept()).status).toBe(200)
  const proposed = await propose(contractId)
  expect(proposed.indicationSource).toBe('本市家床规范')
  expect(proposed).toMatchObject({ status: 'proposed', doctor: { id: g.gpDoctor.id }, reviewOn: null })
  expect((await g.post(g.boss, `/contracts/${contractId}/home-beds`, why)).json.code).toBe(
    'contract.bed-already',
  )
  expect((await g.get(g.elsewhere, `/home-beds/${proposed.id}`)).status).toBe(404)
  const bed = `/home-beds/${proposed.id}`
  expect((await g.post(g.boss, `${bed}/orders`, { what: '翻身', times: 4, per: 'day' })).json.code).toBe(
    'contract.bed-not-now',
  )
  const old = { consentVersion: '2026-1', signature }
  expect((await g.post(g.boss, `${bed}/open`, old)).json.code).toBe('contract.consent-outdated')
  const open = (await g.post(g.boss, `${bed}/open`, { consentVersion, signature })).json
  expect(open).toMatchObject({ status: 'open', openedOn: today(), signer: '王小明' })
  expect(Date.parse(open.reviewOn) - Date.parse(today())).toBe(10 * 86_400_000)

  const ordered = (await g.post(g.boss, `${bed}/orders`, { what: '翻身', times: 4, per: 'day' })).json
  const [order] = ordered.orders
  const at = g.world.world.now().toISOString()
  const bp = { name: '收缩压', value: 132, unit: 'mmHg' }
  const noted = (
    await g.post(g.boss, `${bed}/notes`, {
      kind: 'nursing',
      at,
      text: '皮肤完整',
      measurements: [bp],
      carriedOut: [order.id],
    })
  ).json
  expect(noted.notes[0]).toMatchObject({ kind: 'nursing', carriedOut: ['翻身'], measurements: [bp] })
  expect(noted.orders[0]).toMatchObject({ done: 1, lastAt: at })
  const early = await g.post(g.boss, `${bed}/notes`, {
    kind: 'round',
    at: '2020-01-01T00:00:00.000Z',
    text: 'x',
  })
  expect(early.json.code).toBe('contract.bed-note-before-opening')

  // A visit to the home stands among the notes of the bed.
  const visit = (await g.post(g.boss, `/contracts/${contractId}/visits`, { on: today(), reason: '查床' }))
    .json
  await g.post(g.boss, `/home-visits/${visit.id}/start`, {})
  await g.post(g.boss, `/home-visits/${visit.id}/finish`, { note: '双肺清' })
  const later = (await g.post(g.boss, `/contracts/${contractId}/visits`, { on: today(), reason: '再来' }))
    .json
  const reviewed = (await g.post(g.boss, `${bed}/review`, { text: '仍需卧床护理', reviewDays: 20 })).json
  expect(reviewed.notes.map((one: { kind: string }) => one.kind)).toEqual(['review', 'round', 'nursing'])
  expect(Date.parse(reviewed.reviewOn) - Date.parse(today())).toBe(20 * 86_400_000)

  // Nobody has entered a price: it is unknown, and counted all the same.
  expect(reviewed.fees).toMatchObject([
    { code: 'opening', fen: null, times: 1 },
    { code: 'round', fen: null, times: 2 },
    { code: 'nursing', fen: null, times: 1 },
  ])

  const { headers: me } = await givenResidentAccount(g.world, one)
  expect((await g.get(me, '/me/home-beds')).json.items).toMatchObject([
    { status: 'open', plan: why.plan, orders: [{ what: '翻身', times: 4, per: 'day' }] },
  ])
  const plan = await readFhir(`CarePlan/${proposed.id}`)
  expect(plan).toMatchObject({
    status: 'active',
    title: '家庭病床',
    activity: [{ detail: { description: '翻身' } }],
  })

  const closed = (await g.post(g.boss, `${bed}/close`, { outcome: 'improved', summary: '可下地行走' })).json
  expect(closed).toMatchObject({ status: 'closed', outcome: 'improved', closedOn: today(), moves: [] })
  expect(closed.orders[0].stoppedAt).not.toBeNull()
  const [call] = await g.world.sql<{ status: string }>(
    `select status from contract.home_visit where id = $1`,
    [later.id],
  )
  expect(call).toEqual({ status: 'cancelled' })
  const census = (await g.get(g.boss, `/home-beds/census?from=${today()}&to=${today()}`)).json
  expect(census).toMatchObject({
    inBed: 0,
    opened: 1,
    closed: 1,
    bedDays: 1,
    outcomes: [{ outcome: 'improved', count: 1 }],
  })
  expect((await readFhir(`EpisodeOfCare/${proposed.id}`)).status).toBe('finished')
})

test('a nurse keeps notes, and neither opens nor orders; a price is entered with the document it comes from', async () => {
  const nurse = g.people.nurse.headers
  await g.stayIn()
  const contractId = await g.signed(await g.resident())
  const { id } = await propose(contractId)
  expect((await g.post(nurse, `/home-beds/${id}/open`, { consentVersion, signature })).status).toBe(403)
  await g.post(g.boss, `/home-beds/${id}/open`, { consentVersion, signature })
  expect(
    (await g.post(nurse, `/home-beds/${id}/orders`, { what: '输液', times: 1, per: 'day' })).status,
  ).toBe(403)
  const at = g.world.world.now().toISOString()
  const noted = await g.post(nurse, `/home-beds/${id}/notes`, { kind: 'nursing', at, text: '换药' })
  expect(noted.json.notes).toMatchObject([{ by: '梅芳', kind: 'nursing' }])
  const { headers: head } = await givenStaff(g.world, g.centre, ['office-head'], {})
  const fee = { code: 'nursing', fen: 3000, since: today(), source: '市医保发〔2026〕1 号' }
  await g.post(head, '/home-beds/fees', fee)
  const { fees } = (await g.get(g.boss, `/home-beds/${id}`)).json
  expect(fees[2]).toEqual({ ...fee, times: 1 })
})

test('an ended contract calls off visits and questions, drops a bed not yet opened, and closes that of the dead', async () => {
  const [left, died] = [await g.resident(), await g.resident()]
  const first = await g.signed(left)
  const second = await g.signed(died)
  const visit = (await g.post(g.boss, `/contracts/${first}/visits`, { on: today(), reason: '巡诊' })).json
  const { headers: me } = await givenResidentAccount(g.world, left)
  const asked = (
    await g.post(me, '/me/contract-advices', { residentId: left, subject: '头晕', text: '怎么办' })
  ).json
  const { id: dropped } = await propose(first)
  const { id: open } = await opened(second)
  await g.post(me, `/me/contracts/${first}/rescind`, { reason: 'residentWish' })
  await g.post(g.boss, `/contracts/${second}/terminate`, { reason: 'died' })
  const status = async (table: string, id: string) =>
    (await g.world.sql<{ status: string }>(`select status from contract.${table} where id = $1`, [id]))[0]
      ?.status
  expect(await status('home_visit', visit.id)).toBe('cancelled')
  expect(await status('advice', asked.id)).toBe('closed')
  expect(await status('home_bed', dropped)).toBe('declined')
  expect((await g.get(g.boss, `/home-beds/${open}`)).json).toMatchObject({
    status: 'closed',
    outcome: 'died',
  })
  const cases = await g.world.sql(`select from kernel."case" where closed_at is null and thing = any ($1)`, [
    [`contract-advice:${asked.id}`, `home-bed:${dropped}`, `home-bed:${open}`],
  ])
  expect(cases).toEqual([])

  // Who leaves and signs again keeps the bed, under the contract that is in force now.
  const back = await g.resident()
  const third = await g.signed(back)
  const { id: kept } = await opened(third)
  await g.post(g.boss, `/contracts/${third}/rescind`, { reason: 'residentWish' })
  expect((await g.get(g.boss, `/home-beds/${kept}`)).json).toMatchObject({
    status: 'open',
    contractInForce: false,
  })
  const fourth = await g.signed(back)
  expect((await g.get(g.boss, `/home-beds/${kept}`)).json).toMatchObject({
    ...{ contractInForce: true, contractId: fourth },
  })
})
