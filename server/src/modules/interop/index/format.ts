import type { FastifyRequest, onRequestHookHandler, onSendHookHandler } from 'fastify'
import { refuse } from '../../../kernel/refusal.ts'
import { exactText, resourceIn } from '../../../kernel/resource/exact.ts'
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

/** `_format`, in the address or in the form of a search. */
function askedFormat({ url, body }: FastifyRequest): string | undefined {
  const form = typeof body === 'string' ? body : ''
  if (!url.includes('_format=') && !form.includes('_format=')) return undefined
  const inAddress = new URLSearchParams(url.split('?')[1]).get('_format')
  return inAddress ?? new URLSearchParams(form).get('_format') ?? undefined
}

/** Whether a media type names another version of FHIR than R4. */
const isOtherVersion = (media: string): boolean =>
  /;\s*fhirversion\s*=\s*"?(?!4\.0(?:\.1)?"?\s*(?:[;,]|$))/i.test(media)

/** The media ranges of `Accept`, the most wanted first; those of another version of FHIR are not taken. */
function rangesIn(header: string): string[] {
  const ranges = header.split(',').map((range, index) => {
    const [type = '', ...params] = range.split(';').map((part) => part.trim().toLowerCase())
    const q = Number(params.find((part) => part.startsWith('q='))?.slice(2) ?? 1)
    return { type, q: Number.isFinite(q) && !isOtherVersion(range) ? q : 0, index }
  })
  const wanted = ranges.filter(({ q }) => q > 0).toSorted((a, b) => b.q - a.q || a.index - b.index)
  return wanted.map(({ type }) => type)
}

/** What `Accept` prefers of what this server can write; undefined where it takes none of it. */
function accepted(header: string): Format | undefined {
  for (const type of rangesIn(header)) {
    const found = format(type)
    if (found) return found
    if (type === '*/*' || type === 'application/*' || type === '' || others.test(type)) return 'json'
  }
  return undefined
}

/** The format that `_format` names; an unescaped plus sign has become a blank on the way. */
const named = (asked: string): Format | undefined =>
  format(asked.split(';')[0]?.trim().replace(' ', '+').toLowerCase() ?? '')

/** How the caller wants to be answered: `_format` before `Accept`; undefined where this server cannot. */
function formatOf(request: FastifyRequest): Format | undefined {
  const asked = askedFormat(request)
  if (asked) return named(asked)
  const { accept } = request.headers
  return accept === undefined || accept === '*/*' ? 'json' : accepted(accept)
}

const binary = /^\/fhir\/R4\/Binary\/[^/?]+(?:\?|$)/

const isAny = (type: string): boolean => type === '' || type === '*/*' || type === 'application/*'

/** Whether the caller takes resources in FHIR's own form: by name, anything, or without saying. */
export function takesResources(request: FastifyRequest): boolean {
  const { accept } = request.headers
  if (accept === undefined || request.url.includes('_format=')) return formatOf(request) !== undefined
  return rangesIn(accept).some((type) => isAny(type) || format(type) !== undefined)
}

/**
 * Whether a Binary is wanted as the file it holds: its own media type, `image/*` or any bytes stand in Accept before
 * FHIR's. Whoever says nothing, or takes anything, is answered in FHIR's form.
 */
export function wantsBytes(request: FastifyRequest, contentType: string): boolean {
  if (request.url.includes('_format=')) return false
  const own = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  for (const type of rangesIn(request.headers.accept ?? '')) {
    if (isAny(type) || format(type)) return false
    if (type === own || type === 'application/octet-stream') return true
    if (type.endsWith('/*') && own.startsWith(type.slice(0, -1))) return true
  }
  return false
}

/** The same for whoever says in the form of a search what it takes. */
export function requireFormatIn(form: string): void {
  const asked = form.includes('_format=') && new URLSearchParams(form).get('_format')
  if (asked && !named(asked)) refuse('unsupported', 'record.not-acceptable')
}

/** Refuses 406 whoever takes neither JSON nor XML; a Binary can be taken as what it is. */
export const requireFormat: onRequestHookHandler = (request, _reply, done) => {
  if (isOtherVersion(request.headers['content-type'] ?? ''))
    refuse('unsupported', 'record.other-fhir-version')
  const isBinary = request.method === 'GET' && binary.test(request.url)
  if (!isBinary && !formatOf(request)) refuse('unsupported', 'record.not-acceptable')
  done()
}

/** Writes an answer as the caller wants it: JSON goes through as it is, XML and indented JSON are made of it. */
export const written: onSendHookHandler = (request, reply, payload, done) => {
  const isXml = formatOf(request) === 'xml'
  const isPretty = request.url.includes('_pretty=true')
  const isOurs = typeof payload === 'string' && payload !== '' && reply.getHeader('content-type') === media
  if ((!isXml && !isPretty) || !isOurs) return done(null, payload)
  const resource = resourceIn(payload)
  if (!isXml) return done(null, exactText(resource, 2))
  reply.removeHeader('content-length')
  reply.type(xmlMedia)
  done(null, toXml(resource))
}
