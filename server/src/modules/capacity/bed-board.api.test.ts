import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CapacityRegion, capacityRegion } from '../../../test/given-capacity.ts'

let g: CapacityRegion
beforeAll(async () => {
  g = await capacityRegion()
})
afterAll(() => g.world.close())

const figures = ['free', 'held', 'occupied', 'cleaning', 'closed'] as const
type Figures = Record<(typeof figures)[number], number>

/** The board's figures, the wards' and those of the sum; all must say the same. */
async function told(): Promise<Figures[]> {
  const of = (one: Figures) => Object.fromEntries(figures.map((name) => [name, one[name]])) as Figures
  const board = (await g.get(g.people.gp, '/bed-board')).body as unknown as { items: Figures[] }
  const sum = (await g.get(g.people.gp, '/bed-board/sum')).body as unknown as Figures[]
  const wards = (await g.get(g.people.manager, '/wards')).body as unknown as Figures[]
  return [...board.items, ...sum, ...wards].map(of)
}

/** What is true, bed by bed. */
async function counted(): Promise<Figures> {
  const [row] = await g.world.sql<Figures>(
    `select count(*) filter (where shown = 'free')::int as free, count(*) filter (where shown = 'held')::int as held,
        count(*) filter (where shown = 'occupied')::int as occupied, count(*) filter (where shown = 'cleaning')::int as cleaning,
        count(*) filter (where shown = 'closed')::int as closed
      from (select case when state = 'free' and reservation_id is not null and (held_until is null or held_until > $1)
        then 'held' else state end as shown from capacity.bed) b`,
    [g.world.world.now()],
  )
  return row as Figures
}
const allTrue = async () => {
  const truth = await counted()
  for (const said of await told()) expect(said).toEqual(truth)
  return truth
}

test('the figures of the board stay true while many take, use, leave, give back, clean and close beds at once', async () => {
  const placeId = await g.addWard(12)
  expect(await allTrue()).toEqual({ free: 12, held: 0, occupied: 0, cleaning: 0, closed: 0 })
  const residents = await Promise.all(Array.from({ length: 20 }, () => g.resident()))
  const answers = await Promise.all(
    residents.map((residentId, i) =>
      g.post(g.people.gp, '/reservations', {
        placeId,
        residentId,
        source: 'community',
        confirm: i % 2 === 0,
      }),
    ),
  )
  const made = answers.filter(({ status }) => status === 200).map(({ body }) => (body as { id: string }).id)
  expect(made).toHaveLength(12)
  expect(await allTrue()).toMatchObject({ free: 0, held: 12 })
  const act = (id: string, what: string) =>
    g.post(
      g.people.manager,
      `/reservations/${id}/${what}`,
      what === 'release' ? { reason: 'patientCancelled' } : {},
    )
  await Promise.all(made.map((id, i) => act(id, i % 3 === 0 ? 'release' : 'use')))
  expect((await allTrue()).occupied).toBeGreaterThan(0)
  await Promise.all(made.map((id) => act(id, 'leave')))
  const beds = await g.world.sql<{ id: string }>('select id from capacity.bed order by label')
  await Promise.all(
    beds.flatMap(({ id }) =>
      ['ready', 'close', 'open'].map((move) => g.post(g.people.manager, `/beds/${id}/move`, { move })),
    ),
  )
  await allTrue()
  const [again] = residents
  await g.post(g.people.gp, '/reservations', {
    placeId,
    residentId: again,
    source: 'community',
    confirm: false,
  })
  await allTrue()
  // A hold that has run out holds nothing, though nobody has swept it yet.
  await g.later(5 * 60)
  expect((await allTrue()).held).toBe(0)
})
