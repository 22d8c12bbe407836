import { afterAll, beforeAll, expect, test } from 'vitest'
import { finding } from '../../../test/find-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let mine: Record<string, string>
let traditional: { id: string; number: string }
let simple: { id: string }

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  mine = { ...(await givenClient(world, hospital.id)).headers }
  traditional = await givenResident(world, hospital.id, { name: '張國榮' })
  simple = await givenResident(world, hospital.id, { name: '张国华' })
})
afterAll(() => world.close())

const { ask, ids } = finding(
  () => world,
  () => mine,
  () => traditional as never,
)
const named = (value: string, modifier = '') => ids(`/Patient?name${modifier}=${encodeURIComponent(value)}`)

test('张国荣 and 張國榮 find each other, by every way of searching a name', async () => {
  for (const name of ['张国荣', '張國榮', '张國', 'zhangguorong', 'zgr'])
    expect([name, await named(name)]).toEqual([name, expect.arrayContaining([traditional.id])])
  expect(await named('張国華')).toEqual([simple.id])
  expect((await named('張国')).toSorted()).toEqual([traditional.id, simple.id].toSorted())
  expect(await named('国荣', ':contains')).toEqual([traditional.id])
  expect(
    await ids(`/Patient?family=${encodeURIComponent('张')}&given=${encodeURIComponent('國榮')}`),
  ).toEqual([traditional.id])
  const filter = encodeURIComponent('name eq 张国荣 and given ew 荣')
  expect(await ids(`/Patient?_filter=${filter}`)).toEqual([traditional.id])
  expect([await named('张国荣', ':exact'), await named('張國榮', ':exact')]).toEqual([[], [traditional.id]])
  const birthDate = traditional.number.replace(/^.{6}(....)(..)(..).*$/, '$1-$2-$3')
  const resource = { resourceType: 'Patient', name: [{ text: '张国荣' }], birthDate }
  const { body } = await ask('POST', '/Patient/$match', {
    body: { resourceType: 'Parameters', parameter: [{ name: 'resource', resource }] },
  })
  expect(body.entry[0].resource.id).toBe(traditional.id)
})

test('a name in either script is found by as many keys', async () => {
  const [one, other] = await world.sql<{ n: number }>(
    `select count(*)::int as n from kernel.resource_key where type = 'Patient' and resident_id = any ($1) group by resident_id`,
    [[traditional.id, simple.id]],
  )
  expect(one?.n).toBe(other?.n)
})
