import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { nodes } from '../../../kernel/resource/node.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { readResource } from '../../../kernel/resource/read.ts'
import { type Concepts, isAbstract, isInactive } from '../concept.ts'
import { designationsOf, displayIn, speaks } from './designation.ts'
import { choosable, findConcepts, findSystem, heldSet, type Part, pageOfParts, partsOf } from './terms.ts'
import { flagIn, numberIn, setAsked, type TermsAsked } from './terms-asked.ts'

const COUNT_MAX = 1000
const COUNT = 100

/** R5's element for a property of a code, as R4 can carry it. */
const PROPERTY = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.contains.property'

/** Without these the answer would not be what was asked. */
const notOffered = ['context', 'contextDirection', 'date', 'exclude-system']
const pins = ['system-version', 'check-system-version', 'force-system-version']

/** The value set at this address, or the one that was sent. */
export const givenSet = async (
  ctx: Ctx,
  id: string | undefined,
  { resource }: TermsAsked,
): Promise<Resource | undefined> =>
  id ? (JSON.parse((await readResource(ctx, 'ValueSet', id)).content) as Resource) : resource

/** What is wanted of an expansion. */
interface Wish {
  readonly filter: string
  readonly offset: number
  readonly count: number
  readonly activeOnly: boolean
  readonly selectableOnly: boolean
  readonly languages: string
  readonly properties: readonly string[]
  /** Undefined where none are; else their languages or uses, all where none is named. */
  readonly designations: readonly string[] | undefined
}

function wishOf(asked: TermsAsked): Wish {
  const name = notOffered.find((one) => asked.text.has(one))
  if (name) refuse('unprocessable', 'interop.parameter-not-offered', { details: { name } })
  const named = asked.all('designation')
  const isTold = flagIn(asked, 'includeDesignations') || named.length > 0
  return {
    filter: asked.text.get('filter') ?? '',
    offset: numberIn(asked, 'offset', 0, 1_000_000),
    count: numberIn(asked, 'count', COUNT, COUNT_MAX),
    activeOnly: flagIn(asked, 'activeOnly'),
    selectableOnly: flagIn(asked, 'excludeNotForUI'),
    languages: asked.text.get('displayLanguage') ?? '',
    properties: asked.all('property'),
    designations: isTold ? named : undefined,
  }
}

/** `ValueSet/$expand`: one page of the codes of a value set, flat. */
export async function expand(ctx: Ctx, id: string | undefined, asked: TermsAsked) {
  const wish = wishOf(asked)
  const given = await givenSet(ctx, id, asked)
  const held = given ? undefined : await heldSet(ctx, setAsked(asked))
  const all = given ? await partsOf(ctx, given) : (held?.parts ?? [])
  for (const pin of pins) for (const url of asked.all(pin)) requirePinned(all, url, pin)
  const compose = nodes([given?.compose])[0]
  const activeOnly = wish.activeOnly || compose?.inactive === false
  const parts = await choosable(ctx, all, { ...wish, activeOnly })
  const { contains, total } = pageOfParts(parts, wish.filter, wish)
  const shown = await described(ctx, contains, wish)
  const { url, version, name, title } = given ?? ({ ...held } as Partial<Resource>)
  const head = Object.entries({ url, version, name, title }).filter(([, value]) => typeof value === 'string')
  return {
    ...{ resourceType: 'ValueSet', ...Object.fromEntries(head), status: 'active' },
    ...(compose && flagIn(asked, 'includeDefinition') ? { compose } : {}),
    expansion: {
      ...{ identifier: `urn:uuid:${ctx.id()}`, timestamp: ctx.now.toISOString(), total, offset: wish.offset },
      parameter: parametersOf({ ...wish, activeOnly }, parts),
      ...(shown.length > 0 ? { contains: shown } : {}),
    },
  }
}

