import { missionFlow, missionStatuses } from '@tongmai/api/dispatch/flow'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Assignment,
  assignGreedily,
  assignVehicles,
  UNSERVED_MINUTES,
  type Waiting,
  weightedMinutes,
} from './assign-vehicles.ts'
import { type Candidate, escortOf, type Trip, unsuitable } from './choose-vehicle.ts'

const ambulance: Candidate = {
  kind: 'ambulance',
  state: 'ready',
  equipment: ['stretcher', 'oxygen', 'ventilator'],
  crew: [
    { role: 'driver', name: '甲', practitionerId: null },
    { role: 'physician', name: '乙', practitionerId: 'b' },
  ],
  contaminatedBy: null,
  licensed: new Set(['b']),
  minutes: 12,
}
const trip: Trip = {
  urgency: 'emergency',
  needs: { equipment: ['ventilator'], escort: 'physician', isolation: null, byAir: false },
  flight: null,
  landing: { from: true, to: true },
}
const isolated = { ...trip, needs: { ...trip.needs, isolation: 'suspected' as const } }

describe('a vehicle is suitable', () => {
  test('with what the patient needs aboard, and a crew whose licences hold today', () => {
    expect(unsuitable(ambulance, trip)).toEqual([])
    expect(unsuitable({ ...ambulance, equipment: [] }, trip)).toEqual(['lacks-ventilator'])
    const lapsed = { ...ambulance, licensed: new Set<string>() }
    expect([escortOf(lapsed), unsuitable(lapsed, trip)]).toEqual(['none', ['lacks-physician']])
    expect(unsuitable({ ...ambulance, state: 'onMission', minutes: null }, trip)).toEqual([
      'vehicle-onMission',
      'no-way',
    ])
  })

  test('for isolated patients only where it is kept for them and has been disinfected', () => {
    const isolation: Candidate = { ...ambulance, kind: 'isolationVehicle' }
    expect(unsuitable(ambulance, isolated)).toEqual(['no-isolation'])
    expect(unsuitable(isolation, isolated)).toEqual([])
    expect(unsuitable(isolation, trip)).toEqual(['kept-for-isolation'])
    expect(unsuitable({ ...isolation, contaminatedBy: 'confirmed' }, isolated)).toEqual(['not-disinfected'])
  })

  test('a helicopter only with a landing site at both ends and a person who said that it may fly', () => {
    const pilot = { role: 'pilot' as const, name: '丙', practitionerId: null }
    const helicopter: Candidate = { ...ambulance, kind: 'helicopter', crew: [...ambulance.crew, pilot] }
    const byAir = { ...trip, needs: { ...trip.needs, byAir: true } }
    expect(unsuitable(helicopter, { ...byAir, landing: { from: true, to: false } })).toEqual([
      'no-landing-to',
      'no-flight-release',
    ])
    expect(unsuitable(helicopter, { ...byAir, flight: false })).toEqual(['flight-refused'])
    expect(unsuitable(helicopter, { ...byAir, flight: true })).toEqual([])
    expect(unsuitable(ambulance, byAir)).toEqual(['not-by-air'])
  })
})

describe('several missions at once', () => {
  const mission = (missionId: string, weight: number, minutes: Record<string, number>): Waiting => ({
    missionId,
    weight,
    minutes: new Map(Object.entries(minutes)),
  })

  test('are served better together than one after the other', async () => {
    // The first takes the near vehicle by a minute; the second has then only the one an hour away.
    const waiting = [mission('a', 10, { near: 10, far: 11 }), mission('b', 10, { near: 12, far: 60 })]
    const [greedy, best] = [assignGreedily(waiting), await assignVehicles(waiting)]
    expect([...greedy]).toEqual([
      ['a', 'near'],
      ['b', 'far'],
    ])
    expect([...best]).toEqual([
      ['a', 'far'],
      ['b', 'near'],
    ])
    expect([weightedMinutes(waiting, greedy), weightedMinutes(waiting, best)]).toEqual([700, 230])
  })

  test('where vehicles are too few, the weightier is served, and nothing where there are none', async () => {
    const waiting = [
      mission('routine', 1, { one: 5 }),
      mission('emergency', 10, { one: 30 }),
      mission('c', 3, {}),
    ]
    expect([...(await assignVehicles(waiting))]).toEqual([['emergency', 'one']])
    expect((await assignVehicles([mission('c', 3, {})])).size).toBe(0)
  })

  test('no assignment is better than the one that is found, and no vehicle is sent twice', async () => {
    const minutes = fc.dictionary(fc.constantFrom('v1', 'v2', 'v3', 'v4'), fc.integer({ min: 1, max: 90 }))
    const one = fc.record({ weight: fc.constantFrom(1, 3, 10), minutes })
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 4 }), async (ones) => {
        const waiting = ones.map(({ weight, minutes: of }, i) => mission(`m${i}`, weight, of))
        const found = await assignVehicles(waiting)
        expect(new Set(found.values()).size).toBe(found.size)
        expect(weightedMinutes(waiting, found)).toBeCloseTo(leastOf(waiting), 3)
      }),
      { numRuns: 60 },
    )
  })
})

/** The least over every possible assignment, by trying them all. */
function leastOf(waiting: readonly Waiting[], taken: Assignment = new Map()): number {
  const [first, ...rest] = waiting
  if (!first) return 0
  const used = new Set(taken.values())
  const unserved = first.weight * UNSERVED_MINUTES + leastOf(rest, taken)
  const served = [...first.minutes].flatMap(([vehicle, minutes]) =>
    used.has(vehicle)
      ? []
      : [first.weight * minutes + leastOf(rest, new Map([...taken, [first.missionId, vehicle]]))],
  )
  return Math.min(unserved, ...served)
}

test('every state of a mission leads on, but for the two in which it has ended', () => {
  const last = missionStatuses.filter((status) => Object.keys(missionFlow[status]).length === 0)
  expect(last).toEqual(['ready', 'cancelled'])
})
