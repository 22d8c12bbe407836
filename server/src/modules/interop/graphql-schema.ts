import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  specifiedDirectives,
} from 'graphql'
import { refuse } from '../../kernel/refusal.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { primitives } from '../../kernel/resource/primitive.ts'
import { type Element, resourceTypes, shapeOf } from '../../kernel/resource/shape.ts'
import { filtered, filters, searchArguments, searchIn, sourcesOf } from './graphql-argument.ts'
import { flatteningDirectives } from './graphql-flatten.ts'
import type { FoundPage, GraphqlReader } from './graphql-reader.ts'
import { word } from './graphql-word.ts'

type Fields = GraphQLFieldConfigMap<unknown, GraphqlReader>
type Field = GraphQLFieldConfig<unknown, GraphqlReader>

/** A decimal as it was written. */
const decimal = new GraphQLScalarType({
  ...GraphQLFloat.toConfig(),
  coerceOutputValue: (value) => value as number,
})

const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  boolean: GraphQLBoolean,
  integer: GraphQLInt,
  unsignedInt: GraphQLInt,
  positiveInt: GraphQLInt,
  decimal,
}

const made = new Map<string, GraphQLObjectType>()

/** What every resource has; `... on Patient` says which is meant. */
const anyResource: GraphQLInterfaceType = new GraphQLInterfaceType({
  name: 'Resource',
  fields: () => ({ resourceType: { type: GraphQLString }, ...elementFields('Resource') }),
  resolveType: (value) => (value as Resource).resourceType,
})

const nameOf = (type: string): string =>
  type
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')

const isResource = new Set(resourceTypes)

function objectOf(type: string): GraphQLObjectType {
  const known = made.get(type)
  if (known) return known
  const isOne = isResource.has(type)
  const object = new GraphQLObjectType<unknown, GraphqlReader>({
    name: nameOf(type),
    interfaces: isOne ? [anyResource] : [],
    fields: () => ({
      ...(isOne ? { resourceType: { type: GraphQLString } } : {}),
      ...elementFields(type),
      ...(isOne ? pointingFields(type) : {}),
      ...(type === 'Reference' ? { resource: followed } : {}),
    }),
  })
  made.set(type, object)
  return object
}

function typeOf({ type }: Element): GraphQLOutputType {
  if (type === 'Resource') return anyResource
  return primitives[type] ? (scalars[type] ?? GraphQLString) : objectOf(type)
}

/** The elements of a FHIR type; a list takes filters, and what stands beside a primitive has `_` before its name. */
function elementFields(type: string): Fields {
  const fields: Fields = {}
  for (const element of shapeOf(type)?.elements.values() ?? []) {
    const { name, list } = element
    const inner = typeOf(element)
    fields[name] = { type: list ? new GraphQLList(inner) : inner }
    if (list)
      fields[name] = {
        type: new GraphQLList(inner),
        args: filters(element),
        resolve: (source, args, reader, info) => {
          const value = filtered((source as Record<string, Json>)[name], args)
          return reader.isWithin(value) ? reader.named(value, info) : null
        },
      }
    if (!primitives[element.type]) continue
    const beside = objectOf('Element')
    fields[`_${name}`] = { type: list ? new GraphQLList(beside) : beside }
  }
  return fields
}

/** `resource` of a Reference; what cannot be opened is an error, unless it is asked for as optional. */
const followed: Field = {
  type: anyResource,
  description: 'What the reference points at; with `type` only where it is of that type.',
  args: { optional: { type: GraphQLBoolean }, type: { type: word } },
  resolve: async (source, { optional, type }, reader) => {
    const { reference } = source as { reference?: unknown }
    if (type && typeof reference === 'string' && !reference.includes(`${type}/`)) return null
    const found = await reader.pointed(source as object)
    return found ?? (optional ? null : refuse('missing', 'record.no-such-resource'))
  },
}

const pageFields = (type: string, of?: string): Fields => ({
  [`${type}List`]: {
    type: new GraphQLList(objectOf(type)),
    args: searchArguments(type, of),
    resolve: async (source, args, reader, info) =>
      reader.named((await reader.page(type, searchIn(type, args, source as Resource))).resources, info),
  },
  [`${type}Connection`]: {
    type: connectionOf(type),
    args: searchArguments(type, of),
    resolve: async (source, args, reader) => {
      const params = searchIn(type, args, source as Resource)
      const page = await reader.page(type, params)
      return { page, params }
    },
  },
})

/** Searches for what points at a resource of the type: `ObservationList(_reference: patient)`. */
const pointingFields = (type: string): Fields =>
  Object.assign({}, ...sourcesOf(type).map((source) => pageFields(source, type)))

interface Connected {
  readonly page: FoundPage
  readonly params: URLSearchParams
}

/** A page with its number and the cursor of the next. */
function connectionOf(type: string): GraphQLObjectType {
  const name = `${type}Connection`
  const known = made.get(name)
  if (known) return known
  const edge = new GraphQLObjectType({
    name: `${type}Edge`,
    fields: () => ({
      mode: { type: GraphQLString },
      score: { type: decimal, description: 'Not told: a search finds or does not.' },
      resource: { type: objectOf(type) },
    }),
  })
  const connection = new GraphQLObjectType<Connected, GraphqlReader>({
    name,
    fields: () => ({
      count: {
        type: GraphQLInt,
        description: 'How many there are in all.',
        resolve: ({ params }, _args, reader) => reader.total(type, params),
      },
      offset: { type: GraphQLInt, description: 'Not told: pages go by cursors.' },
      first: { type: GraphQLID, description: 'Not told: the first page is the one without `_cursor`.' },
      previous: { type: GraphQLID, description: 'Not told.' },
      last: { type: GraphQLID, description: 'Not told.' },
      pagesize: { type: GraphQLInt, resolve: ({ page }) => page.resources.length },
      next: {
        type: GraphQLID,
        description: 'Where the next page begins: to be given as `_cursor`.',
        resolve: ({ page }) => page.next,
      },
      edges: {
        type: new GraphQLList(edge),
        resolve: ({ page }) => page.resources.map((resource) => ({ mode: 'match', resource })),
      },
    }),
  })
  made.set(name, connection)
  return connection
}

const rootFields = (type: string): Fields => ({
  [type]: {
    type: objectOf(type),
    args: { id: { type: new GraphQLNonNull(GraphQLID) } },
    resolve: (_source, { id }, reader) => reader.one(type, String(id)),
  },
  ...pageFields(type),
})

const schemas = new Map<string, GraphQLSchema>()

/**
 * The schema that R4's definitions give, made when it is first asked for: of the whole server, or with one resource of
 * a type as its root.
 */
export function schemaOf(type?: string): GraphQLSchema {
  const key = type ?? ''
  const known = schemas.get(key)
  if (known) return known
  const query = type
    ? objectOf(type)
    : new GraphQLObjectType<unknown, GraphqlReader>({
        name: 'Query',
        fields: () => Object.assign({}, ...resourceTypes.map(rootFields)),
      })
  const schema = new GraphQLSchema({
    query,
    types: resourceTypes.map(objectOf),
    directives: [...specifiedDirectives, ...flatteningDirectives],
    assumeValid: true,
  })
  schemas.set(key, schema)
  return schema
}
