import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { byUrl } from '../../../kernel/resource/find/value-set.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { readResource } from '../../../kernel/resource/read.ts'
import type { World } from '../../../kernel/world.ts'
import { sexMap } from '../../record/index.ts'
import { translated } from '../translate.ts'
import { placeOf, requireUse } from './admit.ts'
import { expand, givenSet } from './expansion.ts'
import { lookUp } from './lookup.ts'
import { type Asking, ask } from './question.ts'
import { subsumption } from './subsumption.ts'
import { findSystem, findValueSet, type Part, partsOf } from './terms.ts'
import { askedOf, flagIn, setAsked, type TermsAsked, wanted } from './terms-asked.ts'

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

/** Which codes are meant: of the resource at this address, of the one that was sent, or of the url. */
async function setOf(ctx: Ctx, id: string | undefined, asked: TermsAsked): Promise<readonly Part[]> {
  const given = await givenSet(ctx, id, asked)
  return given ? partsOf(ctx, given) : findValueSet(ctx, setAsked(asked))
}

/** Of a concept with several codings it is enough that one is among these. */
function validated(parts: readonly Part[], asked: TermsAsked) {
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
  const version = said.get('version') ?? said.get('systemVersion')
  if (part?.version && version !== undefined && version !== part.version) {
    const message = `${part.system} is held in version ${part.version}, not in ${version}`
    return { isOne: false, answer: parameters({ result: false, message }) }
  }
  const display = part?.table.byCode.get(code)?.display
  if (display === undefined) {
    const message = `${system ?? ''}|${code} is not in it`
    return { isOne: false, answer: parameters({ result: false, message }) }
  }
  const differs = said.has('display') && said.get('display') !== display
  const message = differs ? `is called ${display}` : undefined
  return { isOne: !differs, answer: parameters({ result: !differs, message, display }) }
}

async function checkSystem(ctx: Ctx, id: string | undefined, asked: TermsAsked) {
  const here = id && (JSON.parse((await readResource(ctx, 'CodeSystem', id)).content) as Resource)
  const url = here ? String(here.url) : (asked.text.get('url') ?? wanted(asked, 'system'))
  const found =
    (await findSystem(ctx, url)) ??
    refuse('missing', 'interop.no-such-code-system', { details: { system: url } })
  return validated([found], { ...asked, text: new Map([...asked.text, ['system', found.system]]) })
}

async function subsumes(ctx: Ctx, id: string | undefined, asked: TermsAsked) {
  const here = id && (JSON.parse((await readResource(ctx, 'CodeSystem', id)).content) as Resource)
  const system = here ? String(here.url) : wanted(asked, 'system')
  const valueCode = await subsumption(ctx, system, [wanted(asked, 'codeA'), wanted(asked, 'codeB')])
  return { resourceType: 'Parameters', parameter: [{ name: 'outcome', valueCode }] }
}

/** The map at this address, of this url, or, where none is named, the one between China's and R4's sex. */
async function mapOf(ctx: Ctx, id: string | undefined, url: string | undefined): Promise<Resource> {
  if (id) return JSON.parse((await readResource(ctx, 'ConceptMap', id)).content) as Resource
  if (url === undefined) return sexMap()
  const found = await byUrl(ctx, 'ConceptMap', url)
  return found ?? refuse('missing', 'interop.no-such-concept-map', { details: { url } })
}

/** Without these the answer would not be what was asked. */
const notOffered = ['conceptMap', 'conceptMapVersion', 'dependency']

/** What a ConceptMap says of a code, as far as it lies in the code system or value set that is wanted. */
async function translate(ctx: Ctx, id: string | undefined, asked: TermsAsked) {
  const name = notOffered.find((one) => asked.names.has(one))
  if (name) refuse('unprocessable', 'interop.parameter-not-offered', { details: { name } })
  const [code, system] = [wanted(asked, 'code'), asked.text.get('system') ?? '']
  const map = await mapOf(ctx, id, asked.text.get('url'))
  const [target, targetSystem] = [asked.text.get('target'), asked.text.get('targetsystem')]
  const set = target === undefined ? undefined : await findValueSet(ctx, target)
  const isInSet = (one: { system: string; code: string }) =>
    set?.some((part) => part.system === one.system && part.table.byCode.has(one.code)) ?? true
  return translated(map, {
    ...{ code, system, reverse: flagIn(asked, 'reverse') },
    isWanted: (one) => (targetSystem ?? one.system) === one.system && isInSet(one),
  })
}

type Answer = (ctx: Ctx, id: string | undefined, asked: TermsAsked) => Promise<unknown>

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
