import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenClient, givenStaff, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenLicence, givenPractitioner } from '../../../test/given-workforce.ts'
import { storedProblems } from '../../../test/stored-problems.ts'
import { type Region, region } from '../../../test/world.ts'
import type { Actor } from '../../kernel/actor.ts'
import { nobody } from '../../kernel/actor.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { addExternalPractitioner, addPractitioner, requireLicensed } from './index.ts'

let world: Region
let here: string
let there: string
let admin: Staff
let reader: Staff

beforeAll(async () => {
  world = await region()
  here = (await givenInstitution(world)).id
  there = (await givenInstitution(world)).id
  admin = await givenStaff(world, here, ['admin'])
  reader = await givenStaff(world, here, ['gp'])
})
afterAll(() => world.close())

const get = (who: { headers: Readonly<Record<string, string>> }, url: string) =>
  world.app.inject({ method: 'GET', url: `/api${url}`, headers: who.headers })
const post = (who: { headers: Readonly<Record<string, string>> }, url: string, payload: object) =>
  world.app.inject({ method: 'POST', url: `/api${url}`, headers: who.headers, payload })
const staffActor = (institutionId: string, practitionerId: string | null): Actor => ({
  ...{ ...nobody, kind: 'staff', id: 'test', institutionId, practitionerId },
})
const refusalOf = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (error: unknown) => (error instanceof Refusal ? error : Promise.reject(error)),
  )
const dayIn = (days: number) =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

