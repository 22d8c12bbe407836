import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { icdChapterOf, icdChapters } from '../../kernel/resource/find/icd-chapter.ts'
import { findListed, tableOf } from '../record/index.ts'

let world: Region
let signed: Readonly<Record<string, string>>
beforeAll(async () => {
  world = await region()
  signed = (await givenClient(world, (await givenInstitution(world)).id)).headers
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => signed,
)
const ICD = 'urn:oid:2.16.156.10011.2.3.3.11'

interface Part {
  readonly name: string
  readonly valueCode?: string
  readonly valueString?: string
  readonly value?: string
}
const told = async (code: string, property: string) => {
  const url = `/CodeSystem/$lookup?system=${ICD}&code=${encodeURIComponent(code)}&property=${property}`
  const { status, body } = await ask('GET', url)
  const parameters = (body.parameter ?? []) as (Part & { part?: Part[] })[]
  const said = parameters.flatMap(({ part = [] }) =>
    part.some(({ valueCode }) => valueCode === property)
      ? [part.map((one) => one.valueCode ?? one.valueString)]
      : [],
  )
  return { status, display: parameters.find(({ name }) => name === 'display')?.valueString, said }
}
const counted = async (property: string, op: string, value: string) => {
  const compose = { include: [{ system: ICD, filter: [{ property, op, value }] }] }
  const resource = { resourceType: 'ValueSet', status: 'active', compose }
  const { status, body } = await ask('POST', '/ValueSet/$expand?count=1', { body: resource })
  return status === 200 ? body.expansion.total : status
}
const listed = findListed('icd10')
const codes = listed ? [...tableOf(listed).byCode.keys()] : []
const under = (from: string, to: string) =>
  codes.filter((code) => code >= from && code < `${to}\u{10ffff}`).length

test('every code of the table lies in one of the 22 chapters', () => {
  expect(icdChapters.map(({ number }) => number)).toHaveLength(22)
  expect(codes.length).toBeGreaterThan(30_000)
  expect(codes.filter((code) => !icdChapterOf(code))).toEqual([])
})

test('a code says its chapter, a category lies in it, and the chapter says its categories', async () => {
  expect((await told('I21.900', 'chapter')).said).toEqual([['chapter', 'IX', '第9章（I00–I99）']])
  expect((await told('D48.900', 'chapter')).said).toEqual([['chapter', 'II', '第2章（C00–D48）']])
  expect((await told('D50.900', 'chapter')).said).toEqual([['chapter', 'III', '第3章（D50–D89）']])
  expect((await told('I21.900', 'parent')).said).toEqual([['parent', 'I21']])
  const chapter = await told('IX', 'child')
  expect([chapter.status, chapter.display]).toEqual([200, '第9章（I00–I99）'])
  expect(chapter.said.map(([, code]) => code)).toEqual(expect.arrayContaining(['I10', 'I21', 'I63']))
  expect(chapter.said.every(([, code]) => code?.startsWith('I'))).toBe(true)
  expect((await told('XXIII', 'chapter')).status).toBe(404)
})

test('value sets filter by chapter, by hierarchy or by property', async () => {
  const whole = under('I00', 'I99')
  expect(whole).toBeGreaterThan(1_000)
  expect(await counted('concept', 'is-a', 'IX')).toBe(whole)
  expect(await counted('concept', 'descendent-of', 'IX')).toBe(whole)
  expect(await counted('chapter', '=', 'IX')).toBe(whole)
  expect(await counted('chapter', 'in', 'VII,VIII')).toBe(under('H00', 'H95'))
  expect(await counted('concept', 'is-a', 'XXIII')).toBe(422)
})

test('a chapter subsumes its blocks, categories and codes, and no other chapter', async () => {
  const outcome = async (a: string, b: string) => {
    const { body } = await ask('GET', `/CodeSystem/$subsumes?system=${ICD}&codeA=${a}&codeB=${b}`)
    return body.parameter?.[0].valueCode
  }
  expect(await outcome('IX', 'I21.900')).toBe('subsumes')
  expect(await outcome('I20-I25', 'IX')).toBe('subsumed-by')
  expect(await outcome('X', 'I21.900')).toBe('not-subsumed')
  expect(await outcome('XX', 'VI')).toBe('not-subsumed')
})
