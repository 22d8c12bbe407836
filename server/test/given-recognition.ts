import type { Resource } from '../src/kernel/resource/owner.ts'
import { createResource } from '../src/kernel/resource/write.ts'
import { givenClient, givenStaff } from './given-identity.ts'
import { asking, givenAlliance, givenInstitution } from './given-network.ts'
import { anObservation } from './given-record.ts'
import { givenResident } from './given-resident.ts'
import { givenPractitioner } from './given-workforce.ts'
import { type Region, region } from './world.ts'

type Who = { readonly headers: Readonly<Record<string, string>> }

/** A hospital with a laboratory, a community centre of the same city with a GP, and the catalogue's potassium. */
export interface RecognitionRegion {
  readonly world: Region
  readonly hospital: { readonly id: string; readonly code: string; readonly office: Who; readonly lab: Who }
  readonly centre: { readonly id: string; readonly gp: Who; readonly client: Who & { readonly id: string } }
  readonly potassium: string
  /** A new resident of the centre. */
  readonly resident: () => Promise<string>
  /** A potassium of the hospital, so many days ago, as its laboratory sends it. */
  readonly result: (residentId: string, daysAgo: number, more?: object, at?: string) => Promise<string>
  /** An assessment of the hospital's potassium. */
  readonly assess: (
    more?: object,
  ) => Promise<{ status: number; code: string | undefined; body: { id: string } }>
  readonly get: ReturnType<typeof asking>['get']
  readonly post: ReturnType<typeof asking>['post']
  readonly day: (days: number) => string
}

const DAY = 86_400_000

/** An item of the catalogue as the alliance office enters it. */
export const anItem = (code: string, more: object = {}) => ({
  ...{ code, name: '钾', aliases: ['血钾'], category: 'biochemistry', loinc: ['6298-4'], localCodes: [] },
  window: {
    ...{ since: '2024-01-01', validDays: 7, scope: 'province', method: null, priceFen: 500, doseUsv: null },
    ...{ waitDays: 1, source: '演示', demonstration: true },
  },
  ...more,
})

export async function recognitionRegion(): Promise<RecognitionRegion> {
  const world = await region()
  const { get, post } = asking(world)
  const hospital = await givenInstitution(world, { divisionCode: '990102' })
  const centre = await givenInstitution(world, {
    ...{ kind: 'communityCentre', tier: 'primary', divisionCode: '990103' },
  })
  await givenAlliance(world, hospital.id, { members: [centre.id] })
  const office = await givenStaff(world, hospital.id, ['alliance-office'])
  const lab = await givenStaff(world, hospital.id, ['quality-control'])
  const doctor = await givenPractitioner(world, centre.id)
  const gp = await givenStaff(world, centre.id, ['gp'], { practitioner: doctor.id })
  const client = await givenClient(world, centre.id)
  const item = await post(office, '/recognition-items', anItem('K'))
  const day = (days: number) =>
    new Date(world.world.now().getTime() + days * DAY + 8 * 3_600_000).toISOString().slice(0, 10)
  const assess = (more: object = {}) =>
    post(lab, '/recognition-gates', {
      ...{ institutionId: hospital.id, itemId: item.body.id, scope: 'city', body: '市临床检验中心' },
      ...{ year: 2026, passed: true, since: day(-100), until: day(200) },
      ...more,
    })
  return {
    ...{ world, get, post, day, assess, potassium: item.body.id as string },
    hospital: { id: hospital.id, code: hospital.code, office, lab },
    centre: { id: centre.id, gp, client },
    resident: async () => (await givenResident(world, centre.id)).id,
    async result(residentId, daysAgo, more = {}, at = hospital.id) {
      const effectiveDateTime = new Date(world.world.now().getTime() - daysAgo * DAY).toISOString()
      const resource: Resource = anObservation(residentId, { effectiveDateTime, ...more })
      const { stored } = await world.world.asSystem(at, (ctx) => createResource(ctx, resource))
      return stored.id
    },
  }
}