describe('the staff of an institution', () => {
  test('its admin adds somebody, with licence and filed site, and everybody on staff can read it', async () => {
    const body = { name: '李新来', sex: 'female', kind: 'physician', title: 'attending', phone: null }
    const added = await post(admin, '/practitioners', { ...body, departmentId: null, since: '2024-01-01' })
    expect(added.statusCode, added.body).toBe(200)
    const { id } = added.json()
    const licence = {
      kind: 'physicianQualification',
      number: '200199110990102196203091234',
      scopes: [],
      since: '2001-12-01',
      until: null,
    }
    const licensed = await post(admin, `/practitioners/${id}/licences`, licence)
    expect(licensed.statusCode, licensed.body).toBe(200)
    expect(licensed.json().licences[0]).toMatchObject({
      number: '200********************1234',
      state: 'current',
    })
    expect(licensed.body).not.toContain('990102196203091234')
    const read = await get(reader, `/practitioners/${id}`)
    expect(read.json()).toMatchObject({ name: '李新来', sites: [{ institutionId: here, primary: true }] })
    const [row] = await world.sql<{ number_sealed: string }>(
      'select number_sealed from workforce.licence where practitioner_id = $1',
      [id],
    )
    expect(row?.number_sealed).not.toContain('990102')
  })

  test('among more than two hundred each is found by part of the name, its pinyin or its initials', async () => {
    const house = (await givenInstitution(world)).id
    const clerk = await givenStaff(world, house, ['admin'])
    await world.system(async (ctx) => {
      for (let n = 0; n < 205; n++) {
        const name = `阿${'一二三四五六七八九十'[n % 10]}${n}`
        const sites = [{ institutionId: house, departmentId: null, primary: true, since: '2020-01-01' }]
        const who = { name, sex: 'female' as const, kind: 'physician' as const, title: 'none' as const }
        await addPractitioner(ctx, { ...who, phone: null, sites, licences: [] })
      }
    })
    const { id } = await givenPractitioner(world, house, { name: '单晓云' })
    const found = async (name: string) =>
      (await get(clerk, `/practitioners?limit=50&name=${encodeURIComponent(name)}`))
        .json()
        .items.map((one: { id: string }) => one.id)
    for (const part of ['单', '晓云', 'shanxiaoyun', 'Xiao Yun', 'sxy', 'xy'])
      expect([part, await found(part)]).toEqual([part, [id]])
    expect(await found('云单')).toEqual([])
    const facts = { name: '许念', sex: 'female', kind: 'physician', title: 'attending', phone: null }
    const renamed = await post(clerk, `/practitioners/${id}`, { ...facts, version: 1 })
    expect(renamed.statusCode, renamed.body).toBe(200)
    expect([await found('sxy'), await found('xn')]).toEqual([[], [id]])
    await world.sql('delete from workforce.search_key where practitioner_id = $1', [id])
    expect([await found('xn'), await found('许')]).toEqual([[], [id]])
    await world.runJob('workforce.add-missing-keys')
    expect(await found('xn')).toEqual([id])
  })

  test('the same licence is not recorded twice', async () => {
    const { id } = await givenPractitioner(world, here, {
      licences: [givenLicence({ number: '110990100888888' })],
    })
    const again = await post(
      admin,
      `/practitioners/${id}/licences`,
      givenLicence({ number: '110990100888888', until: null }),
    )
    expect(again.json().code).toBe('workforce.licence-known')
  })

  test('a licence that begins or ends absurdly far ahead is refused with the field at fault', async () => {
    const { id } = await givenPractitioner(world, here)
    const far = await post(
      admin,
      `/practitioners/${id}/licences`,
      givenLicence({ since: '2099-01-01', until: null }),
    )
    expect(far.statusCode).toBe(400)
    expect(far.json()).toMatchObject({ code: 'workforce.day-out-of-range', fields: [{ path: 'body.since' }] })
  })

  test('another institution’s admin cannot change them, but can file them as a second site', async () => {
    const { id, name } = await givenPractitioner(world, here)
    const other = await givenStaff(world, there, ['admin'])
    const body = { name: '改名', sex: 'female', kind: 'physician', title: 'chief', phone: null, version: 1 }
    const changed = await post(other, `/practitioners/${id}`, body)
    expect([changed.statusCode, changed.json().code]).toEqual([403, 'workforce.not-your-staff'])
    const site = { departmentId: null, primary: false, since: '2025-01-01', until: null }
    const filed = await post(other, `/practitioners/${id}/sites`, site)
    expect(filed.statusCode, filed.body).toBe(200)
    const list = await get(other, '/practitioners?limit=50')
    expect(list.json().items.map((l: { name: string }) => l.name)).toContain(name)
    const second = await post(other, `/practitioners/${id}/sites`, { ...site, primary: true })
    expect(second.json().code).toBe('workforce.site-known')
    const ended = await post(
      other,
      `/sites/${filed.json().sites.find((s: { institutionId: string }) => s.institutionId === there).id}/end`,
      { until: dayIn(-1) },
    )
    expect(ended.statusCode, ended.body).toBe(200)
    expect((await get(other, '/practitioners?limit=50')).json().items).toEqual([])
  })

  test('nobody has two primary sites', async () => {
    const { id } = await givenPractitioner(world, here)
    const other = await givenStaff(world, there, ['admin'])
    const site = { departmentId: null, primary: true, since: '2025-01-01', until: null }
    expect((await post(other, `/practitioners/${id}/sites`, site)).json().code).toBe(
      'workforce.primary-site-elsewhere',
    )
  })

  test('a stale edit is refused and changes nothing', async () => {
    const { id } = await givenPractitioner(world, here)
    const body = { name: '新名', sex: 'female', kind: 'physician', title: 'chief', phone: null }
    expect((await post(admin, `/practitioners/${id}`, { ...body, version: 1 })).json().version).toBe(2)
    const stale = await post(admin, `/practitioners/${id}`, { ...body, name: '旧名', version: 1 })
    expect([stale.statusCode, stale.json().code]).toEqual([409, 'workforce.stale'])
    expect((await get(reader, `/practitioners/${id}`)).json().name).toBe('新名')
  })

  test('the list filters by kind, title, licence and name, and leaves as CSV', async () => {
    await givenPractitioner(world, here, { name: '=危险', kind: 'nurse', title: 'none', licences: [] })
    const nurses = await get(reader, '/practitioners?kind=nurse&licence=none')
    expect(nurses.json().items).toMatchObject([{ name: '=危险', licence: 'none' }])
    const csv = await get(reader, '/practitioners.csv?kind=nurse')
    expect(csv.headers['content-type']).toContain('text/csv')
    expect(csv.body).toContain("'=危险,女,护士")
    expect((await get(reader, '/practitioners?kind=plumber')).statusCode).toBe(400)
    const { id } = await givenPractitioner(world, here, { title: 'resident' })
    const maySee = async (act: string) =>
      (await get(reader, `/practitioners?act=${act}&limit=200`)).json().items.map((l: { id: string }) => l.id)
    expect(await maySee('treat')).toContain(id)
    expect(await maySee('consult'), 'a resident’s title is too low').not.toContain(id)
    expect(await maySee('report')).toContain(id)
    expect(await maySee('reviewPrescription'), 'a physician is no pharmacist').not.toContain(id)
  })
})

