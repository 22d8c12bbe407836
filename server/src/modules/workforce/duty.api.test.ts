import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenStaff, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { type Region, region } from '../../../test/world.ts'
import type { Actor } from '../../kernel/actor.ts'
import { nobody } from '../../kernel/actor.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assignResponsible, handOverResponsible, onDuty, releaseResponsible, responsibleOf } from './index.ts'

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

describe('teams and the rota', () => {
  test('a team has one leader and keeps who left', async () => {
    const [a, b, c] = await Promise.all([1, 2, 3].map(() => givenPractitioner(world, here)))
    const form = { name: '鼓楼一队', kind: 'gp', phone: null, leaderId: a?.id, memberIds: [b?.id] }
    const added = await post(admin, '/teams', { ...form, since: '2026-01-01' })
    expect(added.statusCode, added.body).toBe(200)
    const { id, version } = added.json()
    const edited = await post(admin, `/teams/${id}`, {
      ...form,
      leaderId: b?.id,
      memberIds: [c?.id],
      version,
    })
    expect(
      edited
        .json()
        .members.map((m: { practitionerId: string; leads: boolean }) => [m.practitionerId, m.leads]),
    ).toEqual([
      [b?.id, true],
      [c?.id, false],
    ])
    const left = await world.sql(
      'select 1 from workforce.team_member where team_id = $1 and until is not null',
      [id],
    )
    expect(left).toHaveLength(2)
    const outsider = await givenPractitioner(world, there)
    const foreign = await post(admin, `/teams/${id}`, {
      ...form,
      leaderId: outsider.id,
      version: version + 1,
    })
    expect(foreign.json().code).toBe('workforce.not-registered-here')
    const other = await givenStaff(world, there, ['admin'])
    expect((await post(other, `/teams/${id}`, { ...form, version: 2 })).statusCode).toBe(404)
  })

  test('the rota says who is on duty at this moment', async () => {
    const { id, name } = await givenPractitioner(world, here)
    const cells = [
      { kind: 'dutyOfficer', day: dayIn(1), shift: 'night', practitionerId: id },
      { kind: 'dutyOfficer', day: dayIn(1), shift: 'night', practitionerId: id },
    ]
    const set = await post(admin, '/duty-rota', { cells })
    expect(set.statusCode, set.body).toBe(200)
    await world.setNow(new Date(`${dayIn(2)}T02:00:00+08:00`))
    const now = await world.system((ctx) => onDuty(ctx, here))
    await world.setNow(new Date())
    expect(now).toMatchObject([{ kind: 'dutyOfficer', practitionerId: id, name, shift: 'night' }])
    expect(await world.system((ctx) => onDuty(ctx, here))).toEqual([])
    const past = await post(admin, '/duty-rota', { cells: [{ ...cells[0], day: dayIn(-3) }] })
    expect(past.json().code).toBe('workforce.day-out-of-range')
    expect((await post(reader, '/duty-rota', { cells })).statusCode).toBe(403)
  })
})

describe('the responsible physician', () => {
  test('is exactly one, handed over by name, with the history kept', async () => {
    const [a, b] = await Promise.all([givenPractitioner(world, here), givenPractitioner(world, there)])
    const residentId = '33333333-3333-4333-8333-333333333333'
    const named = { thing: 'referral:r1', residentId, institutionId: here, practitionerId: a.id }
    await world.system((ctx) => assignResponsible(ctx, named))
    await world.system((ctx) => assignResponsible(ctx, named))
    const other = await refusalOf(
      world.system((ctx) => assignResponsible(ctx, { ...named, practitionerId: b.id })),
    )
    expect(other.code).toBe('workforce.responsible-already')
    await world.world.write(staffActor(here, a.id), (ctx) =>
      handOverResponsible(ctx, {
        thing: named.thing,
        toPractitionerId: b.id,
        institutionId: there,
        note: '转往上级',
      }),
    )
    const now = await world.world.read(staffActor(here, a.id), (ctx) => responsibleOf(ctx, named.thing))
    expect(now).toMatchObject({ practitionerId: b.id, institutionId: there })
    const history = await get(reader, `/responsible?thing=${named.thing}`)
    expect(history.json().map((r: { practitionerId: string }) => r.practitionerId)).toEqual([b.id, a.id])
    const stranger = await givenStaff(world, (await givenInstitution(world)).id, ['gp'])
    expect((await get(stranger, `/responsible?thing=${named.thing}`)).json()).toEqual([])
    const rows = await world.sql('select 1 from workforce.responsible where thing = $1', [named.thing])
    expect(rows).toHaveLength(1)
    await world.system((ctx) => releaseResponsible(ctx, named.thing))
    expect(await world.system((ctx) => responsibleOf(ctx, named.thing))).toBeUndefined()
  })

  test('two who are named at the same moment: one wins, the other is told', async () => {
    const [a, b] = await Promise.all([givenPractitioner(world, here), givenPractitioner(world, here)])
    const residentId = '33333333-3333-4333-8333-333333333334'
    const assign = (practitionerId: string) =>
      world.system((ctx) =>
        assignResponsible(ctx, { thing: 'referral:race', residentId, institutionId: here, practitionerId }),
      )
    const results = await Promise.allSettled([assign(a.id), assign(b.id)])
    expect(results.map((r) => r.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const open = await world.sql(
      'select 1 from workforce.responsible where thing = $1 and released_at is null',
      ['referral:race'],
    )
    expect(open).toHaveLength(1)
  })

  test('is handed over inside an institution by whoever works there, and by nobody else', async () => {
    const [a, b] = await Promise.all([givenPractitioner(world, here), givenPractitioner(world, here)])
    const residentId = '33333333-3333-4333-8333-333333333335'
    await world.system((ctx) =>
      assignResponsible(ctx, { thing: 'referral:r2', residentId, institutionId: here, practitionerId: a.id }),
    )
    const body = { thing: 'referral:r2', toPractitionerId: b.id, note: '下夜班交接' }
    const done = await post(reader, '/responsible/hand-over', body)
    expect(done.json(), done.body).toMatchObject({ practitionerId: b.id, note: '下夜班交接' })
    const stranger = await givenStaff(world, there, ['gp'])
    expect((await post(stranger, '/responsible/hand-over', body)).statusCode).toBe(404)
    const mine = await get(reader, `/practitioners/${b.id}/responsible`)
    expect(mine.json().items).toMatchObject([{ thing: 'referral:r2' }])
  })
})
