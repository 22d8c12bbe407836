import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '../../../kernel/refusal.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { toXml } from '../to-xml.ts'
import { media } from './answer.ts'

/** How an answer is written. */
type Format = 'json' | 'xml'

export const xmlMedia = 'application/fhir+xml; charset=utf-8'

const names: Readonly<Record<string, Format>> = {
  json: 'json',
  'application/json': 'json',
  'application/fhir+json': 'json',
  'text/json': 'json',
  xml: 'xml',
  'application/xml': 'xml',
  'application/fhir+xml': 'xml',
  'text/xml': 'xml',
}
const format = (name: string): Format | undefined => (Object.hasOwn(names, name) ? names[name] : undefined)

/** Media that single routes answer besides resources (files of an export, documents); they look after themselves. */
const others = /ndjson|graphql|octet-stream|text\/(plain|html)|application\/pdf|event-stream/

const parameter = (request: FastifyRequest, name: string): string | undefined => {
  const at = request.url.indexOf('?')
  const value = at < 0 ? null : new URLSearchParams(request.url.slice(at + 1)).get(name)
  return value ?? undefined
}

/** What `Accept` prefers of what this server can write; undefined where it takes none of it. */
function accepted(header: string): Format | undefined {
  const ranges = header.split(',').map((range, index) => {
    const [type = '', ...params] = range.split(';').map((part) => part.trim().toLowerCase())
    const q = Number(params.find((part) => part.startsWith('q='))?.slice(2) ?? 1)
    return { type, q: Number.isFinite(q) ? q : 0, index }
  })
  const wanted = ranges.filter(({ q }) => q > 0).toSorted((a, b) => b.q - a.q || a.index - b.index)
  for (const { type } of wanted) {
    const found = format(type)
    if (found) return found
    if (type === '*/*' || type === 'application/*' || type === '' || others.test(type)) return 'json'
  }
  return undefined
}

/** How the caller wants to be answered: `_format` before `Accept`; undefined where this server cannot. */
function formatOf(request: FastifyRequest): Format | undefined {
  const asked = request.url.includes('_format=') ? parameter(request, '_format') : undefined
  // An unescaped plus sign has become a blank on the way.
  if (asked) return format(asked.split(';')[0]?.trim().replace(' ', '+').toLowerCase() ?? '')
  const { accept } = request.headers
  return accept === undefined || accept === '*/*' ? 'json' : accepted(accept)
}

/** Refuses 406 whoever takes neither JSON nor XML. */
export async function requireFormat(request: FastifyRequest): Promise<void> {
  if (!formatOf(request)) refuse('unsupported', 'record.not-acceptable')
}

/** Writes an answer as the caller wants it: JSON goes through as it is, XML and indented JSON are made of it. */
export async function written(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const isXml = formatOf(request) === 'xml'
  const isPretty = request.url.includes('_pretty=true')
  if ((!isXml && !isPretty) || typeof payload !== 'string' || payload === '') return payload
  if (reply.getHeader('content-type') !== media) return payload
  const resource = JSON.parse(payload) as Resource
  if (!isXml) return JSON.stringify(resource, null, 2)
  reply.removeHeader('content-length')
  reply.type(xmlMedia)
  return toXml(resource)
}
