import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { code, finding } from '../../../test/find-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let patient: { id: string; number: string; name: string }
let mine: Record<string, string>
let theirs: Record<string, string>

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  const other = await givenInstitution(world)
  patient = await givenResident(world, hospital.id, { name: '单雄信', phone: '13912345678' })
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, other.id)).headers }
})
afterAll(() => world.close())

const { ask, find, ids, observe } = finding(
  () => world,
  () => mine,
  () => patient,
)

const told = (div: string) => ({
  text: { status: 'additional', div: `<div xmlns="http://www.w3.org/1999/xhtml">${div}</div>` },
})
const said = (value: string) => `_content=${encodeURIComponent(value)}`
const narrated = (value: string) => `_text=${encodeURIComponent(value)}`

describe('what is written in a resource', () => {
  let xray: string
  let liver: string
  beforeAll(async () => {
    xray = await observe({
      ...code('x-ray'),
      ...told('<p>左侧<b>桡</b>骨&#39592;&#x6298;，无移位。Fractures of the radius</p><p>T &amp; B</p>'),
      note: [{ text: '建议复查ＣＴ，見骨科門診\n"急" Müller' }],
    })
    liver = await observe({ ...code('us'), ...told('delivery notes'), note: [{ text: '肝脏未见异常' }] })
  })

  const found: Readonly<Record<string, () => string[]>> = {
    [narrated('桡骨')]: () => [xray],
    [narrated('骨折')]: () => [xray],
    [narrated('fracture')]: () => [xray],
    [narrated('"T & B"')]: () => [xray],
    [narrated('(骨折 or 脱位) and 左侧')]: () => [xray],
    [narrated('骨折 not 无移位')]: () => [],
    [narrated('复查')]: () => [],
    [narrated('xmlns')]: () => [],
    [said('复查ct')]: () => [xray],
    [said('见骨科门诊')]: () => [xray],
    [said('見骨科')]: () => [xray],
    [said('muller')]: () => [xray],
    [said('"急" or 肝臟')]: () => [xray, liver],
    [said('骨折,肝脏')]: () => [xray, liver],
    [said('liver')]: () => [],
    [said('肝脏 异常')]: () => [liver],
    [`code=us&${said('异常')}`]: () => [liver],
    [said('resourceType')]: () => [],
  }
  test.each(Object.keys(found))('is found by %s as it should be', async (query) => {
    const wanted = (found[query]?.() ?? []).toSorted()
    for (const whose of ['', `patient=${patient.id}&`]) {
      expect((await ids(`/Observation?${whose}${query}`)).toSorted()).toEqual(wanted)
      expect((await find(`/Observation?${whose}${query}&_summary=count`)).total).toBe(wanted.length)
    }
    expect(await ids(`/Observation?${query}`, theirs)).toEqual([])
  })

  test('is found behind links too, and what is sealed only whole', async () => {
    expect(await ids(`/Patient?_has:Observation:patient:${said('桡骨')}`)).toEqual([patient.id])
    expect(await ids(`/Observation?patient.${said('单雄信')}&code=us`)).toEqual([liver])
    for (const value of [patient.number, '13912345678', '雄信'])
      expect(await ids(`/Patient?${said(value)}`)).toEqual([patient.id])
    for (const value of [patient.number.slice(0, 10), '1391234', 'sealed'])
      expect(await ids(`/Patient?${said(value)}`)).toEqual([])
    expect(await ids(`/Patient?${said(patient.number)}`, theirs)).toEqual([])
  })

  test.each(['(', 'a)', 'not', '"', 'a or', '()', '（', ' ', 'x '.repeat(30), `${'('.repeat(20)}a`])(
    'asked for as %j is 400',
    async (value) => {
      for (const name of ['_text', '_content']) {
        const { status } = await ask('GET', `/Observation?${name}=${encodeURIComponent(value)}`)
        expect(status).toBe(400)
      }
    },
  )

  test('is asked for in words that mean nothing to a regular expression', async () => {
    for (const value of [
      'a\\',
      '*',
      '[',
      '***:a',
      '(?=a)',
      '\\d',
      '%',
      "'",
      '😀',
      '__proto__',
      'constructor',
      '\u0301e',
      '.',
    ])
      for (const name of ['_text', '_content'])
        expect((await ask('GET', `/Observation?${name}=${encodeURIComponent(value)}`)).status).not.toBe(500)
  })
})
