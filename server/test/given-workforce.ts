import { addPractitioner, type Newcomer } from '../src/modules/workforce/index.ts'
import type { Region } from './world.ts'

let given = 0

/** A practitioner of one institution, by default a physician with a licence for general practice that is current. */
export async function givenPractitioner(
  world: Region,
  institutionId: string,
  more: Partial<Newcomer> & { departmentId?: string } = {},
): Promise<{ id: string; name: string }> {
  const number = given++
  const { departmentId = null, ...rest } = more
  const newcomer: Newcomer = {
    name: `医生${number}`,
    sex: 'female',
    kind: 'physician',
    title: 'attending',
    phone: '19900009999',
    sites: [{ institutionId, departmentId, primary: true, since: '2020-01-01' }],
    licences: [givenLicence()],
    ...rest,
  }
  const { id } = await world.system((ctx) => addPractitioner(ctx, newcomer))
  return { id, name: newcomer.name }
}

/** A licence to practise, current unless said otherwise, with a number nobody else has. */
export const givenLicence = (
  more: Partial<Newcomer['licences'][number]> = {},
): Newcomer['licences'][number] => ({
  kind: 'physicianPractice',
  number: `110990100${String(100_000 + given++)}`,
  scopes: ['generalPractice', 'internalMedicine'],
  since: '2020-01-01',
  until: '2090-12-31',
  ...more,
})
