import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

interface Side {
  readonly headers: Record<string, string>
  readonly residentIds: readonly string[]
}

let world: Region
let sides: readonly [Side, Side]

beforeAll(async () => {
  world = await region()
  const side = async (): Promise<Side> => {
    const { id } = await givenInstitution(world)
    const residents = [await givenResident(world, id), await givenResident(world, id)]
    const { headers } = await givenClient(world, id)
    return { headers, residentIds: residents.map((resident) => resident.id) }
  }
  sides = [await side(), await side()]
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => sides[0].headers,
)

/** Everybody asks for everybody at the same moment, many times over. */
const crowd = <T>(work: (as: Side, residentId: string) => Promise<T>): Promise<T[]> =>
  Promise.all(
    Array.from({ length: 6 }, () =>
      sides.flatMap((as) => sides.flatMap(({ residentIds }) => residentIds.map((id) => work(as, id)))),
    ).flat(),
  )

test('what is read at the same moment is answered to each by their own law, and logged to each', async () => {
  const before = await lines()
  const answers = await crowd(async (as, id) => {
    const { status, body } = await ask('GET', `/Patient/${id}`, { as: as.headers })
    return [status, body.id, as.residentIds.includes(id) ? 200 : 404, id]
  })
  for (const [status, got, wanted, id] of answers) {
    expect(status).toBe(wanted)
    if (status === 200) expect(got).toBe(id)
  }
  expect(answers.filter(([status]) => status === 200)).toHaveLength(24)
  const after = await lines()
  expect(after.lines - before.lines).toBe(24)
  expect(after.requests - before.requests).toBe(24)
})

test('what is searched at the same moment finds each their own, with lists, times and a page’s end', async () => {
  const [since] = await world.sql<{ at: string }>(`select (now() - interval '1 day')::text as at`, [])
  for (const more of [
    '_count=1',
    'gender=male,female,other,unknown',
    `_lastUpdated=gt${encodeURIComponent(since!.at.slice(0, 10))}`,
    '_sort=birthdate',
  ]) {
    const found = await crowd(async (as, id) => {
      const { status, body } = await ask('GET', `/Patient?_id=${id}&${more}`, { as: as.headers })
      return [
        status,
        (body.entry ?? []).map((one: { resource: { id: string } }) => one.resource.id),
        as.residentIds.includes(id) ? [id] : [],
      ]
    })
    for (const [status, got, wanted] of found) expect([more, status, got]).toEqual([more, 200, wanted])
  }
})

async function lines(): Promise<{ lines: number; requests: number }> {
  const [row] = await world.sql<{ lines: number; requests: number }>(
    `select count(*)::int as lines, count(distinct request_id)::int as requests from kernel.access where thing like 'Patient/%'`,
    [],
  )
  return row!
}
