import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenStaff } from '../../../test/given-identity.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

test('rights begin with the signature and end with the contract: places kept for those under contract, waivers', async () => {
  const manager = await givenStaff(g.world, g.hospital, ['office-head', 'nurse'])
  const today = new Date(g.world.world.now().getTime() + 8 * 3_600_000)
  const tomorrow = new Date(today.getTime() + 86_400_000)
  const day = (at: Date) => at.toISOString().slice(0, 10)
  const made = await g.post(manager.headers, '/schedules', {
    ...{ kind: 'clinic', departmentId: g.cardiology, practitionerId: g.heartDoctor.id, name: '心内科门诊' },
    ...{ room: '三楼', slotMinutes: 30, seatsPerSlot: 2, since: day(today), until: day(tomorrow) },
    sessions: [{ weekday: tomorrow.getUTCDay() || 7, from: '08:00', to: '10:00' }],
    quotas: [{ source: 'contracted', percent: 50, releaseMinutes: 60 }],
  })
  expect(made.status).toBe(200)
  const residentId = await g.resident()
  const free = async (): Promise<number> => {
    const asked = `departmentId=${g.cardiology}&kind=clinic&source=community&residentId=${residentId}`
    const { json } = await g.get(g.boss, `/places?${asked}`)
    return json.reduce((sum: number, one: { free: number }) => sum + one.free, 0)
  }
  const granted = async (): Promise<string[]> => {
    const asked = `residentId=${residentId}&institutionIds=${g.hospital}&kind=outpatient`
    const { json } = await g.get(g.boss, `/cost-estimates?${asked}&area=x&scheme=resident&category=general`)
    const all: { code: string; granted: boolean }[] = json.entitlements
    return all.filter((one) => one.granted).map((one) => one.code)
  }
  const [places, waivers] = [await free(), await granted()]
  const id = await g.signed(residentId)
  expect(await free()).toBeGreaterThan(places)
  expect((await granted()).length).toBeGreaterThan(waivers.length)
  await g.post(g.boss, `/contracts/${id}/rescind`, { reason: 'residentWish' })
  expect(await free()).toBe(places)
  expect(await granted()).toEqual(waivers)
})
