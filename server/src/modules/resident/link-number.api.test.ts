import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenStaff, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { CHINESE_ID } from './identifier.ts'

let world: Region
let clerk: Staff
let client: { headers: Record<string, string> }
const ask = asking(
  () => world,
  () => client.headers,
)

beforeAll(async () => {
  world = await region()
  const hospital = (await givenInstitution(world)).id
  clerk = await givenStaff(world, hospital, ['referral-clerk'])
  client = await givenClient(world, hospital, ['system/*.cruds'])
})
afterAll(() => world.close())

const said = (name: string, birthDate: string, number?: string) => ({
  ...{ resourceType: 'Patient', gender: 'female', birthDate, name: [{ text: name }] },
  telecom: [{ system: 'phone', value: '13900000244' }],
  address: [{ text: '通济市东湖区公园路街道东风路61号紫荆花园2栋4单元203室' }],
  ...(number ? { identifier: [{ system: CHINESE_ID, value: number }] } : {}),
})
const register = async (...of: Parameters<typeof said>): Promise<string> =>
  (await ask('POST', '/Patient', { body: said(...of) })).body.id
const linksOf = async (id: string): Promise<string[]> => {
  const answer = await world.app.inject({ url: `/api/residents/${id}/links`, headers: clerk.headers })
  const links = answer.json() as { link: { state: string; held: string | null } }[]
  return links.map(({ link }) => `${link.state} ${link.held}`).sort()
}
const wholeOf = async (id: string): Promise<string[]> => {
  const found = await ask('GET', `/Patient/${id}/$everything`)
  return (found.body.entry as { resource: { id: string } }[]).map(({ resource }) => resource.id).sort()
}

test('a registration without a number makes no one person of two whose identity numbers differ', async () => {
  const one = await register('章丽华', '1968-05-07', '320102196805070242')
  const two = await register('张丽华', '1968-07-05', '320102196807050229')
  expect([await linksOf(one), await linksOf(two)]).toEqual([[], []])
  const third = await register('张丽华', '1968-07-05')
  expect(await linksOf(third)).toEqual(['proposed other-number', 'proposed other-number'])
  expect(await wholeOf(third)).toEqual([third])
})

test('a number that turns out to be another’s puts the link of the index before people again', async () => {
  const one = await register('端木秋水', '1971-03-04', '32010219710304022X')
  const two = await register('端木秋水', '1971-03-04')
  expect(await linksOf(two)).toEqual(['linked null'])
  const number = { system: CHINESE_ID, value: '320102197103040385' }
  const { body } = await ask('GET', `/Patient/${two}`)
  const put = await ask('PUT', `/Patient/${two}`, { body: { ...body, identifier: [number] } })
  expect(put.status).toBe(200)
  expect(await linksOf(two)).toEqual(['proposed other-number'])
  expect(await wholeOf(one)).toEqual([one])
})
