import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CapacityRegion, capacityRegion } from '../../../test/given-capacity.ts'

let g: CapacityRegion
let slots: string[]
let ward: string
let residents: string[]
beforeAll(async () => {
  g = await capacityRegion()
  await g.addSchedule({ sessions: [{ weekday: 2, from: '08:00', to: '09:00' }] })
  ward = await g.addWard(2)
  residents = await Promise.all([1, 2, 3, 4].map(() => g.resident()))
  slots = (await free()).slice(0, 2).map(({ placeId }) => placeId)
})
afterAll(() => g.world.close())

const free = async () =>
  (await g.get(g.people.gp, `/places?departmentId=${g.cardiology}&kind=clinic&source=public`))
    .body as unknown as { placeId: string; free: number }[]

const empty = () =>
  g.world.sql(
    `delete from capacity.reservation; update capacity.seat set reservation_id = null, held_until = null;
      update capacity.bed set state = 'free', reservation_id = null, held_until = null`,
  )

/** Reservations that have a seat or bed now: a hold that has run out has none, though nobody has swept it yet. */
const live = () =>
  g.world.sql<{ place: string; unit: string }>(
    `select coalesce(slot_id, ward_id) as place, coalesce(bed_id::text, slot_id || ':' || seat) as unit
      from capacity.reservation where status = 'confirmed' or (status = 'held' and held_until > $1)
        or (status = 'used' and ended_at is null)`,
    [g.world.world.now()],
  )

const act = fc.record({
  what: fc.constantFrom('hold', 'hold', 'hold', 'confirm', 'use', 'release', 'leave', 'wait', 'sweep'),
  place: fc.nat(2),
  who: fc.nat(3),
  which: fc.nat(20),
})
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never

async function run({ what, place, who, which }: Act, made: string[]): Promise<number> {
  if (what === 'wait') return g.later(11).then(() => 200)
  if (what === 'sweep') return g.world.runJob('capacity.expire-holds').then(() => 200)
  if (what === 'hold') {
    const placeId = [...slots, ward][place]
    const body = { placeId, residentId: residents[who], source: 'public', confirm: false }
    const answer = await g.post(g.people.gp, '/reservations', body)
    if (answer.status === 200) made.push((answer.body as unknown as { id: string }).id)
    return answer.status
  }
  const id = made[which % Math.max(1, made.length)]
  if (!id) return 200
  const body = what === 'release' ? { reason: 'patientCancelled' } : {}
  return (await g.post(g.people.manager, `/reservations/${id}/${what}`, body)).status
}

test('whatever is held, confirmed, used, left, given back or runs out, no seat or bed has two patients', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 25 }), async (acts) => {
      const made: string[] = []
      for (const one of acts) expect([200, 409]).toContain(await run(one, made))
      const now = await live()
      expect(new Set(now.map(({ unit }) => unit)).size).toBe(now.length)
      // What is not taken can be had: a place is neither lost nor given twice.
      const open = new Set((await free()).map(({ placeId }) => placeId))
      for (const slot of slots) expect(open.has(slot)).toBe(!now.some(({ place }) => place === slot))
      expect(now.filter(({ place }) => place === ward).length).toBeLessThanOrEqual(2)
      await empty()
    }),
    { numRuns: 8 },
  )
})
