import { givenStaff } from './given-identity.ts'
import { asking, givenAlliance } from './given-network.ts'
import { anItem } from './given-recognition.ts'
import type { Region } from './world.ts'

/** Potassium is recognised between two institutions: an order of it is advised on wherever the patient may be opened. */
export async function givenRecognised(world: Region, hospitalId: string, memberId: string): Promise<void> {
  await givenAlliance(world, hospitalId, { members: [memberId] })
  const { post } = asking(world)
  const item = await post(
    await givenStaff(world, hospitalId, ['alliance-office']),
    '/recognition-items',
    anItem('K'),
  )
  const day = (days: number) =>
    new Date(world.world.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const gate = await post(await givenStaff(world, hospitalId, ['quality-control']), '/recognition-gates', {
    ...{ institutionId: hospitalId, itemId: item.body.id, scope: 'city', body: '市临床检验中心' },
    ...{ year: new Date(day(0)).getFullYear(), passed: true, since: day(-100), until: day(200) },
  })
  if (gate.status !== 200) throw new Error(JSON.stringify(gate))
}

/** An order of potassium, as a system of doctors asks about it. */
export const orderOf = (hook: string, patientId: string) => ({
  ...{ hook, hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea' },
  context: {
    ...{ patientId, selections: ['ServiceRequest/potassium'] },
    draftOrders: {
      resourceType: 'Bundle',
      entry: [
        {
          resource: {
            ...{ resourceType: 'ServiceRequest', id: 'potassium', status: 'draft', intent: 'order' },
            code: { coding: [{ system: 'http://loinc.org', code: '6298-4' }] },
          },
        },
      ],
    },
  },
})
