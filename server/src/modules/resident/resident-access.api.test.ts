import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenClient, givenStaff, type Signed, type Staff } from '../../../test/given-identity.ts'
import { givenAgreement, givenInstitution } from '../../../test/given-network.ts'
import { givenChineseId, givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { nobody } from '../../kernel/actor.ts'
import { endGrant, grant, grantsWithoutSource, registerSource } from './index.ts'

let world: Region
let centre: string
let hospital: string
let gp: Staff
let specialist: Staff

beforeAll(async () => {
  world = await region()
  centre = (await givenInstitution(world)).id
  hospital = (await givenInstitution(world)).id
  gp = await givenStaff(world, centre, ['gp'])
  specialist = await givenStaff(world, hospital, ['specialist'])
})
afterAll(() => world.close())

const open = (who: Pick<Signed, 'headers'>, id: string) =>
  world.app.inject({ method: 'GET', url: `/api/residents/${id}`, headers: who.headers })
const source = 'referral:11111111-1111-4111-8111-111111111111'

describe('a grant', () => {
  test('opens the record on its own basis, and ending one source leaves the others', async () => {
    const { id } = await givenResident(world, centre)
    expect((await open(specialist, id)).statusCode).toBe(404)
    const given = { residentId: id, institutionId: hospital, depth: 'full' } as const
    await world.system((ctx) => grant(ctx, { ...given, basis: 'referral', source }))
    await world.system((ctx) => grant(ctx, { ...given, basis: 'consult', source: 'consult:1' }))
    expect((await open(specialist, id)).json()).toMatchObject({ basis: 'referral', depth: 'full' })
    await world.system((ctx) => endGrant(ctx, { source, residentId: id }))
    expect((await open(specialist, id)).json()).toMatchObject({ basis: 'consult' })
    await world.system((ctx) => endGrant(ctx, { source: 'consult:1' }))
    expect((await open(specialist, id)).statusCode).toBe(404)
    expect((await open(gp, id)).statusCode).toBe(200)
  })

  test('opens the rows of the index with their resources, and no others, whichever way they are looked at', async () => {
    const { id } = await givenResident(world, centre)
    const { headers } = await givenClient(world, centre, ['system/*.cruds'])
    const stored = async (code: string) => {
      const coding = [{ system: 'http://hl7.org/fhir/sid/icd-10', code }]
      const payload = { resourceType: 'Condition', subject: { reference: `Patient/${id}` }, code: { coding } }
      const url = '/fhir/R4/Condition'
      return (await world.app.inject({ method: 'POST', url, headers, payload })).json<{ id: string }>().id
    }
    const [plain, sensitive] = [await stored('I10'), await stored('F32.1')]
    const given = { residentId: id, institutionId: hospital, basis: 'consult', depth: 'full' } as const
    await world.system((ctx) => grant(ctx, { ...given, source: 'consult:3' }))
    const keysOf = (institutionId: string, table: string) =>
      world.world.read({ ...nobody, kind: 'staff', institutionId }, async (ctx) => {
        const text = `select id, key from kernel.${table} where resident_id = $1 order by id, key`
        return (await ctx.client.query<{ id: string }>({ text, values: [id] })).rows
      })
    const seen = await keysOf(hospital, 'resource_by_key')
    expect(seen).toEqual(await keysOf(hospital, 'resource_key'))
    expect(seen.map((row) => row.id)).toContain(plain)
    expect(seen.map((row) => row.id)).not.toContain(sensitive)
    expect((await keysOf(centre, 'resource_by_key')).map((row) => row.id)).toContain(sensitive)
    for (const table of ['resource_by_key', 'resource_key'])
      expect(await keysOf(crypto.randomUUID(), table)).toEqual([])
  })

  test('is made longer by the same source and never shorter', async () => {
    const { id } = await givenResident(world, centre)
    const later = new Date(Date.now() + 40 * 86_400_000)
    const given = {
      residentId: id,
      institutionId: hospital,
      basis: 'referral',
      source,
      depth: 'full',
    } as const
    await world.system((ctx) => grant(ctx, { ...given, until: later }))
    await world.system((ctx) => grant(ctx, { ...given, until: new Date(Date.now() + 86_400_000) }))
    const [row] = await world.sql<{ until: Date }>(
      'select until from kernel.access_grant where resident_id = $1 and source = $2',
      [id, source],
    )
    expect(row?.until).toEqual(later)
  })

  test('held by an agreement sleeps while the two share no records, and wakes when they do again', async () => {
    const { id } = await givenResident(world, centre)
    const first = await givenAgreement(world, [hospital, centre])
    await world.system((ctx) =>
      grant(ctx, {
        ...{
          residentId: id,
          institutionId: hospital,
          basis: 'referral',
          source: 'pact:2',
          depth: 'full',
        },
        viaInstitutionId: centre,
      }),
    )
    await world.deliver()
    expect((await open(specialist, id)).statusCode).toBe(200)
    const office = await givenStaff(world, hospital, ['alliance-office'])
    const ended = await world.app.inject({
      ...{ method: 'POST', url: `/api/agreements/${first.id}/exit`, headers: office.headers },
      payload: { note: '协议提前终止' },
    })
    expect(ended.statusCode, ended.body).toBe(200)
    await world.deliver()
    expect((await open(specialist, id)).statusCode).toBe(404)
    await givenAgreement(world, [hospital, centre])
    await world.deliver()
    expect((await open(specialist, id)).statusCode).toBe(200)
  })

  test('without a live source is found', async () => {
    const { id } = await givenResident(world, centre)
    registerSource('test', async (_ctx, sources) => new Set(sources.filter((one) => one === 'test:alive')))
    const given = { residentId: id, institutionId: hospital, basis: 'consent', depth: 'summary' } as const
    for (const one of ['test:alive', 'test:dead', 'nobody-knows:1']) {
      await world.system((ctx) => grant(ctx, { ...given, source: one }))
    }
    const found = await world.system(async (ctx) => {
      const all = []
      for await (const one of grantsWithoutSource(ctx))
        if (one.residentId === id) all.push([one.source, one.problem])
      return all
    })
    expect(found.toSorted()).toEqual([
      ['nobody-knows:1', 'unknown-kind'],
      ['test:dead', 'dead'],
    ])
  })
})

describe('the second wall', () => {
  test('the database itself hides persons and numbers from an institution without a grant', async () => {
    const { id } = await givenResident(world, centre)
    const actor = (institutionId: string) =>
      ({
        kind: 'staff',
        id: 'x',
        institutionId,
        practitionerId: null,
        residentIds: [],
        permissions: new Set<string>(),
        scopes: [],
        sessionId: null,
      }) as const
    const counted = (institutionId: string) =>
      world.world.read(actor(institutionId), async (ctx) => {
        const rows = await Promise.all(
          ['person', 'identifier'].map((table) =>
            ctx.client.query(`select 1 from resident.${table} where resident_id = $1`, [id]),
          ),
        )
        return rows.map((one) => one.rowCount)
      })
    expect(await counted(centre)).toEqual([1, 1])
    expect(await counted(hospital)).toEqual([0, 0])
  })
})

describe('FHIR', () => {
  const patient = (value: string, more: object = {}) => ({
    ...{ resourceType: 'Patient', gender: 'male', birthDate: '1962-03-09', name: [{ text: '周方舟' }] },
    identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value }],
    telecom: [{ system: 'phone', value: '13800001111' }],
    maritalStatus: { text: '已婚' },
    ...more,
  })
  const fhir = (who: Signed, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
    world.app.inject({
      ...{ method, url: `/fhir/R4/${url}` },
      headers: { ...who.headers, 'content-type': 'application/fhir+json' },
      ...(payload ? { payload: JSON.stringify(payload) } : {}),
    })

  test('a Patient that is created is a resident, found again by number, shown in full to a client', async () => {
    const client = await givenClient(world, centre)
    const number = givenChineseId('1962-03-09', 'male')
    const made = await fhir(client, 'POST', 'Patient', patient(number))
    expect(made.statusCode, made.body).toBe(201)
    const { id } = made.json()
    const again = await fhir(client, 'POST', 'Patient', patient(number, { name: [{ text: '周方' }] }))
    expect([again.statusCode, again.json().id]).toEqual([200, id])
    const read = await fhir(client, 'GET', `Patient/${id}`)
    expect(read.json()).toMatchObject({
      ...{
        identifier: [{ value: number }],
        telecom: [{ value: '13800001111' }],
        maritalStatus: { text: '已婚' },
      },
      name: [{ text: '周方舟' }],
    })
    expect(read.body).not.toContain('sealed_')
    expect((await open(gp, id)).json()).toMatchObject({ name: '周方舟', birthDate: '1962-03-09' })
    const [stored] = await world.sql<{ content: string }>(
      `select content from kernel.resource where id = $1`,
      [id],
    )
    expect(stored?.content).not.toMatch(new RegExp(`${number}|13800001111`))
    const found = await fhir(client, 'GET', `Patient?identifier=urn:oid:2.16.156.10011.1.3|${number}`)
    expect(
      found.json().entry?.map((one: { resource: { id: string } }) => one.resource.id),
      found.body,
    ).toEqual([id])
  })

  test('who may not reveal reads masks, and another institution reads nothing', async () => {
    const number = givenChineseId()
    const { id } = await givenResident(world, centre, { number })
    const nurse = await givenStaff(world, centre, ['nurse'])
    const masked = await fhir(nurse, 'GET', `Patient/${id}`)
    expect(masked.statusCode, masked.body).toBe(200)
    expect(masked.json().identifier[0].value).toMatch(/^\d{3}\*{11}/)
    expect((await fhir(specialist, 'GET', `Patient/${id}`)).statusCode).toBe(404)
  })

  test('an update corrects the person, and writing back what was masked loses nothing', async () => {
    const client = await givenClient(world, centre)
    const number = givenChineseId()
    const { id } = await givenResident(world, centre, { number })
    const read = (await fhir(client, 'GET', `Patient/${id}`)).json()
    const masked = read.identifier.map((one: object) => ({ ...one, value: '990***********0000' }))
    const put = await fhir(client, 'PUT', `Patient/${id}`, {
      ...read,
      identifier: masked,
      name: [{ text: '张改名' }],
    })
    expect(put.statusCode, put.body).toBe(200)
    expect((await open(gp, id)).json()).toMatchObject({
      name: '张改名',
      idMasked: expect.stringMatching(/^990/),
    })
    expect((await fhir(client, 'GET', `Patient/${id}`)).json().identifier).toMatchObject([{ value: number }])
  })

  test('a foreign Patient keeps all its identifiers', async () => {
    const client = await givenClient(world, centre)
    const identifier = [
      { system: 'https://github.com/synthetichealth/synthea', value: 'e925b0f3' },
      { type: { text: 'SSN' }, system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-22-1962' },
    ]
    const made = await fhir(client, 'POST', 'Patient', patient('', { identifier, birthDate: '1956-08-03' }))
    expect(made.json().identifier, made.body).toEqual(identifier)
    const again = await fhir(
      client,
      'POST',
      'Patient',
      patient('', { identifier: [identifier[1]], birthDate: '1956-08-03' }),
    )
    expect(again.json().id).toBe(made.json().id)
  })
})
