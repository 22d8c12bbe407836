import { between, fitting, plainText } from '../comparable.ts'
import { canonicalTexts, codeText, isHere, pointerText, stringText } from '../extract.ts'
import type { Kind } from '../parameter.ts'
import { isResourceId } from '../primitive.ts'
import { anything, type Leaf, prefixed } from './condition.ts'
import { dateLeaf, numberLeaf, overlapLeaf, quantityLeaf } from './span.ts'

/** What one value of a search is to be compared with. */
export interface Wanted {
  readonly kind: Kind
  readonly text: string
  readonly modifier: string | undefined
  /** FHIR types of the elements compared. */
  readonly types: ReadonlySet<string>
  /** Of which systems codes are that are written without one; undefined where that is not known. */
  readonly systems?: ReadonlySet<string> | undefined
  /** Where references may point; `*` is anywhere. */
  readonly targets: readonly string[]
  readonly now: Date
}

/** Splits at a sign that is not escaped with a backslash. */
export function split(text: string, sign: string): string[] {
  const parts = ['']
  for (let at = 0; at < text.length; at++) {
    const one = text[at] as string
    if (one === '\\' && at + 1 < text.length) {
      parts[parts.length - 1] += one + text[++at]
    } else if (one === sign) parts.push('')
    else parts[parts.length - 1] += one
  }
  return parts
}

const plain = (text: string): string => text.replace(/\\([\\,|$])/g, '$1')

const structured = new Set(['Coding', 'CodeableConcept', 'Identifier', 'ContactPoint'])

/** `code`, `system|code`, `|code`, `system|`. What a binding says of the system counts as if it were written. */
function token({ text, types, systems }: Wanted): Leaf {
  const parts = split(text, '|').map(plain)
  const isBare = [...types].some((type) => !structured.has(type))
  const isCoded = [...types].some((type) => structured.has(type))
  const [first = '', ...more] = parts
  const bare = (code: string) => (isBare ? [fitting(code)] : [])
  if (more.length === 0) {
    const ranges = isCoded ? [[`${first}${between}`, `${first}\x20`] as const] : []
    return { exact: bare(first), ...(isCoded ? { ranges } : {}) }
  }
  const code = more.join('|')
  const isImplied = systems?.has(first) ?? true
  if (code !== '') return { exact: [codeText(code, first), ...(isImplied ? bare(code) : [])] }
  if (systems && !isCoded) return isImplied ? { ranges: [anything] } : { exact: [] }
  const end = `${between}${first}`
  return { ranges: [anything], test: (value, bind) => `right(${value}, ${end.length}) = ${bind.add(end)}` }
}

function string({ text, modifier }: Wanted): Leaf {
  const said = plain(text)
  if (modifier === 'exact') return { exact: [stringText(said)] }
  const words = plainText(said)
  const plainly = (value: string) => `split_part(${value}, '${between}', 1)`
  if (modifier === 'is')
    return {
      ranges: [prefixed(words.slice(0, 200))],
      test: (value, bind) => `${plainly(value)} = ${bind.add(fitting(words))}`,
    }
  if (modifier === 'ends')
    return {
      ranges: [anything],
      test: (value, bind) => `right(${plainly(value)}, ${[...words].length}) = ${bind.add(words)}`,
    }
  if (modifier !== 'contains') return { ranges: [prefixed(words.slice(0, 200))] }
  return {
    ranges: [anything],
    test: (value, bind) => `position(${bind.add(words)}::text in ${plainly(value)}) > 0`,
  }
}