describe('licences', () => {
  const require = (practitionerId: string | null, institutionId = here) =>
    world.world.read(staffActor(institutionId, practitionerId), (ctx) =>
      requireLicensed(ctx, practitionerId, 'refer', institutionId),
    )

  test('who holds a current licence here may act; the same person may not act elsewhere', async () => {
    const { id } = await givenPractitioner(world, here)
    await expect(require(id)).resolves.toBeUndefined()
    expect(await refusalOf(require(id, there))).toMatchObject({
      code: 'workforce.not-registered-here',
      kind: 'forbidden',
    })
  })

  test('a licence that ended yesterday refuses, says since when, which one and whom to call', async () => {
    const until = dayIn(-1)
    const { id } = await givenPractitioner(world, here, { licences: [givenLicence({ until })] })
    const refusal = await refusalOf(require(id))
    expect(refusal).toMatchObject({ kind: 'forbidden', code: 'workforce.licence-expired' })
    expect(refusal.extra.details).toMatchObject({
      until,
      since: dayIn(0),
      kind: 'physicianPractice',
      call: expect.any(String),
    })
  })

  test('a licence that ends today still counts, and tomorrow no longer', async () => {
    const { id } = await givenPractitioner(world, here, { licences: [givenLicence({ until: dayIn(0) })] })
    await expect(require(id)).resolves.toBeUndefined()
    await world.setNow(new Date(Date.now() + 86_400_000))
    expect((await refusalOf(require(id))).code).toBe('workforce.licence-expired')
    await world.setNow(new Date())
  })

  test('a caller without a practitioner is asked to name one', async () => {
    expect((await refusalOf(require(null))).code).toBe('workforce.name-a-practitioner')
  })

  test('a client that names somebody from elsewhere cannot act through them', async () => {
    const { id } = await givenPractitioner(world, there)
    expect((await refusalOf(require(id))).code).toBe('workforce.not-registered-here')
    await givenClient(world, here)
  })

  test('licences that end within thirty days are listed and become the admin’s case, until renewed', async () => {
    const until = dayIn(20)
    const { id, name } = await givenPractitioner(world, here, {
      name: '临期甲',
      licences: [givenLicence({ until })],
    })
    await givenPractitioner(world, here, { name: '远期乙', licences: [givenLicence({ until: dayIn(200) })] })
    const names = async () =>
      (await get(reader, '/licences/expiring?limit=100')).json().items.map((l: { name: string }) => l.name)
    expect(await names()).toContain(name)
    expect(await names()).not.toContain('远期乙')
    await world.runJob('workforce.watch-licences')
    await world.runJob('workforce.watch-licences')
    const cases = () =>
      world.sql<{ due: Date }>(
        `select due from kernel."case" c join workforce.licence l on c.thing = 'licence:' || l.id
          where l.practitioner_id = $1 and closed_at is null and c.kind = 'workforce.licence' and duty = 'workforce.manage'`,
        [id],
      )
    expect(await cases()).toHaveLength(1)
    const renewed = await post(
      admin,
      `/practitioners/${id}/licences`,
      givenLicence({ since: until, until: dayIn(700) }),
    )
    expect(renewed.statusCode, renewed.body).toBe(200)
    expect(await cases()).toHaveLength(0)
    expect(await names()).not.toContain(name)
  })
})

test('a practitioner of a foreign record is the same one each time, on nobody’s staff and never licensed', async () => {
  const foreign = {
    name: 'Sharyl Hilpert',
    sex: 'female',
    identifier: { system: 'us-npi', value: '160' },
  } as const
  const first = await world.system((ctx) => addExternalPractitioner(ctx, foreign))
  const again = await world.system((ctx) => addExternalPractitioner(ctx, foreign))
  expect(again.id).toBe(first.id)
  expect((await get(reader, `/practitioners/${first.ownId}`)).json()).toMatchObject({
    external: true,
    sites: [],
    licences: [],
  })
  const act = world.world.read(staffActor(here, first.ownId), (ctx) =>
    requireLicensed(ctx, first.ownId, 'refer', here),
  )
  expect((await refusalOf(act)).code).toBe('workforce.no-licence')
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(world)).toEqual([])
})
