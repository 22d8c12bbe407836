import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { refuse } from '../../kernel/refusal.ts'
import { keepDigits, markExact } from '../../kernel/resource/exact.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { primitives } from '../../kernel/resource/primitive.ts'
import { type Element, isResourceType, type Shape, shapeOf } from '../../kernel/resource/shape.ts'

/** What the parser gives: one tag with its children, its attributes under `:@`. */
type Tag = { readonly [name: string]: unknown }

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  stopNodes: ['*.div'],
  captureMetaData: true,
})
const place = XMLParser.getMetaDataSymbol() as unknown as string
const DEEPEST = 60

const bad = (problem: string): never =>
  refuse('invalid', 'record.malformed-xml', { fields: [{ path: 'xml', problem }] })

const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decoded(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w+);/g, (_whole, name: string) => {
    if (!name.startsWith('#')) return characters[name] ?? bad(`unknown entity ${name}`)
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : bad('no such character')
  })
}

const nameOf = (tag: Tag): string => Object.keys(tag).find((key) => key !== ':@') ?? ''
/** Elements may carry a prefix for FHIR's namespace; it says nothing more. */
const bare = (name: string): string => name.replace(/^[^:]*:/, '')
const childrenOf = (tag: Tag): readonly Tag[] => (tag[nameOf(tag)] as Tag[] | undefined) ?? []
const attributesOf = (tag: Tag): Record<string, string> => (tag[':@'] ?? {}) as Record<string, string>

function attribute(tag: Tag, name: string): string | undefined {
  const value = attributesOf(tag)[name]
  return value === undefined ? undefined : decoded(value)
}

/** The resource an XML document holds, as JSON writes it; 400 where it is no document of a resource. Its shape is checked later. */
export function fromXml(xml: string): Resource {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) bad('a document type is not taken')
  const valid = XMLValidator.validate(xml)
  if (valid !== true) bad(`${valid.err.msg} (line ${valid.err.line})`)
  const [root, ...others] = parsed(xml).filter((tag) => nameOf(tag) !== '#text')
  if (!root || others.length > 0) return bad('must have one root')
  requireFhir(root)
  return new Reader(xml).resource(root, 0) as unknown as Resource
}

/** Refuses another namespace than FHIR's, where one is declared for the root. */
function requireFhir(root: Tag): void {
  const [prefix] = nameOf(root).split(':').slice(0, -1)
  const namespace = attributesOf(root)[['xmlns', prefix].filter(Boolean).join(':')]
  if (namespace !== undefined && namespace !== 'http://hl7.org/fhir') bad(`${namespace} is not FHIR`)
}

/** Refuses what JSON could not say: no attribute is left out in silence. */
function requireAttributes(tag: Tag, ...allowed: readonly string[]): void {
  const other = Object.keys(attributesOf(tag)).find(
    (name) => !allowed.includes(name) && !/^(xmlns$|xmlns:|xsi:|xml:)/.test(name),
  )
  if (other) bad(`${other} is no attribute of ${bare(nameOf(tag))}`)
}

function parsed(xml: string): readonly Tag[] {
  try {
    return parser.parse(xml) as Tag[]
  } catch {
    return bad('cannot be read')
  }
}

class Reader {
  readonly #xml: string
  #exact = 0

  constructor(xml: string) {
    this.#xml = xml
  }

