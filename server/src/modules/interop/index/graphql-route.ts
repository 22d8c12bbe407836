import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type DocumentNode,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  recommendedRules,
  specifiedRules,
  validate,
} from 'graphql'
import { tellError } from '../../../kernel/answer-error.ts'
import { bodyText } from '../../../kernel/body-text.ts'
import { rawOf } from '../../../kernel/resource/exact.ts'
import type { World } from '../../../kernel/world.ts'
import { flattened, wantsFlattening } from '../graphql-flatten.ts'
import { withinLimits } from '../graphql-limit.ts'
import { GraphqlReader } from '../graphql-reader.ts'
import { schemaOf } from '../graphql-schema.ts'
import { outcomeOf } from '../outcome.ts'
import { admit, placeOf } from './admit.ts'
import { paramsOf } from './asked-in.ts'
import { mayUse } from './may-use.ts'

const TOKENS_MAX = 4_000
const QUERY_BYTES_MAX = 262_144
const PROBLEMS_MAX = 20
const media = 'application/json; charset=utf-8'

const rules = [...new Set([...specifiedRules, ...recommendedRules]), withinLimits]

interface Wanted {
  readonly query: string
  readonly variables: Record<string, unknown>
  readonly operationName: string | undefined
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

const parsed = (text: unknown): Record<string, unknown> => {
  if (typeof text !== 'string' || text === '') return record(text)
  try {
    return record(JSON.parse(text))
  } catch {
    throw new GraphQLError('variables is no JSON object')
  }
}

/** The query: in the address, as the body itself, or in GraphQL's or FHIR's way in a JSON body. */
function wantedIn(request: FastifyRequest): Wanted {
  const { body } = request
  const inAddress = Object.fromEntries(paramsOf(request))
  const inBody = typeof body === 'string' ? { query: body } : record(body)
  const inParameters = (Array.isArray(inBody.parameter) ? inBody.parameter : []).flatMap((one) => {
    const { name, valueString } = record(one)
    return typeof name === 'string' ? [[name, valueString]] : []
  })
  const { query, variables, operationName } = {
    ...inAddress,
    ...Object.fromEntries(inParameters),
    ...inBody,
  } as Record<string, unknown>
  if (typeof query !== 'string' || query.trim() === '') throw new GraphQLError('There is no query.')
  return {
    query,
    variables: parsed(variables),
    operationName: typeof operationName === 'string' && operationName ? operationName : undefined,
  }
}

/** FHIR's GraphQL at the root and at one resource: queries only, answered in GraphQL's own way. */
export function routeGraphql(fhir: FastifyInstance, world: World): void {
  fhir.addContentTypeParser('application/graphql', { parseAs: 'buffer' }, (request, body: Buffer, done) =>
    done(null, bodyText(body, request.headers['content-type'])),
  )
  const options = { bodyLimit: QUERY_BYTES_MAX, onRequest: admit(world, undefined) }
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const { status, result } = await answered(world, request)
    return reply.code(status).type(media).send(JSON.stringify(result))
  }
  for (const path of ['/$graphql', '/:type/:id/$graphql']) {
    fhir.get(path, options, answer)
    fhir.post(path, options, answer)
  }
}

interface Answered {
  readonly status: number
  readonly result: FormattedExecutionResult
}

async function answered(world: World, request: FastifyRequest): Promise<Answered> {
  const refused = (errors: readonly GraphQLError[]): Answered => ({
    status: 400,
    result: { errors: errors.slice(0, PROBLEMS_MAX).map((error) => told(request, error)) },
  })
  const { type, id } = placeOf(request)
  const schema = schemaOf(type)
  try {
    const wanted = wantedIn(request)
    const document = parse(wanted.query, { maxTokens: TOKENS_MAX })
    const problems = validate(schema, document, rules, { maxErrors: PROBLEMS_MAX, hideSuggestions: true })
    if (problems.length > 0) return refused(problems)
    const result = await executed(world, request, { schema, document, wanted, root: { type, id } })
    // Without data nothing of it was begun: the variables or the operation are wrong.
    return { status: 'data' in result ? 200 : 400, result }
  } catch (error) {
    if (error instanceof GraphQLError) return refused([error])
    throw error
  }
}

interface Run {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly wanted: Wanted
  readonly root: { readonly type: string | undefined; readonly id: string | undefined }
}

function executed(
  world: World,
  request: FastifyRequest,
  { schema, document, wanted, root }: Run,
): Promise<FormattedExecutionResult> {
  const { actor } = request
  return world.read(
    actor,
    async (ctx) => {
      const { variables } = wanted
      const reader = new GraphqlReader(ctx, (type, verb) => mayUse(actor, type, verb), variables)
      const rootValue = root.type && root.id ? await reader.one(root.type, root.id) : undefined
      const { data, errors } = await execute({
        ...{ schema, document, rootValue, contextValue: reader },
        ...{ variableValues: wanted.variables, operationName: wanted.operationName ?? null },
        fieldResolver: (source, _args, inside: GraphqlReader, { fieldName }) => {
          const value = Object.hasOwn(source, fieldName) ? rawOf(source, fieldName) : undefined
          return inside.isWithin(value) ? value : null
        },
      })
      return {
        ...(errors ? { errors: errors.slice(0, PROBLEMS_MAX).map((error) => told(request, error)) } : {}),
        ...(data === undefined ? {} : { data: laidOut(data, reader, { document, wanted }) }),
      }
    },
    { requestId: request.id },
  )
}

type Data = NonNullable<FormattedExecutionResult['data']> | null

/** The answer as the query wants it laid out. */
function laidOut(
  data: Data,
  { slices }: GraphqlReader,
  { document, wanted }: Pick<Run, 'document' | 'wanted'>,
): Data {
  const operation = getOperationAST(document, wanted.operationName)
  if (!data || !operation || !wantsFlattening(wanted.query)) return data
  return flattened(data, { document, operation, slices })
}

/** An error in GraphQL's words, with FHIR's beside it. */
function told(request: FastifyRequest, error: GraphQLError): ReturnType<GraphQLError['toJSON']> {
  const { originalError } = error
  if (!originalError || originalError instanceof GraphQLError) {
    const issue = [{ severity: 'error', code: 'invalid', diagnostics: error.message }]
    return { ...error.toJSON(), extensions: { resource: { resourceType: 'OperationOutcome', issue } } }
  }
  const why = tellError(originalError)
  if (why.status >= 500)
    request.log.error({ requestId: request.id, err: originalError, code: why.code }, 'query failed')
  const outcome = outcomeOf(why, request.id) as { issue: [{ details: { text: string } }] }
  const message = outcome.issue[0].details.text
  return { ...error.toJSON(), message, extensions: { code: why.code, resource: outcome } }
}
