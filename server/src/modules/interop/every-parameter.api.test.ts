import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { examplesOf, hitOf, missOf, type Published, published } from '../../../test/r4-parameter.ts'
import { madeFor } from '../../../test/r4-sample.ts'
import { type Region, region } from '../../../test/world.ts'
import { concernOf } from '../../kernel/resource/concern.ts'
import type { Resource } from '../../kernel/resource/owner.ts'
import { type Projection, projectMany } from '../../kernel/resource/project.ts'
import { resourceTypes } from '../../kernel/resource/shape.ts'

/** Parameters that are not shown here, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  _id: 'no element; shown in search.api.test.ts',
  _lastUpdated: 'set by the store; shown in search.api.test.ts',
  _text: 'no element; shown in search-text.api.test.ts',
  _content: 'no element; shown in search-text.api.test.ts',
  _filter: 'no element; shown in search-filter.api.test.ts',
  _query: 'no named queries are offered; refused under strict',
  'Patient.identifier': 'sealed by its owner; shown in search.api.test.ts',
  'Patient.phone': 'sealed by its owner; shown in search.api.test.ts',
  'Patient.email': 'sealed by its owner; shown in search.api.test.ts',
  'Patient.telecom': 'sealed by its owner; shown in search.api.test.ts',
}

let world: Region
let residentId: string
let mine: Record<string, string>

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  residentId = (await givenResident(world, hospital.id)).id
  mine = { ...(await givenClient(world, hospital.id)).headers }
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => mine,
)

interface Case {
  readonly type: string
  readonly parameter: Published
  readonly resource: Resource & { id: string }
  readonly hit: string
}

/** Every example is about the one resident whom the test knows. */
const ours = (resource: Resource, id: string): Resource & { id: string } => {
  const text = JSON.stringify(resource).replaceAll(/"Patient\/[A-Za-z0-9\-.]+"/g, `"Patient/${residentId}"`)
  return { ...(JSON.parse(text) as Resource), id }
}

function casesOf(type: string): { cases: Case[]; unshown: string[] } {
  const examples = examplesOf(type).map((resource, n) => ours(resource, `${type}.${n}`.slice(0, 64)))
  const cases: Case[] = []
  const unshown: string[] = []
  const bases = ['Resource', 'DomainResource', type]
  for (const parameter of published.filter(({ base }) => base.some((one) => bases.includes(one)))) {
    const name = `${type}.${parameter.code}`
    if (elsewhere[parameter.code] || elsewhere[name]) continue
    const candidates = [
      ...examples,
      ...madeFor(type, parameter).map((one, n) => ours(one, `${name}.${n}`.slice(0, 64))),
    ]
    const found = candidates.flatMap((resource) => {
      const hit = hitOf(type, parameter, resource)
      return hit ? [{ type, parameter, resource, hit }] : []
    })[0]
    if (found) cases.push(found)
    else unshown.push(name)
  }
  return { cases, unshown }
}

async function store(cases: readonly Case[]): Promise<void> {
  const all = new Map(cases.map(({ resource }) => [`${resource.resourceType}/${resource.id}`, resource]))
  const projections = [...all.values()].map((resource): Projection => {
    const concern = concernOf(resource)
    return { resource, residentId: concern.kind === 'patient' ? residentId : null, institutionId: null }
  })
  // A Patient of the examples is nobody's record here: it lies where directories lie.
  await world.world.asSystem(null, (ctx) =>
    projectMany(
      ctx,
      projections.map((one) =>
        one.resource.resourceType === 'Patient' ? { ...one, residentId: null } : one,
      ),
    ),
  )
  // Some examples carry a label that only a basis of its own opens; here it is about being found.
  await world.sql('update kernel.resource set sensitivity = 0 where sensitivity <> 0')
}

async function idsFound({ type, parameter }: Case, value: string): Promise<string[]> {
  const query = new URLSearchParams([
    [parameter.code, value],
    ['_count', '200'],
    ['_elements', 'id'],
  ])
  const { status, body } = await ask('GET', `/${type}?${query}`, { headers: { prefer: 'handling=strict' } })
  if (status !== 200) return [`${status} ${body?.issue?.[0]?.diagnostics}`]
  return (body.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id)
}

test('every search parameter of every R4 type finds what has its value, and not what has another', async () => {
  const all = resourceTypes.map(casesOf)
  expect(all.flatMap(({ unshown }) => unshown)).toEqual([])
  const cases = all.flatMap((one) => one.cases)
  await store(cases)
  const wrong: string[] = []
  for (const one of cases) {
    const name = `${one.type}?${one.parameter.code}`
    const hit = await idsFound(one, one.hit)
    if (!hit.includes(one.resource.id))
      wrong.push(`${name}=${one.hit} misses ${one.resource.id}: ${hit.slice(0, 2)}`)
    const miss = missOf(one.parameter, one.hit)
    if ((await idsFound(one, miss)).includes(one.resource.id))
      wrong.push(`${name}=${miss} finds ${one.resource.id}`)
  }
  expect(wrong).toEqual([])
  expect(cases.length).toBeGreaterThan(2_200)
}, 240_000)
