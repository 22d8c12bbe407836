import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenStaff, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let clerk: Staff
let stranger: Staff
let clients: Record<'centre' | 'hospital', { headers: Record<string, string> }>
const ask = asking(
  () => world,
  () => clients.hospital.headers,
)

beforeAll(async () => {
  world = await region()
  const [centre, hospital, other] = await Promise.all([1, 2, 3].map(() => givenInstitution(world)))
  clerk = await givenStaff(world, hospital?.id ?? '', ['referral-clerk'])
  stranger = await givenStaff(world, other?.id ?? '', ['referral-clerk'])
  clients = {
    centre: await givenClient(world, centre?.id ?? '', ['system/*.cruds']),
    hospital: await givenClient(world, hospital?.id ?? '', ['system/*.cruds']),
  }
})
afterAll(() => world.close())

const register = async (who: 'centre' | 'hospital', given: string): Promise<string> => {
  const body = {
    ...{ resourceType: 'Patient', gender: 'male', birthDate: '1957-11-02', name: [{ text: `太史${given}` }] },
    telecom: [{ system: 'phone', value: '13900000391' }],
    address: [{ text: '通济市东湖区公园路街道东风路62号紫荆花园3栋1单元502室' }],
  }
  return (await ask('POST', '/Patient', { as: clients[who].headers, body })).body.id
}
const api = async (who: Staff, method: 'GET' | 'POST', path: string, payload?: object) => {
  const sent = { method, url: `/api${path}`, headers: who.headers, ...(payload ? { payload } : {}) }
  const answer = await world.app.inject(sent)
  return { status: answer.statusCode, body: answer.json() }
}

test('a link that another institution’s registration made is compared and undone by whoever has one of the two as a patient', async () => {
  const here = await register('hospital', '明远')
  const there = await register('centre', '明远')
  const [shown] = (await api(clerk, 'GET', `/residents/${here}/links`)).body
  expect(shown.link).toMatchObject({ state: 'linked', byMatcher: true })
  const path = `/resident-links/${shown.link.id}`
  expect((await api(stranger, 'GET', path)).status).toBe(404)
  expect((await api(stranger, 'POST', `${path}/undo`, { note: '不是' })).status).toBe(404)
  expect(await api(clerk, 'GET', path)).toMatchObject({ status: 200, body: { state: 'linked' } })
  const undone = await api(clerk, 'POST', `${path}/undo`, { note: '父子同名' })
  expect(undone).toMatchObject({
    status: 200,
    body: { state: 'undone', steps: [{ note: '父子同名' }, {}, {}] },
  })
  expect((await ask('GET', `/Patient/${there}`)).status).toBe(404)
  expect((await api(clerk, 'GET', path)).body.state).toBe('undone')
})