/** `Type/id`, `id`, an address, a canonical. */
function reference({ text, targets, modifier, types }: Wanted): Leaf {
  const said = plain(text)
  if (modifier === 'identifier') return behindSign(token(tokenOf(said)))
  const written = [...types].some((type) => type !== 'Reference') ? [fitting(said)] : []
  if (isResourceId(said)) {
    if (modifier) return { exact: [`${said}${between}${modifier}`] }
    if (targets.includes('*')) return { exact: [said], ranges: [[`${said}${between}`, `${said}\x20`]] }
    return { exact: [said, ...targets.map((type) => `${said}${between}${type}`)] }
  }
  const pointer = pointerText(said, isHere)
  const type = pointer.split(between)[1]
  const isWrong = type !== undefined && !targets.includes('*') && !targets.includes(type)
  if (isWrong || (modifier && type !== modifier)) return { exact: written }
  return { exact: [type === undefined ? fitting(said) : pointer, ...written] }
}

const tokenOf = (text: string): Wanted => ({
  kind: 'token',
  text,
  modifier: undefined,
  types: new Set(['Identifier']),
  targets: [],
  now: new Date(0),
})

/** The same for what is kept behind `#`: the identifier in a reference. */
const behindSign = ({ exact = [], ranges = [] }: Leaf): Leaf => ({
  exact: exact.map((one) => `#${one}`),
  ranges: ranges.map(([low, high]) => [`#${low}`, `#${high}`] as const),
})

function uri({ text, modifier, types }: Wanted): Leaf {
  const said = plain(text)
  const holds =
    modifier === 'contains'
      ? 'position($ in @) > 0'
      : modifier === 'ends'
        ? `right(@, ${[...said].length}) = $`
        : undefined
  if (holds)
    return {
      ranges: [anything],
      test: (value, bind) => holds.replace('@', value).replace('$', () => `${bind.add(said)}::text`),
    }
  if (modifier === 'below') return { ranges: [prefixed(said)] }
  if (modifier !== 'above')
    return { exact: types.has('canonical') ? canonicalTexts(said).slice(0, 1) : [fitting(said)] }
  const ends = [...said.matchAll(/[/:]/g)].map(({ index }) => index)
  return {
    exact: [said, ...ends.flatMap((end) => [said.slice(0, end), said.slice(0, end + 1)])].map(fitting),
  }
}

const earthKm = 6_371
const perKm: Readonly<Record<string, number>> = {
  km: 1,
  '[km]': 1,
  m: 0.001,
  mi: 1.609_344,
  '[mi_us]': 1.609_347,
}

/** `latitude|longitude|distance|unit`: within that distance, 50 km where nothing is said. */
function near({ text }: Wanted): Leaf | undefined {
  const [latitude = '', longitude = '', distance = '50', unit = 'km'] = split(text, '|').map(plain)
  const [lat, lon, far] = [latitude, longitude, distance].map(Number) as [number, number, number]
  const factor = perKm[unit || 'km']
  const isRight = latitude !== '' && longitude !== '' && Math.abs(lat) <= 90 && Math.abs(lon) <= 180
  if (!isRight || !(far >= 0) || factor === undefined) return undefined
  return {
    ranges: [anything],
    test: (value, bind) => {
      const at = (n: number) => `radians(split_part(${value}, '${between}', ${n})::float8)`
      const [here, there] = [`radians(${bind.add(lat)}::float8)`, `radians(${bind.add(lon)}::float8)`]
      const half = `power(sin((${at(1)} - ${here}) / 2), 2) + cos(${here}) * cos(${at(1)}) * power(sin((${at(2)} - ${there}) / 2), 2)`
      return `2 * ${earthKm} * asin(sqrt(least(1, ${half}))) <= ${bind.add(far * factor)}::float8`
    },
  }
}

const readers: Readonly<Record<string, (wanted: Wanted) => Leaf | undefined>> = {
  token,
  string,
  reference,
  uri,
  date: ({ text, modifier, now }) =>
    modifier === 'overlaps' ? overlapLeaf(plain(text)) : dateLeaf(plain(text), now),
  number: ({ text }) => numberLeaf(plain(text)),
  quantity: ({ text }) => quantityLeaf(split(text, '|').map(plain)),
  special: near,
}

/** What a value of a search asks of a stored value; undefined where it is not understood. */
export const leafOf = (wanted: Wanted): Leaf | undefined => readers[wanted.kind]?.(wanted)
