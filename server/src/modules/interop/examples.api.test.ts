import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { ownersOf, type Resource } from '../../kernel/resource/owner.ts'
import { fromXml } from './from-xml.ts'
import { toXml } from './to-xml.ts'

const folder = join(import.meta.dirname, '../../../../node_modules/hl7.fhir.r4.examples')
const guide = join(import.meta.dirname, '../../../../docs/guide/fhir-examples.md')
const bytesMax = 1_000_000

let world: Region
let mine: Record<string, string>

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  mine = { ...(await givenClient(world, hospital.id)).headers }
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => mine,
)

/** Without what the server itself says of a resource. */
function bare(resource: Resource): object {
  const { meta, ...rest } = resource
  const { versionId: _, lastUpdated: __, ...own } = (meta ?? {}) as Record<string, unknown>
  return Object.keys(own).length > 0 ? { ...rest, meta: own } : rest
}

interface Example {
  readonly name: string
  readonly resource: Resource & { id: string }
}

/** Patients first, for others point at them; each resource once. */
function examples(): Example[] {
  const seen = new Set<string>()
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'package.json')
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
    .filter(({ text }) => text.length <= bytesMax)
    .map(({ name, text }) => ({ name, resource: JSON.parse(text) as Example['resource'] }))
    .filter(({ resource }) => {
      const key = `${resource.resourceType}/${resource.id}`
      return Boolean(resource.resourceType) && !seen.has(key) && seen.add(key)
    })
  const isPatient = ({ resource }: Example) => resource.resourceType === 'Patient'
  return [...all.filter(isPatient), ...all.filter((one) => !isPatient(one))]
}

test('the official examples are stored, read back as they were, and refused only for what the guide lists', async () => {
  const refused: string[] = []
  const changed: string[] = []
  const put = async ({ name, resource }: Example) => {
    const path = `/${resource.resourceType}/${resource.id}`
    const stored = await ask('PUT', path, { body: resource })
    if (stored.status >= 400) {
      expect(stored.status, `${name} ${JSON.stringify(stored.body)}`).toBeLessThan(500)
      refused.push(name)
      return
    }
    if (ownersOf(resource.resourceType).length > 0) return
    const read = (await ask('GET', path)).body
    if (!isDeepStrictEqual(bare(read), bare(resource))) changed.push(name)
    expect(fromXml(toXml(read)), name).toEqual(read)
  }
  const all = examples()
  const isOwned = ({ resource }: Example) => ownersOf(resource.resourceType).length > 0
  for (const one of all.filter(isOwned)) await put(one)
  const others = all.filter((one) => !isOwned(one))
  for (let at = 0; at < others.length; at += 8) await Promise.all(others.slice(at, at + 8).map(put))
  expect(changed).toEqual([])
  const said = readFileSync(guide, 'utf8')
  expect(refused.filter((name) => !said.includes(`\`${name.slice(0, -5)}\``))).toEqual([])
  expect(all.length).toBeGreaterThan(5000)
}, 240_000)