  resource(tag: Tag, depth: number): { [name: string]: Json } {
    const type = bare(nameOf(tag))
    const shape = isResourceType(type) ? shapeOf(type) : undefined
    if (!shape) return bad(`${type} is no resource type`)
    requireAttributes(tag)
    const before = this.#exact
    const resource = { resourceType: type, ...this.#elements(tag, shape, depth) }
    return this.#exact > before ? markExact(resource) : resource
  }

  #elements(tag: Tag, shape: Shape, depth: number): Record<string, Json> {
    if (depth > DEEPEST) bad('is nested too deeply')
    const object: Record<string, Json> = {}
    for (const child of childrenOf(tag)) {
      const name = bare(nameOf(child))
      if (name === '#text') {
        if (String(child[name]).trim() !== '') bad('text outside a value')
        continue
      }
      const element = shape.elements.get(name) ?? bad(`${name} is no element of ${bare(nameOf(tag))}`)
      if (primitives[element.type] && element.type !== 'xhtml') this.#primitive(object, element, child, depth)
      else put(object, element, this.#value(child, element, depth))
    }
    return object
  }

  #value(tag: Tag, { type }: Element, depth: number): Json {
    if (type === 'xhtml') return this.#narrative(tag)
    if (type === 'Resource' || isResourceType(type)) {
      const inner = childrenOf(tag).filter((one) => nameOf(one) !== '#text')
      return inner.length === 1 ? this.resource(inner[0] as Tag, depth + 1) : bad('must hold one resource')
    }
    const shape = shapeOf(type)
    if (!shape) return null
    requireAttributes(tag, 'id', ...(type === 'Extension' ? ['url'] : []))
    const id = attribute(tag, 'id')
    const url = type === 'Extension' ? attribute(tag, 'url') : undefined
    const elements = this.#elements(tag, shape, depth + 1)
    return { ...(id === undefined ? {} : { id }), ...(url === undefined ? {} : { url }), ...elements }
  }

  /** A primitive: its value under its name, its id and extensions under the name with an underscore. */
  #primitive(object: Record<string, Json>, element: Element, tag: Tag, depth: number): void {
    requireAttributes(tag, 'value', 'id')
    const text = attribute(tag, 'value')
    const value = text === undefined ? undefined : typed(element.type, text)
    const id = attribute(tag, 'id')
    const carrier = shapeOf('Element')
    const inner = carrier ? this.#elements(tag, carrier, depth + 1) : {}
    const beside = { ...(id === undefined ? {} : { id }), ...inner }
    const extra = Object.keys(beside).length > 0 ? beside : undefined
    if (element.list) putInLists(object, element.name, value, extra)
    else {
      if (Object.hasOwn(object, element.name)) bad(`${element.name} stands twice`)
      this.#keep(object, element.name, { value, text })
      if (value !== undefined || !extra) object[element.name] = value ?? ''
      if (extra) object[`_${element.name}`] = extra
    }
  }

  /** A number is written as it came. */
  #keep(object: object, name: string, { value, text }: { value: Json; text: string | undefined }): void {
    if (typeof value !== 'number' || String(value) === text) return
    keepDigits(object, name, text)
    this.#exact += 1
  }

  /** The narrative as it stands in the document, letter by letter. */
  #narrative(tag: Tag): string {
    const start = (tag[place] as { startIndex?: number } | undefined)?.startIndex
    const inner = childrenOf(tag)
      .map((one) => String(one['#text'] ?? ''))
      .join('')
    const opening =
      start === undefined ? undefined : /^<(?:"[^"]*"|'[^']*'|[^"'>])*>/.exec(this.#xml.slice(start))?.[0]
    if (!opening) return `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`
    const whole = opening.endsWith('/>') ? opening : `${opening}${inner}</div>`
    // A carriage return survives XML only as a reference.
    return whole.replaceAll('&#13;', '\r')
  }
}

function put(object: Record<string, Json>, { name, list }: Element, value: Json): void {
  if (list) listIn(object, name).push(value)
  else if (object[name] === undefined) object[name] = value
  else bad(`${name} stands twice`)
}

/** The list under a name, which grows in place: a document of thousands of entries is no reason to copy them. */
function listIn(object: Record<string, Json>, name: string): Json[] {
  const before = object[name]
  if (Array.isArray(before)) return before
  const list: Json[] = []
  object[name] = list
  return list
}

/** JSON keeps a list's values and their extensions in two lists of the same length, with null where one has none. */
function putInLists(object: Record<string, Json>, name: string, value: Json, extra: Json): void {
  const values = (object[name] as Json[] | undefined)?.length ?? 0
  const extras = (object[`_${name}`] as Json[] | undefined)?.length ?? 0
  const count = Math.max(values, extras)
  if (value !== undefined || values > 0) padded(listIn(object, name), count).push(value ?? null)
  if (extra !== undefined || extras > 0) padded(listIn(object, `_${name}`), count).push(extra ?? null)
}

function padded(list: Json[], count: number): Json[] {
  while (list.length < count) list.push(null)
  return list
}

const numeric = new Set(['decimal', 'integer', 'unsignedInt', 'positiveInt'])

function typed(type: string, text: string): Json {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if (numeric.has(type) && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return Number(text)
  return text
}
