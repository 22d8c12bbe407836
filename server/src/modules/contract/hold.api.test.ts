import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { setSame } from '../../kernel/same-person.ts'
import { linkResidents, unlinkResidents } from '../resident/index.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
  await g.publish(g.elsewhere)
})
afterAll(() => g.world.close())

/** One person with a registration at each of the two communities. */
const person = async () => [await g.resident(), await g.resident({ at: g.third })] as const
const same = (one: string, other: string) =>
  g.world.system((ctx) =>
    setSame(
      ctx,
      [one, other],
      [
        { residentId: one, otherId: other, kind: 'seealso' },
        { residentId: other, otherId: one, kind: 'seealso' },
      ],
    ),
  )
const signThere = async (residentId: string) => {
  const { json } = await g.get(g.elsewhere, '/service-packages?limit=10')
  const packageIds = [json.items[0].id]
  const party = { teamId: g.thirdTeam, doctorId: g.thirdDoctor, tertiaryId: null }
  return g.post(
    g.elsewhere,
    '/contracts',
    g.signBody(residentId, { ...party, members: [{ residentId, packageIds }] }),
  )
}
const holds = (ids: readonly string[]) =>
  g.world.sql<{ id: string; contract: string }>(
    `select resident_id as id, contract_id as contract from contract.hold where resident_id = any ($1)`,
    [ids],
  )
const inForce = (ids: readonly string[]) =>
  g.world.sql(`select from contract.contract where resident_id = any ($1) and status = 'active'`, [ids])

test('whoever signs first at two communities in the same moment, one person is under one contract', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, person))
  for (const [one, other] of people) await same(one, other)
  const answers = await Promise.all(people.flatMap(([one, other]) => [g.sign(one), signThere(other)]))
  const codes = answers.map((answer) => (answer.status === 200 ? 'signed' : answer.json.code))
  expect(codes.toSorted()).toEqual([
    ...Array.from({ length: 6 }, () => 'contract.second-contract'),
    ...Array.from({ length: 6 }, () => 'signed'),
  ])
  for (const ids of people) {
    expect(await inForce(ids)).toHaveLength(1)
    expect(await holds(ids)).toHaveLength(2)
  }
})

test('the database itself keeps out a second contract of the person, past all code', async () => {
  const [one, other] = await person()
  await same(one, other)
  const id = await g.signed(one)
  const copy = (status: string) =>
    g.world.sql<{ id: string }>(
      `insert into contract.contract select (jsonb_populate_record(c, jsonb_build_object('resident_id', $2::text,
        'id', gen_random_uuid(), 'status', $3::text))).* from contract.contract c where c.id = $1 returning id`,
      [id, other, status],
    )
  expect(await copy('active')).toEqual([])
  const [waiting] = await copy('pendingReview')
  const accepted = g.world.sql(`update contract.contract set status = 'active' where id = $1`, [waiting?.id])
  await expect(accepted).rejects.toMatchObject({ constraint: 'hold_pkey' })
})

test('two who had each signed and turn out to be one person stand on a work-list until one contract ends', async () => {
  const [one, other] = await person()
  const first = await g.signed(one)
  const second = (await signThere(other)).json.contracts[0].id
  const open = () =>
    g.world.sql<{ thing: string }>(
      `select thing from kernel."case" where closed_at is null and step = 'twoContracts' and resident_id = any ($1)`,
      [[one, other]],
    )
  const pair = { residentId: one, otherId: other, reason: '同一人' }
  await g.world.world.asSystem(g.centre, (ctx) => linkResidents(ctx, pair))
  await g.world.deliver()
  expect((await holds([one, other])).map((row) => row.contract)).toEqual([first, first])
  expect(await open()).toEqual([{ thing: `contract:${second}` }])

  // Parted again, each has their own; joined and one ended, the other holds on for the whole person.
  await g.world.world.asSystem(g.centre, (ctx) => unlinkResidents(ctx, pair))
  await g.world.deliver()
  const parted = new Map((await holds([one, other])).map((row) => [row.id, row.contract]))
  expect([parted.get(one), parted.get(other)]).toEqual([first, second])
  expect(await open()).toEqual([])
  await g.world.world.asSystem(g.centre, (ctx) => linkResidents(ctx, pair))
  await g.world.deliver()
  expect(await open()).toHaveLength(1)
  await g.post(g.boss, `/contracts/${first}/terminate`, { reason: 'duplicate' })
  expect((await holds([one, other])).map((row) => row.contract)).toEqual([second, second])
  expect(await open()).toEqual([])
  expect((await g.sign(one)).json.code).toBe('contract.second-contract')
})
