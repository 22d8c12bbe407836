import { type Api, type Endpoint, kernelApi } from '@tongmai/api/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { uuidv7 } from '../src/kernel/id.ts'
import { modules } from '../src/modules.ts'
import { givenStaff } from './given-identity.ts'
import { givenInstitution } from './given-network.ts'
import { type Region, region } from './world.ts'

/** Loops instead of imagination: what every endpoint of every contract must refuse, and how. */

const endpoints = [{ name: 'kernel', api: kernelApi as Api }, ...modules].flatMap(
  ({ name: module, api = {} }) =>
    Object.entries(api as Api).map(([name, endpoint]) => ({ name: `${module}.${name}`, endpoint })),
)

/** Endpoints whose body may be empty: everything in it can be left out. */
const takesNothing = (e: Endpoint): boolean => !e.body || z.safeDecode(e.body, {} as never).success

const urlOf = (e: Endpoint, id: string) => `/api${e.path.replace(/:(\w+)/g, id)}`

let world: Region
let roleless: Record<string, string>

beforeAll(async () => {
  world = await region()
  const { id: institutionId } = await givenInstitution(world)
  roleless = (await givenStaff(world, institutionId, [])).headers
})
afterAll(() => world.close())

const ask = (e: Endpoint, headers: Record<string, string> = {}, payload?: object) =>
  world.app.inject({
    method: e.method,
    url: urlOf(e, uuidv7()),
    headers,
    ...(payload ? { payload } : {}),
  })

test('there are endpoints to loop over, each named once', () => {
  expect(endpoints.length).toBeGreaterThan(100)
  const ways = endpoints.map(({ endpoint: e }) => `${e.method} ${e.path.replace(/:\w+/g, ':')}`)
  expect(ways.filter((w, i) => ways.indexOf(w) !== i)).toEqual([])
})

describe('every endpoint refuses', () => {
  test('a stranger, with 401, before the body is read', async () => {
    const wrong: string[] = []
    for (const { name, endpoint } of endpoints.filter((each) => each.endpoint.may !== 'anyone')) {
      const answer = await ask(endpoint, { 'content-type': 'application/json' })
      if (answer.statusCode !== 401) wrong.push(`${name}: ${answer.statusCode}`)
    }
    expect(wrong).toEqual([])
  })

  test('somebody without the role, with 403', async () => {
    const everyone = ['network.read', 'workforce.read', 'resident.read', 'notice.read']
    const wrong: string[] = []
    for (const { name, endpoint: e } of endpoints) {
      const forStaff = (e.for ?? ['staff']).includes('staff')
      if (e.may === 'anyone' || (forStaff && (e.may === 'signed-in' || everyone.includes(e.may)))) continue
      const answer = await ask(e, roleless, e.body ? {} : undefined)
      if (answer.statusCode !== 403) wrong.push(`${name}: ${answer.statusCode}`)
    }
    expect(wrong).toEqual([])
  })

  test('an empty body, with 400 and the fields at fault', async () => {
    const all = await givenEverything()
    const wrong: string[] = []
    for (const { name, endpoint: e } of endpoints.filter((each) => !takesNothing(each.endpoint))) {
      if (!(e.for ?? ['staff']).includes('staff') && e.may !== 'anyone') continue
      const answer = await ask(e, all, {})
      const { fields = [] } = answer.json() as { fields?: unknown[] }
      if (answer.statusCode !== 400 || fields.length === 0)
        wrong.push(`${name}: ${answer.statusCode} ${answer.body.slice(0, 80)}`)
    }
    expect(wrong).toEqual([])
  })

  test('the id of what does not exist, or is another institution’s, with 404', async () => {
    const all = await givenEverything()
    const wrong: string[] = []
    for (const { name, endpoint: e } of endpoints) {
      if (!e.path.includes(':') || !takesNothing(e) || !(e.for ?? ['staff']).includes('staff')) continue
      const answer = await ask(e, all, e.body ? {} : undefined)
      if (answer.statusCode !== 404) wrong.push(`${name}: ${answer.statusCode} ${answer.body.slice(0, 80)}`)
    }
    expect(wrong).toEqual([])
  })
})

let everything: Record<string, string> | undefined
/** Staff with every role there is: what they are refused is refused for another reason. */
async function givenEverything(): Promise<Record<string, string>> {
  if (everything) return everything
  const { roles } = await import('@tongmai/api/identity/role')
  const { id: institutionId } = await givenInstitution(world)
  everything = (await givenStaff(world, institutionId, Object.keys(roles) as never)).headers
  return everything
}