/** 422 where a system is pinned to another version than the one that is held. */
function requirePinned(parts: readonly Part[], url: string, name: string): void {
  const [system, version] = url.split('|')
  const part = parts.find((one) => one.system === system)
  if (!part || version === undefined || part.version === version) return
  refuse('unprocessable', 'interop.no-such-version', {
    details: { name, system: part.system, version, held: part.version ?? '' },
  })
}

/** What the expansion rests on, as it was taken. */
function parametersOf(wish: Wish, parts: readonly Part[]) {
  const versions = parts.flatMap(({ system, version }) => (version ? [`${system}|${version}`] : []))
  return [
    { name: 'count', valueInteger: wish.count },
    ...(wish.filter ? [{ name: 'filter', valueString: wish.filter }] : []),
    ...(wish.activeOnly ? [{ name: 'activeOnly', valueBoolean: true }] : []),
    ...(wish.selectableOnly ? [{ name: 'excludeNotForUI', valueBoolean: true }] : []),
    ...(wish.languages ? [{ name: 'displayLanguage', valueCode: wish.languages }] : []),
    ...(wish.designations ? [{ name: 'includeDesignations', valueBoolean: true }] : []),
    ...wish.properties.map((valueString) => ({ name: 'property', valueString })),
    ...[...new Set(versions)].map((valueUri) => ({ name: 'version', valueUri })),
  ]
}

interface Coded {
  readonly system: string
  readonly code: string
  readonly display: string
}

/** Each code with what is wanted of it besides its name; what is no longer used, or no choice, says so. */
async function described(ctx: Ctx, contains: readonly Coded[], wish: Wish): Promise<Json[]> {
  const held = new Map<string, Held>()
  for (const { system } of contains)
    if (!held.has(system)) {
      const concepts = await findConcepts(ctx, system)
      const language = wish.languages ? (await findSystem(ctx, system))?.language : undefined
      held.set(system, { concepts, language })
    }
  return contains.map((one) => describe(one, held.get(one.system) as Held, wish))
}

interface Held {
  readonly concepts: Concepts
  readonly language: string | undefined
}

function describe(one: Coded, { concepts, language }: Held, wish: Wish): Json {
  const { system, code } = one
  const node = concepts.nodeOf(code)
  const isTelling = wish.languages !== '' || wish.designations !== undefined
  const designations = isTelling ? designationsOf(system, node, one.display) : []
  const told = wish.designations ? designations.filter(fits(wish.designations)) : []
  const extension = wish.properties.flatMap((name) => propertyOf(concepts, code, name))
  return {
    ...(extension.length > 0 ? { extension } : {}),
    system,
    ...(isAbstract(concepts, code) ? { abstract: true } : {}),
    ...(isInactive(concepts, code) ? { inactive: true } : {}),
    ...{ code, display: displayIn(wish.languages, designations, { ...one, language }) },
    ...(told.length > 0 ? { designation: told } : {}),
  }
}

/** `urn:ietf:bcp:47|zh` names a language, any other `system|code` a use; none names all. */
const fits =
  (named: readonly string[]) =>
  ({ language, use }: { readonly [name: string]: Json }): boolean =>
    named.length === 0 ||
    named.some((one) => {
      const [system, code = ''] = one.split('|')
      if (system === 'urn:ietf:bcp:47') return speaks(language, code)
      const coding = nodes([use])[0]
      return coding?.system === system && coding?.code === code
    })

/** The values of a property, each as R5's element; of what a CodeSystem says by itself, in its own type. */
function propertyOf(concepts: Concepts, code: string, name: string): Json[] {
  const node = concepts.nodeOf(code)
  const own = nodes(node?.property).filter((one) => one.code === name)
  const values =
    own.length > 0
      ? own.map(({ code: _, ...value }) => value)
      : (concepts.valuesOf(name)?.(code) ?? []).map((value) =>
          name === 'definition' ? { valueString: value } : { valueCode: value },
        )
  return values.map((value) => ({
    url: PROPERTY,
    extension: [
      { url: 'code', valueCode: name },
      { url: 'value', ...value },
    ],
  }))
}
