import type { Api, Endpoint } from '@tongmai/api/kernel'
import { refusalBody } from '@tongmai/api/kernel'
import * as z from 'zod/mini'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodMiniType): Json =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' }) as Json

/** The query or path parameters of an endpoint, one by one, as OpenAPI wants them. */
function parameters(endpoint: Endpoint): Json[] {
  return (['params', 'query'] as const).flatMap((part) => {
    const schema = endpoint[part]
    if (!schema) return []
    const { properties = {}, required = [] } = schemaOf(schema) as {
      properties?: Record<string, Json>
      required?: string[]
    }
    return Object.entries(properties).map(([name, shape]) => ({
      name,
      in: part === 'params' ? 'path' : 'query',
      required: part === 'params' || required.includes(name),
      schema: shape,
    }))
  })
}

function operation(module: string, name: string, endpoint: Endpoint): Json {
  const { returns } = endpoint
  const content =
    'media' in returns && !('safeParse' in returns)
      ? { [returns.media]: { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: schemaOf(returns as z.ZodMiniType) } }
  const idempotency = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', minLength: 8, maxLength: 200 },
  }
  return {
    operationId: `${module}.${name}`,
    tags: [module],
    summary: endpoint.summary,
    description: `For ${(endpoint.for ?? ['staff', 'client']).join(', ')}; needs ${endpoint.may}.`,
    security: endpoint.may === 'anyone' ? [] : [{ bearer: [] }, { session: [] }],
    parameters: [...parameters(endpoint), ...(endpoint.method === 'GET' ? [] : [idempotency])],
    ...(endpoint.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(endpoint.body) } },
          },
        }
      : {}),
    responses: {
      200: { description: 'Done.', content },
      default: {
        description: 'Refused.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
      },
    },
  }
}

/** The OpenAPI 3.1 document of every mounted contract. */
export function openApi(apis: readonly { name: string; api?: Api }[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const { name: module, api = {} } of apis) {
    for (const [name, endpoint] of Object.entries(api)) {
      const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(module, name, endpoint) }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tongmai 同脉',
      version,
      description: 'The information platform of a medical alliance. FHIR R4 is at /fhir/R4.',
    },
    paths,
    components: {
      schemas: { Refusal: schemaOf(refusalBody) },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'tongmai_session' },
      },
    },
  }
}
