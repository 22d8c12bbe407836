import type { AddressInfo } from 'node:net'
import { MedplumClient } from '@medplum/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

type Created = Parameters<MedplumClient['createResource']>[0]

let world: Region
let resident: { id: string }
let client: MedplumClient

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = world.app.server.address() as AddressInfo
  const { headers } = await givenClient(world, hospital.id)
  client = new MedplumClient({
    baseUrl: `http://127.0.0.1:${port}/`,
    fhirUrlPath: 'fhir/R4',
    cacheTime: 0,
    fetch: (url: string, options: RequestInit) => fetch(url, options),
  })
  client.setAccessToken(String(headers.authorization).replace('Bearer ', ''))
})
afterAll(() => world.close())

const observation = (more: object = {}) => anObservation(resident.id, more) as unknown as Created

test('Medplum’s client creates, reads, searches, updates, patches, asks by GraphQL, sends a batch and removes', async () => {
  const made = await client.createResource(observation())
  const id = String(made.id)
  expect(await client.readResource('Observation', id)).toMatchObject({ id, status: 'final' })
  const found = await client.search('Observation', `patient=${resident.id}&code=http://loinc.org|6298-4`)
  expect(found.entry?.map((one: { resource?: { id?: string } }) => one.resource?.id)).toEqual([id])
  const changed = await client.updateResource({ ...made, status: 'amended' } as typeof made)
  expect(changed.meta?.versionId).toBe('2')
  const patched = await client.patchResource('Observation', id, [
    { op: 'replace', path: '/status', value: 'corrected' },
  ])
  expect(patched).toMatchObject({ id, status: 'corrected' })
  expect((await client.readHistory('Observation', id)).entry).toHaveLength(3)
  const asked = await client.graphql(
    `{ Observation(id: "${id}") { status subject { resource { ... on Patient { id } } } } }`,
  )
  expect(asked.data).toEqual({
    Observation: { status: 'corrected', subject: { resource: { id: resident.id } } },
  })
  const batch = await client.executeBatch({
    ...{ resourceType: 'Bundle', type: 'batch' },
    entry: [
      { request: { method: 'GET', url: `Observation/${id}` } },
      { request: { method: 'POST', url: 'Observation' }, resource: observation() },
      { request: { method: 'GET', url: 'Observation/none' } },
    ],
  })
  expect(
    batch.entry?.map((one: { response?: { status: string } }) => one.response?.status.slice(0, 3)),
  ).toEqual(['200', '201', '404'])
  await client.deleteResource('Observation', id)
  await expect(client.readResource('Observation', id)).rejects.toThrow()
})
