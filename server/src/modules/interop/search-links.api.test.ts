import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, code, finding, strict } from '../../../test/find-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let hospital: { id: string }
let other: { id: string }
let patient: { id: string; number: string; name: string }
let foreign: { id: string }
let mine: Record<string, string>
let theirs: Record<string, string>

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  other = await givenInstitution(world)
  patient = await givenResident(world, hospital.id, { name: '单雄信', phone: '13912345678' })
  foreign = await givenResident(world, other.id, { name: '单独', phone: '13912345678' })
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, other.id)).headers }
})
afterAll(() => world.close())

const { ask, find, ids, post, observe } = finding(
  () => world,
  () => mine,
  () => patient,
)

describe('links', () => {
  let order: string
  let result: string
  beforeAll(async () => {
    const subject = { reference: `Patient/${patient.id}` }
    order = await post({
      resourceType: 'ServiceRequest',
      status: 'active',
      intent: 'order',
      subject,
      ...code('link'),
    })
    result = await observe({ ...code('link-result'), basedOn: [{ reference: `ServiceRequest/${order}` }] })
  })
  const modes = async (path: string, as = mine) =>
    ((await find(path, as)).entry ?? []).map(
      ({ resource, search }) => `${search.mode} ${resource.resourceType}`,
    )

  test('are included forward and backward, step after step', async () => {
    expect(await modes('/Observation?code=link-result&_include=Observation:based-on')).toEqual([
      'match Observation',
      'include ServiceRequest',
    ])
    expect(await modes('/ServiceRequest?code=link&_revinclude=Observation:based-on')).toEqual([
      'match ServiceRequest',
      'include Observation',
    ])
    const twice = '_include=Observation:based-on&_include:iterate=ServiceRequest:patient'
    expect(await modes(`/Observation?code=link-result&${twice}`)).toEqual([
      'match Observation',
      'include ServiceRequest',
      'include Patient',
    ])
    expect(await modes(`/Patient?_id=${patient.id}&_revinclude=ServiceRequest:subject`)).toEqual([
      'match Patient',
      'include ServiceRequest',
    ])
    expect(await modes('/Observation?code=link-result&_include=Observation:subject:Group')).toEqual([
      'match Observation',
    ])
    expect((await modes('/Observation?code=link-result&_include=*')).length).toBe(3)
  })

  test('are followed by chains and by _has', async () => {
    expect(await ids('/Observation?based-on.code=link')).toEqual([result])
    expect(await ids('/Observation?based-on:ServiceRequest.patient.name=单雄信')).toEqual([result])
    expect(await ids('/Observation?based-on.code=nothing')).toEqual([])
    expect(await ids('/Observation?code=link-result&subject:Patient.birthdate=1962-03-09')).toEqual([result])
    expect(await ids('/ServiceRequest?_has:Observation:based-on:code=link-result')).toEqual([order])
    expect(await ids('/Patient?_has:Observation:patient:code=link-result')).toEqual([patient.id])
    expect(
      await ids('/Patient?_has:ServiceRequest:patient:_has:Observation:based-on:code=link-result'),
    ).toEqual([patient.id])
    expect((await ask('GET', '/Observation?focus.code=x')).status).toBe(400)
  })

  test('keep to the scopes of the client', async () => {
    const reader = { ...(await givenClient(world, hospital.id, ['system/Observation.rs'])).headers }
    expect(await modes('/Observation?code=link-result&_include=Observation:based-on', reader)).toEqual([
      'match Observation',
    ])
    const chained = await ask('GET', '/Observation?based-on.code=link', { as: reader, headers: strict })
    expect(chained.status).toBe(403)
  })
})

