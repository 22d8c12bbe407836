import type { AddressInfo } from 'node:net'
import { Client } from 'fhir-kit-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let resident: { id: string }
let client: Client

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = world.app.server.address() as AddressInfo
  const { headers } = await givenClient(world, hospital.id)
  client = new Client({ baseUrl: `http://127.0.0.1:${port}/fhir/R4`, customHeaders: { ...headers } })
})
afterAll(() => world.close())

test('a client that nobody here wrote creates, reads, searches, patches, changes and removes', async () => {
  const resourceType = 'Observation'
  const made = await client.create({ resourceType, body: anObservation(resident.id) as never })
  const id = String((made as { id?: string }).id)
  expect(await client.read({ resourceType, id })).toMatchObject({ id, status: 'final' })
  const found = await client.search({ resourceType, searchParams: { _id: id } })
  expect(found).toMatchObject({ resourceType: 'Bundle', entry: [{ resource: { id } }] })
  const jsonPatch = [{ op: 'replace' as const, path: '/status', value: 'amended' }]
  expect(await client.patch({ resourceType, id, jsonPatch })).toMatchObject({ status: 'amended' })
  const body = anObservation(resident.id, { id, status: 'corrected' })
  expect(await client.update({ resourceType, id, body: body as never })).toMatchObject({
    status: 'corrected',
  })
  await client.delete({ resourceType, id })
  await expect(client.read({ resourceType, id })).rejects.toMatchObject({ response: { status: 410 } })
})
