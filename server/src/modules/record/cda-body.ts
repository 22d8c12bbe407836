import type { Block, Section } from '@tongmai/api/record/document'
import { all, attribute, first, type Tag, wordsIn } from './cda-tree.ts'

const SECTIONS_MAX = 300
const ROWS_MAX = 2_000

const paragraph = (text: string): Block[] =>
  text ? [{ kind: 'paragraph', items: [text], head: [], rows: [] }] : []
const listed = (items: readonly string[]): Block[] =>
  items.length > 0 ? [{ kind: 'list', items: [...items], head: [], rows: [] }] : []

const cellsOf = (row: Tag): string[] =>
  row.children.filter(({ name }) => name === 'th' || name === 'td').map(wordsIn)

function tableOf(table: Tag): Block[] {
  const rows = [...all(table, 'tbody/tr'), ...all(table, 'tr'), ...all(table, 'tfoot/tr')].map(cellsOf)
  const head = all(table, 'thead/tr').map(cellsOf).at(-1) ?? []
  const caption = wordsIn(first(table, 'caption'))
  return [...paragraph(caption), { kind: 'table', items: [], head, rows: rows.slice(0, ROWS_MAX) }]
}

const inline = new Set(['content', 'br', 'sub', 'sup', 'linkHtml', 'footnote', 'footnoteRef', '#text'])

/** What the narrative of a section means: paragraphs, lists, tables. Pictures and links are left out, their words are not. */
function blocksOf(text: Tag): Block[] {
  const blocks: Block[] = []
  let loose = ''
  const flush = () => {
    blocks.push(...paragraph(loose.replace(/\s+/g, ' ').trim()))
    loose = ''
  }
  for (const child of text.children) {
    if (inline.has(child.name)) {
      loose += child.name === '#text' ? child.text : ` ${wordsIn(child)} `
      continue
    }
    flush()
    if (child.name === 'table') blocks.push(...tableOf(child))
    else if (child.name === 'list') blocks.push(...listed(all(child, 'item').map(wordsIn)))
    else if (child.name === 'paragraph') blocks.push(...paragraph(wordsIn(child)))
    else if (child.name !== 'renderMultiMedia') blocks.push(...blocksOf(child))
  }
  flush()
  return blocks
}

const nested = new Set(['entry', 'entryRelationship', 'component', 'organizer', 'reference'])
const acts = new Set([
  'observation',
  'act',
  'procedure',
  'substanceAdministration',
  'encounter',
  'supply',
  'organizer',
])

function valueIn(tag: Tag): string {
  const value = first(tag, 'value')
  const amount = [attribute(value, 'value'), attribute(value, 'unit')].filter(Boolean).join(' ')
  return attribute(value, 'displayName') ?? (amount || wordsIn(value))
}

/** Where a section says nothing in words (as WS/T 500 allows), what its entries say: name and value, one a line. */
function linesOf(tag: Tag): string[] {
  const own = acts.has(tag.name) ? entryLine(tag) : []
  return [...own, ...tag.children.filter(({ name }) => nested.has(name) || acts.has(name)).flatMap(linesOf)]
}

function entryLine(act: Tag): string[] {
  const code = first(act, 'code')
  const name = attribute(code, 'displayName') ?? wordsIn(first(code, 'originalText'))
  const drug = first(act, 'consumable/manufacturedProduct/manufacturedLabeledDrug/name')
  const words = [valueIn(act), wordsIn(drug), wordsIn(first(act, 'text'))].filter(Boolean).join('，')
  if (!name && !words) return []
  return [name && words ? `${name}：${words}` : name || words]
}

function sectionsIn(section: Tag, depth: number): Section[] {
  const code = first(section, 'code')
  const title = wordsIn(first(section, 'title')) || attribute(code, 'displayName') || ''
  const text = first(section, 'text')
  const told = text ? blocksOf(text) : []
  const blocks = told.length > 0 ? told : listed(all(section, 'entry').flatMap(linesOf))
  const inner = all(section, 'component/section').flatMap((one) => sectionsIn(one, depth + 1))
  return title || blocks.length > 0 ? [{ title, depth, blocks }, ...inner] : inner
}

/** The body of a CDA document as sections to be read, in its order; none where the body is a file of another kind. */
export const sectionsOf = (root: Tag): readonly Section[] =>
  all(root, 'component/structuredBody/component/section')
    .flatMap((section) => sectionsIn(section, 0))
    .slice(0, SECTIONS_MAX)