describe('answers', () => {
  const path = '/Observation?code=page'
  let all: string[]
  beforeAll(async () => {
    all = []
    for (const [n, date] of ['2021-01-03', '2021-01-01', '2021-01-02', '2021-01-01', '2021-01-04'].entries())
      all.push(await observe({ ...code('page'), effectiveDateTime: date, valueQuantity: { value: n } }))
  })

  async function pages(start: string, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
    const found: string[] = []
    for (let next: string | undefined = start; next; ) {
      const page: Answer = await find(next)
      found.push(...(page.entry ?? []).map(({ resource }) => resource.id))
      next = page.link.find(({ relation }) => relation === 'next')?.url.replace(/^.*\/fhir\/R4/, '')
      await between()
    }
    return found
  }

  test.each(['', '&_sort=date', '&_sort=-date,_id', `&patient=PATIENT`, '&_sort=-_lastUpdated'])(
    'are paged without loss or doubling while others write: %s',
    async (more) => {
      const start = `${path}&_count=2${more.replace('PATIENT', patient.id)}`
      const found = await pages(start, () => observe({ ...code('page'), effectiveDateTime: '2000-01-01' }))
      expect(all.filter((id) => !found.includes(id))).toEqual([])
      expect(new Set(found).size).toBe(found.length)
    },
  )

  test('are sorted by several keys, those without a value last', async () => {
    const mineOnly = `/Observation?_id=${all.join(',')}`
    const [first, second, third, fourth, fifth] = all
    expect(await ids(`${mineOnly}&_sort=date,-_id`)).toEqual([fourth, second, third, first, fifth])
    expect(await ids(`${mineOnly}&_sort=-date,_id`)).toEqual([fifth, first, third, second, fourth])
    expect(await ids(`${mineOnly}&_sort=-value-quantity`)).toEqual([fifth, fourth, third, second, first])
    expect((await ask('GET', `${mineOnly}&_sort=nonsense`)).status).toBe(400)
    for (const sealed of ['identifier', '-phone', 'birthdate,telecom'])
      expect((await ask('GET', `/Patient?_sort=${sealed}`)).status).toBe(400)
    expect((await ask('GET', '/Patient?_sort=-birthdate,name')).status).toBe(200)
  })

  test('say how many there are, show what is asked for, and nothing but the number', async () => {
    const mineOnly = `/Observation?_id=${all.join(',')}`
    expect((await find(`${mineOnly}&_count=2&_total=accurate`)).total).toBe(5)
    expect((await find(`${mineOnly}&_count=2`)).total).toBeUndefined()
    const count = await find(`${mineOnly}&_summary=count`)
    expect([count.total, count.entry]).toEqual([5, undefined])
    const [entry] = (await find(`${mineOnly}&_elements=value`)).entry ?? []
    expect(Object.keys(entry?.resource ?? {}).toSorted()).toEqual(
      ['code', 'id', 'meta', 'resourceType', 'status', 'valueQuantity'].toSorted(),
    )
    const [short] = (await find(`${mineOnly}&_summary=true`)).entry ?? []
    expect(JSON.stringify(short)).toContain('SUBSETTED')
  })

  test('keep to what was changed when, to tags and to profiles', async () => {
    const meta = {
      tag: [{ system: 'urn:tag', code: 'x' }],
      profile: ['http://p.org/one|2'],
      security: [{ code: 'R' }],
    }
    const tagged = await observe({ meta })
    expect(await ids('/Observation?_tag=urn:tag|x')).toEqual([tagged])
    expect(await ids('/Observation?_profile=http://p.org/one')).toEqual([tagged])
    expect(await ids('/Observation?_security=R')).toEqual([tagged])
    expect(await ids('/Observation?_tag=x&_lastUpdated=ge2020')).toEqual([tagged])
    expect(await ids('/Observation?_tag=x&_lastUpdated=lt2020')).toEqual([])
  })

  test('an unknown parameter is left out of the link, and refused 400 under strict', async () => {
    const lax = await ask('GET', '/Observation?nonsense=1&code=page')
    expect([lax.status, lax.body.link[0].url]).toEqual([
      200,
      'http://127.0.0.1:8080/fhir/R4/Observation?code=page',
    ])
    const refused = await ask('GET', '/Observation?nonsense=1', { headers: strict })
    expect([refused.status, refused.body.issue[0].expression]).toEqual([400, ['nonsense']])
  })

  test('POST _search takes the same words in its body', async () => {
    const answer = await world.app.inject({
      method: 'POST',
      url: '/fhir/R4/Observation/_search?_count=200',
      headers: { ...mine, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'code=page',
    })
    expect(answer.json().entry.length).toBeGreaterThanOrEqual(5)
  })
})

test('by no way of searching does another institution’s resident come into sight', async () => {
  const theirOwn = await observe(
    { ...code('hidden'), performer: [{ reference: `Patient/${foreign.id}` }] },
    foreign.id,
    theirs,
  )
  const subject = { reference: `Patient/${foreign.id}` }
  const order = await post(
    { resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject, ...code('hidden') },
    theirs,
  )
  const pointer = await observe({
    ...code('points'),
    basedOn: [{ reference: `ServiceRequest/${order}` }],
    focus: [subject],
  })
  const ways = [
    '/Observation?code=hidden',
    `/Observation?_id=${theirOwn}`,
    `/Observation?patient=${foreign.id}`,
    `/Observation?subject=Patient/${foreign.id}`,
    `/Observation?performer=Patient/${foreign.id}`,
    '/Observation?code=hidden&_sort=-date',
    `/Patient?_id=${foreign.id}`,
    '/Patient?name=单独',
    '/Patient?phone=13912345678&_sort=name&name=单独',
    '/Patient?_has:Observation:patient:code=hidden',
    '/Observation?based-on.code=hidden',
    '/Observation?subject:Patient.name=单独',
    `/Observation?focus:Patient.name=单独`,
    '/ServiceRequest?_has:Observation:based-on:code=points',
  ]
  for (const way of ways) {
    expect([way, await ids(way)]).toEqual([way, []])
    expect([way, (await find(`${way}&_summary=count`)).total]).toEqual([way, 0])
  }
  const including = [
    '/Observation?code=points&_include=Observation:based-on',
    '/Observation?code=points&_include=*&_include:iterate=*',
    '/Observation?code=points&_include=Observation:focus&_revinclude:iterate=Observation:patient',
  ]
  for (const way of including) {
    const found = (await ids(way)).filter((id) => id !== pointer && id !== patient.id)
    expect([way, found]).toEqual([way, []])
  }
  expect((await ask('GET', `/Patient/${foreign.id}/$everything`)).status).toBe(404)
  const opened = await world.sql(
    `select 1 from kernel.access where resident_id = $1 and institution_id = $2`,
    [foreign.id, hospital.id],
  )
  expect(opened).toEqual([])
})
