import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { byUrl } from '../../../kernel/resource/find/value-set.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { readResource } from '../../../kernel/resource/read.ts'
import type { World } from '../../../kernel/world.ts'
import { findListed, GENDER, genderToSex, sexToGender } from '../../record/index.ts'
import { translated } from '../translate.ts'
import { placeOf, requireUse } from './admit.ts'
import { partsIn } from './asked-in.ts'
import { type Asking, ask } from './question.ts'
import { subsumption } from './subsumption.ts'
import { findSystem, findValueSet, type Part, pageOfParts, partsOf } from './terms.ts'

const COUNT_MAX = 1000
const COUNT = 100

/** What was asked, from the address or from Parameters; a coding counts as its system, code and display. */
interface Asked {
  /** Every coding of a codeableConcept, where one was sent. */
  readonly codings: readonly (readonly [name: string, value: string])[][]
  readonly text: ReadonlyMap<string, string>
  readonly resource: Resource | undefined
}

type Parameter = { readonly name?: string; readonly resource?: Resource; readonly [value: string]: Json }

function askedOf({ query, body }: Asking): Asked {
  const text = new Map<string, string>()
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>))
    if (typeof value === 'string') text.set(name, value)
  const codings: [string, string][][] = []
  const given = (typeof body === 'object' && body !== null ? body : {}) as Resource
  if (given.resourceType === 'ValueSet') return { codings, text, resource: given }
  const parts = partsIn(given) as readonly Parameter[]
  for (const part of parts) takePart(text, part, codings)
  return {
    codings,
    text,
    resource: parts.find(({ resource }) => resource?.resourceType === 'ValueSet')?.resource,
  }
}

function takePart(text: Map<string, string>, part: Parameter, codings: [string, string][][]): void {
  const [name, value] = Object.entries(part).find(([key]) => key.startsWith('value')) ?? []
  if (part.name === 'codingA' || part.name === 'codingB') {
    const coding = new Map(codingsIn(value)[0])
    text.set('system', coding.get('system') ?? text.get('system') ?? '')
    text.set(part.name.replace('coding', 'code'), coding.get('code') ?? '')
  } else if (name === 'valueCoding' || name === 'valueCodeableConcept') {
    codings.push(...codingsIn(value))
    for (const [key, said] of codings[0] ?? []) text.set(key, said)
  } else if (part.name && ['string', 'number', 'boolean'].includes(typeof value))
    text.set(part.name, String(value))
}

function codingsIn(value: Json): [string, string][][] {
  const concept = (value ?? {}) as { coding?: Record<string, unknown>[] } & Record<string, unknown>
  const all = Array.isArray(concept.coding) ? concept.coding : [concept]
  return all
    .filter((coding) => typeof coding === 'object' && coding !== null)
    .map((coding) =>
      ['system', 'code', 'display'].flatMap((name) =>
        typeof coding[name] === 'string' ? [[name, coding[name]] as [string, string]] : [],
      ),
    )
}

const wanted = ({ text }: Asked, name: string): string =>
  text.get(name) ?? refuse('invalid', 'interop.parameter-missing', { details: { name } })

function numberIn({ text }: Asked, name: string, normal: number, max: number): number {
  const value = Number(text.get(name) ?? normal)
  if (!Number.isInteger(value) || value < 0) refuse('invalid', 'interop.bad-parameter', { details: { name } })
  return Math.min(value, max)
}

const parameters = (values: Readonly<Record<string, string | boolean | undefined>>) => ({
  resourceType: 'Parameters',
  parameter: Object.entries(values).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          {
            name,
            [typeof value === 'boolean' ? 'valueBoolean' : name === 'code' ? 'valueCode' : 'valueString']:
              value,
          },
        ],
  ),
})

/** The value set at this address, or the one that was sent. */
const givenSet = async (
  ctx: Ctx,
  id: string | undefined,
  { resource }: Asked,
): Promise<Resource | undefined> =>
  id ? (JSON.parse((await readResource(ctx, 'ValueSet', id)).content) as Resource) : resource

/** Which codes are meant: of the resource at this address, of the one that was sent, or of the url. */
async function setOf(ctx: Ctx, id: string | undefined, asked: Asked): Promise<readonly Part[]> {
  const given = await givenSet(ctx, id, asked)
  return given ? partsOf(ctx, given) : findValueSet(ctx, wanted(asked, 'url'))
}

async function expand(ctx: Ctx, id: string | undefined, asked: Asked) {
  const given = await givenSet(ctx, id, asked)
  const parts = given ? await partsOf(ctx, given) : await findValueSet(ctx, wanted(asked, 'url'))
  const offset = numberIn(asked, 'offset', 0, 1_000_000)
  const count = numberIn(asked, 'count', COUNT, COUNT_MAX)
  const { contains, total } = pageOfParts(parts, asked.text.get('filter') ?? '', { offset, count })
  const { url = asked.text.get('url'), version, name, title } = given ?? ({} as Partial<Resource>)
  const head = Object.entries({ url, version, name, title }).filter(([, value]) => typeof value === 'string')
  return {
    ...{ resourceType: 'ValueSet', ...Object.fromEntries(head), status: 'active' },
    expansion: {
      ...{ identifier: `urn:uuid:${ctx.id()}`, timestamp: ctx.now.toISOString(), total, offset },
      parameter: [{ name: 'count', valueInteger: count }],
      contains,
    },
  }
}

