import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** One element of an XML document, its name without prefix; text has the name `#text`. */
export interface Tag {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Tag[]
  readonly text: string
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
})
const DEEPEST = 80

type Raw = { readonly [name: string]: unknown }

function tagOf(raw: Raw, depth: number): Tag {
  const name = Object.keys(raw).find((key) => key !== ':@') ?? ''
  if (name === '#text') return { name, attributes: {}, children: [], text: String(raw[name]) }
  const inner = depth < DEEPEST && Array.isArray(raw[name]) ? (raw[name] as Raw[]) : []
  const attributes = (raw[':@'] ?? {}) as Record<string, string>
  return { name, attributes, children: inner.map((one) => tagOf(one, depth + 1)), text: '' }
}

/** The text of these bytes by the encoding that the document declares; UTF-8 where it declares none or one unknown. */
export function decoded(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const said = /^(?:\xEF\xBB\xBF)?\s*<\?xml[^>]*encoding=["']([\w.-]+)["']/.exec(start)?.[1] ?? 'utf-8'
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  try {
    return new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : said).decode(bytes)
  } catch {
    return new TextDecoder('utf-8').decode(bytes)
  }
}

/** The root of an XML document; undefined where it is none, or declares entities of its own. */
export function rootOf(xml: string): Tag | undefined {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml) || XMLValidator.validate(xml) !== true) return undefined
  try {
    const tags = (parser.parse(xml) as Raw[]).map((raw) => tagOf(raw, 0))
    return tags.find(({ name }) => name !== '#text')
  } catch {
    return undefined
  }
}

/** The children at a path of names, every one. */
export const all = (tag: Tag | undefined, path: string): readonly Tag[] =>
  path
    .split('/')
    .reduce<readonly Tag[]>(
      (from, name) => from.flatMap(({ children }) => children.filter((child) => child.name === name)),
      tag ? [tag] : [],
    )

export const first = (tag: Tag | undefined, path: string): Tag | undefined => all(tag, path)[0]

/** All text within, white space as one blank. */
export const wordsIn = (tag: Tag | undefined): string => plainText(tag).replace(/\s+/g, ' ').trim()

const plainText = (tag: Tag | undefined): string =>
  tag === undefined ? '' : tag.name === 'br' ? '\n' : tag.text + tag.children.map(plainText).join('')

export const attribute = (tag: Tag | undefined, name: string): string | undefined =>
  tag?.attributes[name] || undefined
