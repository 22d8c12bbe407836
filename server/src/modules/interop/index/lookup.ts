import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type Node, nodes } from '../../../kernel/resource/node.ts'
import type { Json } from '../../../kernel/resource/owner.ts'
import { type Concepts, chapterIn, isInactive } from '../concept.ts'
import { designationsOf, displayIn, speaks } from './designation.ts'
import { findConcepts, findSystem, type Part } from './terms.ts'
import { type TermsAsked, wanted } from './terms-asked.ts'

type Parameter = { readonly name: string; readonly [value: string]: Json }

const property = (
  code: string,
  value: { readonly [name: string]: Json },
  description?: string,
): Parameter => ({
  name: 'property',
  part: [
    { name: 'code', valueCode: code },
    { name: 'value', ...value },
    ...(description ? [{ name: 'description', valueString: description }] : []),
  ],
})

/** What is told where nothing is asked for by name: all but what lies below. */
const isUsual = (name: string): boolean => name !== 'child'

/** What is asked for: by name, everything (`*`), or what is usual. */
const asksFor = (names: readonly string[]) => (name: string) =>
  names.length === 0 ? isUsual(name) : names.includes('*') || names.includes(name)

/** `CodeSystem/$lookup`: what a code is called, what is said of it, and what lies above and below it. */
export async function lookUp(ctx: Ctx, asked: TermsAsked) {
  const [system, code] = [wanted(asked, 'system'), wanted(asked, 'code')]
  const found = await findSystem(ctx, system)
  const known = found?.table.byCode.get(code) ?? chapterIn(found?.system ?? '', code)
  if (!found || !known) return refuse('missing', 'interop.no-such-code', { details: { system, code } })
  requireVersion(asked, found)
  const concepts = await findConcepts(ctx, found.system)
  const node = concepts.nodeOf(code)
  const names = asked.all('property')
  const designations = designationsOf(found.system, node, known.display)
  const display = displayIn(asked.text.get('displayLanguage') ?? '', designations, {
    display: known.display,
    language: found.language,
  })
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'name', valueString: found.title },
      ...(found.version ? [{ name: 'version', valueString: found.version }] : []),
      { name: 'display', valueString: display },
      ...designations.filter(isAsked(names)).map(designation),
      ...propertiesOf({ part: found, concepts, code, node }, asksFor(names)),
    ],
  }
}

/** 404 for another version of the system than the one that is held. */
function requireVersion({ text }: TermsAsked, { system, version = '' }: Part): void {
  const asked = text.get('version') ?? text.get('system')?.split('|')[1]
  if (asked === undefined || asked === version) return
  refuse('missing', 'interop.no-such-version', { details: { system, version: asked, held: version } })
}

const isAsked =
  (names: readonly string[]) =>
  ({ language }: Node): boolean =>
    asksFor(names)('designation') ||
    names.some((name) => name.startsWith('lang.') && speaks(language, name.slice(5)))

const designation = ({ language, use, value }: Node): Parameter => ({
  name: 'designation',
  part: [
    ...(language ? [{ name: 'language', valueCode: language }] : []),
    ...(use ? [{ name: 'use', valueCoding: use }] : []),
    { name: 'value', valueString: value },
  ],
})

interface Looked {
  readonly part: Part
  readonly concepts: Concepts
  readonly code: string
  readonly node: Node | undefined
}

/** Definition, parents, children, whether it is still used, and whatever the code system says of it besides. */
function propertiesOf(
  { part, concepts, code, node }: Looked,
  isWanted: (name: string) => boolean,
): Parameter[] {
  const told: Parameter[] = []
  if (isWanted('definition') && typeof node?.definition === 'string')
    told.push(property('definition', { valueString: node.definition }))
  if (isWanted('inactive') && node)
    told.push(property('inactive', { valueBoolean: isInactive(concepts, code) }))
  const named = (one: string) => (part.table.byCode.get(one) ?? chapterIn(part.system, one))?.display
  for (const name of ['parent', 'child', ...(node ? [] : ['chapter'])].filter(isWanted))
    for (const one of concepts.valuesOf(name)?.(code) ?? [])
      told.push(property(name, { valueCode: one }, named(one)))
  const own = new Set(['inactive', 'parent', 'child'])
  for (const { code: name, ...value } of nodes(node?.property))
    if (typeof name === 'string' && !own.has(name) && isWanted(name)) told.push(property(name, value))
  return told
}