/** Of a concept with several codings it is enough that one is among these. */
function validated(parts: readonly Part[], asked: Asked) {
  const others = asked.codings.slice(1).map((coding) => validatedOne(parts, new Map(coding)))
  const first = validatedOne(parts, asked.text)
  return first.isOne ? first.answer : (others.find(({ isOne }) => isOne)?.answer ?? first.answer)
}

/** Whether the code is one of these; with what it is called, or what is wrong. */
function validatedOne(parts: readonly Part[], said: ReadonlyMap<string, string>) {
  const code =
    said.get('code') ?? refuse('invalid', 'interop.parameter-missing', { details: { name: 'code' } })
  const system = said.get('system')
  const part = parts.find((one) => (system ?? one.system) === one.system && one.table.byCode.has(code))
  const display = part?.table.byCode.get(code)?.display
  if (display === undefined) {
    const message = `${system ?? ''}|${code} is not in it`
    return { isOne: false, answer: parameters({ result: false, message }) }
  }
  const differs = said.has('display') && said.get('display') !== display
  const message = differs ? `is called ${display}` : undefined
  return { isOne: !differs, answer: parameters({ result: !differs, message, display }) }
}

async function lookUp(ctx: Ctx, asked: Asked) {
  const [system, code] = [wanted(asked, 'system'), wanted(asked, 'code')]
  const found = await findSystem(ctx, system)
  const known = found?.table.byCode.get(code)
  if (!found || !known) return refuse('missing', 'interop.no-such-code', { details: { system, code } })
  return parameters({ name: found.title, display: known.display })
}

async function checkSystem(ctx: Ctx, id: string | undefined, asked: Asked) {
  const here = id && (JSON.parse((await readResource(ctx, 'CodeSystem', id)).content) as Resource)
  const url = here ? String(here.url) : (asked.text.get('url') ?? wanted(asked, 'system'))
  const found =
    (await findSystem(ctx, url)) ??
    refuse('missing', 'interop.no-such-code-system', { details: { system: url } })
  return validated([found], { ...asked, text: new Map([...asked.text, ['system', found.system]]) })
}

async function subsumes(ctx: Ctx, id: string | undefined, asked: Asked) {
  const here = id && (JSON.parse((await readResource(ctx, 'CodeSystem', id)).content) as Resource)
  const system = here ? String(here.url) : wanted(asked, 'system')
  const valueCode = await subsumption(ctx, system, [wanted(asked, 'codeA'), wanted(asked, 'codeB')])
  return { resourceType: 'Parameters', parameter: [{ name: 'outcome', valueCode }] }
}

/** Sex between GB/T 2261.1 and FHIR, and whatever a stored ConceptMap says. */
async function translate(ctx: Ctx, id: string | undefined, asked: Asked) {
  const [code, system] = [wanted(asked, 'code'), asked.text.get('system') ?? '']
  const sex = findListed('sex')?.url ?? ''
  const own = system === sex ? sexToGender[code] : system === GENDER ? genderToSex[code] : undefined
  const url = asked.text.get('url')
  const stored = id
    ? (JSON.parse((await readResource(ctx, 'ConceptMap', id)).content) as Resource)
    : url
      ? await byUrl(ctx, 'ConceptMap', url)
      : undefined
  if ((url || id) && !stored) return refuse('missing', 'interop.no-such-concept-map', { details: { url } })
  if (stored) return translated(stored, { system, code })
  const matches =
    own === undefined ? [] : [{ system: system === sex ? GENDER : sex, code: own, equivalence: 'equivalent' }]
  return translated(undefined, { system, code }, matches)
}

type Answer = (ctx: Ctx, id: string | undefined, asked: Asked) => Promise<unknown>

const operations: readonly (readonly [type: string, name: string, ofOne: boolean, answer: Answer])[] = [
  ['ValueSet', '$expand', true, expand],
  [
    'ValueSet',
    '$validate-code',
    true,
    async (ctx, id, asked) => validated(await setOf(ctx, id, asked), asked),
  ],
  ['CodeSystem', '$lookup', false, (ctx, _id, asked) => lookUp(ctx, asked)],
  ['CodeSystem', '$validate-code', true, checkSystem],
  ['CodeSystem', '$subsumes', true, subsumes],
  ['ConceptMap', '$translate', true, translate],
]

/** The terminology operations, by GET and by POST, over the tables that come along and over stored resources. */
export function routeTerms(fhir: FastifyInstance, world: World): void {
  for (const [type, name, ofOne, work] of operations) {
    const answer = async (ctx: Ctx, request: Asking) => {
      requireUse(request, type, 'r')
      return JSON.stringify(await work(ctx, placeOf(request).id, askedOf(request)))
    }
    for (const path of [`/${type}/${name}`, ...(ofOne ? [`/${type}/:id/${name}`] : [])])
      ask(fhir, world, { methods: ['GET', 'POST'], path }, { answer })
  }
}
