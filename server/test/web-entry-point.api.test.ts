import { roles } from '@tongmai/api/identity/role'
import { type Api, type Endpoint, kernelApi } from '@tongmai/api/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '../src/modules.ts'
import { filled, namesIn } from './fill-shape.ts'
import { givenClient, givenStaff, type Signed } from './given-identity.ts'
import { anObservation } from './given-record.ts'
import { type ReferralRegion, referralRegion } from './given-referral.ts'

/** Every endpoint of every module is tried by whoever holds every role at an institution without a lawful basis. */

const endpoints = [{ api: kernelApi as Api }, ...modules]
  .flatMap(({ api = {} }) => Object.values(api as Api))
  .filter((e) => (e.for ?? ['staff']).includes('staff') && e.may !== 'anyone' && e.path !== '/live')

/** What gives a basis by itself, for reasons of its own, and is logged, told and judged: tried by its own tests. */
const givesBasis = new Set(['POST /residents/:id/emergency'])

/** Of one person: named in the path, in the query or in the body. */
const isAboutOne = (e: Endpoint): boolean =>
  e.path.startsWith('/residents/:id') ||
  e.path.includes(':residentId') ||
  [...namesIn(e.query), ...namesIn(e.body)].includes('residentId')
const lists = endpoints.filter((e) => e.method === 'GET' && !e.path.includes(':') && !isAboutOne(e))

const MARK = 'MARK-4417'
let g: ReferralRegion
let outsider: Signed
let sought: string
let referral: string
const nobody = '0192f7a4-0000-7000-8000-00000000beef'

beforeAll(async () => {
  g = await referralRegion()
  outsider = await givenStaff(g.world, g.third, Object.keys(roles) as never)
  const body = g.draftBody()
  sought = g.residentId
  const written = await g.post('gp', '/referrals', { ...body, form: { ...body.form, reason: MARK } })
  expect(written.status, JSON.stringify(written.json)).toBe(200)
  referral = written.json.id
  const client = await givenClient(g.world, g.centre)
  const effectiveDateTime = g.world.world.now().toISOString()
  const { statusCode } = await g.world.app.inject({
    ...{ method: 'POST', url: '/fhir/R4/Observation' },
    headers: { ...client.headers, 'content-type': 'application/fhir+json' },
    payload: anObservation(sought, { note: [{ text: MARK }], effectiveDateTime }),
  })
  expect(statusCode).toBe(201)
}, 120_000)
afterAll(() => g.world.close())

/** What must be of a certain form to be looked at at all. */
const wellFormed = {
  ...{ divisionCode: '990102', diagnosis: 'I20.0', country: 'SGP', hash: 'a'.repeat(64) },
  institutionIds: nobody,
}

async function ask(e: Endpoint, residentId: string) {
  const known = { ...wellFormed, residentId }
  const path = e.path.replace(/:(\w+)/g, (_, name: string) =>
    name === 'id' || name === 'residentId' ? residentId : name === 'type' ? 'Observation' : nobody,
  )
  const query = Object.entries(filled(e.query, known)).map(
    ([k, v]) => `${k}=${encodeURIComponent(String(v))}`,
  )
  const { statusCode, body } = await g.world.app.inject({
    ...{ method: e.method, url: `/api${path}?${query.join('&')}`, headers: outsider.headers },
    ...(e.body ? { payload: filled(e.body, known) } : {}),
  })
  return { status: statusCode, text: body.replaceAll(residentId, '…') }
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const plain = ({ status, text }: { status: number; text: string }) =>
  `${status} ${text.replace(uuid, '…').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '…')}`

test('what names a resident answers as if there were no such person', async () => {
  const about = endpoints.filter((e) => isAboutOne(e) && !givesBasis.has(`${e.method} ${e.path}`))
  expect(about.length).toBeGreaterThan(60)
  const told: string[] = []
  for (const e of about) {
    const ghost = await ask(e, nobody)
    const closed = await ask(e, sought)
    const isTold = closed.text.includes(MARK) || closed.text.includes(referral)
    if (isTold || closed.status >= 500 || closed.status === 400 || plain(closed) !== plain(ghost))
      told.push(`${e.method} ${e.path}: ${plain(closed).slice(0, 160)} | ${plain(ghost).slice(0, 160)}`)
  }
  expect(told).toEqual([])
})

test('a referral between others is not there, whatever is done with its id', async () => {
  const moves = endpoints.filter((e) => e.path.startsWith('/referrals/:id'))
  expect(moves.length).toBeGreaterThan(10)
  const told: string[] = []
  for (const e of moves) {
    const closed = plain(await ask(e, referral))
    if (closed !== plain(await ask(e, nobody))) told.push(`${e.method} ${e.path}: ${closed.slice(0, 160)}`)
  }
  expect(told).toEqual([])
})

test('no list holds the person, the record or the referral, whatever it is asked', async () => {
  expect(lists.length).toBeGreaterThan(60)
  const told: string[] = []
  for (const e of lists) {
    const { status, text } = await ask(e, sought)
    if (status >= 500 || status === 400 || [MARK, referral, '…'].some((secret) => text.includes(secret)))
      told.push(`${e.path}: ${status} ${text.slice(0, 160)}`)
  }
  expect(told).toEqual([])
})
