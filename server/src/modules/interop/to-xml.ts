import { digitsOf } from '../../kernel/resource/exact.ts'
import { isWellFormed } from '../../kernel/resource/narrative.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { primitives } from '../../kernel/resource/primitive.ts'
import { type Element, isResourceType, type Shape, shapeOf } from '../../kernel/resource/shape.ts'

type Node = { readonly [name: string]: Json }

const isNode = (value: Json): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}
const escaped = (text: string): string => text.replace(/[&<>"\t\n\r]/g, (char) => escapes[char] ?? char)
const attribute = (name: string, value: Json): string =>
  value === undefined || value === null ? '' : ` ${name}="${escaped(String(value))}"`

/** HTML's names for characters, which XML does not know; the commonest in narratives. */
const named: Readonly<Record<string, string>> = { nbsp: '#160', copy: '#169', reg: '#174', mdash: '#8212' }
const ofXml = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])
const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'

/** Whatever lies in the store, the document stays one that can be read. */
function narrative(div: string): string {
  if (!isWellFormed(div)) return `<div ${XHTML}>${escaped(div)}</div>`
  return div
    .replace(/&([A-Za-z]\w*);/g, (whole, name: string) =>
      named[name] ? `&${named[name]};` : ofXml.has(name) ? whole : `&amp;${name};`,
    )
    .replace(/^\s*<div(?![^>]*\sxmlns\s*=)/, `<div ${XHTML}`)
    .replaceAll('\r', '&#13;')
}

/** A resource as FHIR R4 writes it in XML (R4, xml.html): elements in the order of their definition, nothing lost. */
export const toXml = (resource: Resource): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${resourceXml(resource as Node, ' xmlns="http://hl7.org/fhir"')}`

function resourceXml(resource: Node, namespace = ''): string {
  const type = String(resource.resourceType)
  const shape = shapeOf(type)
  return shape ? `<${type}${namespace}>${elementsXml(resource, shape)}</${type}>` : ''
}

function elementsXml(object: Node, shape: Shape): string {
  let text = ''
  for (const element of shape.elements.values()) {
    const value = object[element.name]
    const beside = object[`_${element.name}`]
    if (value === undefined && beside === undefined) continue
    const values = Array.isArray(value) ? value : [digitsOf(object, element.name) ?? value]
    const others = Array.isArray(beside) ? beside : [beside]
    for (let index = 0; index < Math.max(values.length, others.length); index++)
      text += elementXml(element, values[index], others[index])
  }
  return text
}

function elementXml({ name, type }: Element, value: Json, beside: Json): string {
  if (type === 'xhtml') return narrative(String(value))
  if (primitives[type]) return primitiveXml(name, value, beside)
  if (!isNode(value)) return ''
  if (type === 'Resource' || isResourceType(type)) return `<${name}>${resourceXml(value)}</${name}>`
  return objectXml({ name, type }, value)
}

/** The elements that XML writes as attributes: every element's id, and the url of an extension. */
function objectXml({ name, type }: { name: string; type: string }, value: Node): string {
  const shape = shapeOf(type)
  if (!shape) return ''
  const { id, ...rest } = value
  const { url, ...elements } = rest
  const isExtension = type === 'Extension'
  const attributes = attribute('id', id) + (isExtension ? attribute('url', url) : '')
  const inner = elementsXml(isExtension ? elements : rest, shape)
  return inner ? `<${name}${attributes}>${inner}</${name}>` : `<${name}${attributes}/>`
}

function primitiveXml(name: string, value: Json, beside: Json): string {
  const extra = isNode(beside) ? beside : {}
  const attributes = attribute('id', extra.id) + attribute('value', value)
  const extensions = (Array.isArray(extra.extension) ? extra.extension : [])
    .filter(isNode)
    .map((one) => objectXml({ name: 'extension', type: 'Extension' }, one))
    .join('')
  return extensions ? `<${name}${attributes}>${extensions}</${name}>` : `<${name}${attributes}/>`
}
