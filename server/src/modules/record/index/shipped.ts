import { pinyin } from 'pinyin-pro'
import { divisions, type Listed, largeLists, shortLists } from '../code-list.ts'
import { type CodeTable, codeTable } from '../code-table.ts'
import { readDivisions, readMaterial } from '../gateway.ts'

type Line = readonly [code: string, display: string, syllables: string]

const syllables = (text: string): string =>
  pinyin(text, { toneType: 'none', type: 'array', v: true }).join(' ')

/** A Chinese text in pinyin with its tones. */
export const pinyinOf = (text: string): string => pinyin(text, { type: 'array' }).join(' ')

const fromFile = (file: string): CodeTable =>
  codeTable(readMaterial(file).map((line) => line.split('\t') as unknown as Line))

const named = (codes: readonly (readonly [string, string])[]): CodeTable =>
  codeTable(codes.map(([code, display]) => [code, display, syllables(display)] as const))

/** Provinces, cities and counties. */
const fromDivisions = (): CodeTable =>
  named(
    readDivisions()
      .filter(({ town }) => !Number(town))
      .map(({ code, name }) => [code, name] as const),
  )

const tables = new Map<string, CodeTable>()

/** The table of a code system, read when it is first asked for and kept. */
export function tableOf(listed: Listed): CodeTable {
  const known = tables.get(listed.url)
  if (known) return known
  const file = largeLists.find(({ url }) => url === listed.url)?.file
  const made = file ? fromFile(file) : listed === divisions ? fromDivisions() : named(listed.codes)
  tables.set(listed.url, made)
  return made
}

/** Everything that comes along. */
export const allListed: readonly Listed[] = [...largeLists, divisions, ...shortLists]

/** The code system of this name or url; that of a value set is the system's own with `/vs`. */
export const findListed = (name: string): Listed | undefined =>
  allListed.find((one) => one.name === name || one.url === name || `${one.url}/vs` === name)

/** A table of codes that came from elsewhere, searched as the shipped ones are. */
export const tableFrom = named

const sets = new Map<string, ReadonlySet<string>>()

/** A code and the classes above it: `I10.x00x002`, `I10.x00`, `I10`. */
const withClasses = (code: string): string[] =>
  Array.from({ length: Math.max(code.length - 2, 1) }, (_, n) => code.slice(0, code.length - n))

/** Every code that may be used of a shipped table; of diagnoses and procedures the classes above them too. */
export function shippedCodes(name: string): ReadonlySet<string> | undefined {
  const known = sets.get(name)
  const listed = known ? undefined : findListed(name)
  if (!listed) return known
  const codes = [...tableOf(listed).byCode.keys()]
  const isLarge = largeLists.some(({ url }) => url === listed.url)
  const made = new Set(isLarge ? codes.flatMap(withClasses) : codes)
  sets.set(name, made)
  return made
}
