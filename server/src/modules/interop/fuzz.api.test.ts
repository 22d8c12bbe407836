import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Odd, oddRequest } from '../../../test/fuzz-fhir.ts'
import { givenClient, givenStaff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

const SEED = 20_261_125
const REQUESTS = 1_500
/** Fewer where the machine is slow. */
const MOST_MS = 20_000

let world: Region
let resident: { id: string }
let callers: Record<string, string>[]
let routes: string[]

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  const client = await givenClient(world, hospital.id)
  const staff = await givenStaff(world, hospital.id, ['gp', 'specialist', 'it', 'referral-clerk'])
  callers = [{ ...client.headers }, { ...client.headers }, { ...staff.headers }]
  routes = routesOf(world.app.printRoutes({ commonPrefix: false }))
})
afterAll(() => world.close())

/** `GET /:type/:id` for everything that is mounted below /fhir/R4, from Fastify's drawing of its tree. */
function routesOf(drawing: string): string[] {
  const above: string[] = []
  return drawing.split('\n').flatMap((line) => {
    const [, before = '', path = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \((.+)\))?$/.exec(line) ?? []
    const depth = before.length / 4
    // Where two routes name one part of the path differently both names are drawn.
    above.splice(depth, above.length, path.replace(/\|:\w+/g, ''))
    const url = above.join('')
    if (!url.startsWith('/fhir/R4') || methods === '') return []
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
      .map((method) => `${method} ${url.slice('/fhir/R4'.length) || '/'}`)
  })
}

const isOutcome = (type: unknown, body: string): boolean =>
  String(type).includes('xml')
    ? body.includes('<OperationOutcome')
    : body.startsWith('{"resourceType":"OperationOutcome"') ||
      JSON.parse(body).resourceType === 'OperationOutcome'

/** The answer; a server that says it is busy, because the machine is, is asked again a little later. */
async function answerTo({ method, url, headers, payload }: Odd, who: number) {
  for (let again = 0; ; again++) {
    const answer = await world.app.inject({
      ...{ method, url, headers: { ...headers, ...callers[who] } },
      ...(payload === undefined ? {} : { payload }),
    })
    if (again === 3 || !answer.body.includes('"kernel.busy"')) return answer
    await new Promise((resolve) => setTimeout(resolve, 1_200))
  }
}

test('no request below /fhir is answered with a 500, and every refusal is an OperationOutcome', async () => {
  expect(routes.length).toBeGreaterThan(40)
  const wrong: string[] = []
  const seen = new Map<number, number>()
  const requests = fc.noBias(oddRequest(routes, resident.id))
  const property = fc.asyncProperty(requests, fc.nat(2), async (odd, who) => {
    const { statusCode, body, headers } = await answerTo(odd, who)
    seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1)
    const isGraphql = statusCode === 400 && body.startsWith('{"errors":[')
    const isRight =
      statusCode < 400 || isGraphql || (statusCode < 500 && isOutcome(headers['content-type'], body))
    const { method, url, payload = '' } = odd
    if (!isRight)
      wrong.push(`${method} ${url} ${payload.slice(0, 1_000)} → ${statusCode} ${body.slice(0, 300)}`)
  })
  await fc.assert(property, {
    ...{ seed: SEED, numRuns: REQUESTS, endOnFailure: true },
    interruptAfterTimeLimit: MOST_MS,
  })
  expect(wrong).toEqual([])
  // They reach far enough: some are understood.
  expect(seen.get(200) ?? 0).toBeGreaterThan(0)
}, 120_000)
