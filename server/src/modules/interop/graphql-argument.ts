import { type GraphQLFieldConfigArgumentMap, GraphQLInt, GraphQLList, GraphQLNonNull } from 'graphql'
import { refuse } from '../../kernel/refusal.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { searchable } from '../../kernel/resource/parameter.ts'
import { primitives } from '../../kernel/resource/primitive.ts'
import { type Element, resourceTypes, shapeOf } from '../../kernel/resource/shape.ts'
import { word } from './graphql-word.ts'

type Arguments = Readonly<Record<string, unknown>>

/** GraphQL's names know no hyphen. */
const nameOf = (code: string): string => code.replaceAll('-', '_')

const always = ['_id', '_lastUpdated', '_text', '_content', '_filter', '_list', '_sort', '_cursor']

const codesOf = (type: string): readonly string[] => [
  ...new Set([...always, ...searchable(type).parameters.keys()]),
]

/** Of the parameters that may point anywhere, those worth following back from every type. */
const anywhere: ReadonlySet<string> = new Set(['Provenance:target', 'Task:focus'])

/** The types that have a parameter by which they may point at resources of a type. */
export const sourcesOf = (type: string): readonly string[] =>
  resourceTypes.filter((source) => pointersOf(source, type).length > 0)

const pointersOf = (source: string, type: string): string[] =>
  [...searchable(source).parameters.values()]
    .filter(({ kind }) => kind === 'reference')
    .filter(({ code, targets }) => targets.includes(type) || anywhere.has(`${source}:${code}`))
    .map(({ code }) => code)

/** What a search takes: every search parameter of the type; said twice, both must hold. */
export function searchArguments(type: string, of: string | undefined): GraphQLFieldConfigArgumentMap {
  const values = { type: new GraphQLList(word) }
  const args: GraphQLFieldConfigArgumentMap = { _count: { type: GraphQLInt } }
  for (const code of codesOf(type)) args[nameOf(code)] = values
  if (of !== undefined)
    args._reference = {
      type: new GraphQLNonNull(word),
      description: `By which parameter it points here: ${pointersOf(type, of).map(nameOf).join(', ')}.`,
    }
  return args
}

/** The arguments as an address would say them. */
export function searchIn(type: string, args: Arguments, source: Resource | undefined): URLSearchParams {
  const params = new URLSearchParams()
  const codes = new Map(codesOf(type).map((code) => [nameOf(code), code]))
  for (const [name, given] of Object.entries(args)) {
    if (name === '_reference') continue
    for (const one of [given].flat())
      if (one !== null && one !== undefined) params.append(codes.get(name) ?? name, String(one))
  }
  if (args._reference === undefined || !source) return params
  const { resourceType } = source
  const code = codes.get(String(args._reference)) ?? ''
  if (!pointersOf(type, resourceType).includes(code))
    refuse('invalid', 'record.bad-search', {
      fields: [{ path: '_reference', problem: `${code} points at no ${resourceType}` }],
    })
  params.append(code, `${resourceType}/${source.id}`)
  return params
}

const own = new Set(['_count', '_offset'])

/** What a list of elements is narrowed by: its own primitive elements, and a part of it. */
export function filters({ type }: Element): GraphQLFieldConfigArgumentMap {
  const args: GraphQLFieldConfigArgumentMap = { _count: { type: GraphQLInt }, _offset: { type: GraphQLInt } }
  for (const inner of shapeOf(type)?.elements.values() ?? [])
    if (primitives[inner.type] && inner.choice === undefined) args[inner.name] = { type: word }
  return args
}

/** The entries of a list that are as the filters say. */
export function filtered(list: Json | undefined, args: Arguments): readonly Json[] | undefined {
  if (!Array.isArray(list)) return undefined
  const wanted = Object.entries(args).filter(([name, value]) => !own.has(name) && value !== null)
  const kept = list.filter((one) =>
    wanted.every(([name, value]) => {
      const held = (one as Record<string, Json> | null)?.[name]
      return [held].flat().some((each) => each !== undefined && String(each) === value)
    }),
  )
  const from = Math.max(0, Number(args._offset ?? 0))
  return kept.slice(from, from + Math.max(0, Number(args._count ?? kept.length)))
}
