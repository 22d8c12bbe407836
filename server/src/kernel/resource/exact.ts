import type { Json, Resource } from './owner.ts'

/**
 * A decimal keeps the digits with which it was written (R4, datatypes: 1.50 is not 1.5). Values stay numbers; what JSON would
 * write otherwise stands beside them, under a symbol that `{...copies}` and rest keep and that nothing else sees.
 */
const digits = Symbol('digits')

interface Holder {
  [digits]?: Record<string, string>
}

/** What TypeScript does not know yet of JSON (ES2026). */
const { rawJSON, isRawJSON } = JSON as unknown as {
  rawJSON: (text: string) => unknown
  isRawJSON: (value: unknown) => boolean
}

/** Finds at least every JSON in which a number is written otherwise than JSON.stringify would write it. */
const otherwise = /[:[,]\s*-?(?:\d+(?:\.\d*0|(?:\.\d+)?[eE][+-]?\d+)|[\d.]{17,}|0\.0{6}\d*|(?<=-)0)\s*[,}\]]/

export const hasExact = (text: string): boolean => otherwise.test(text)

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null

/** Keeps how a number of an object was written, and on each object around it that there is such a number. */
function remember(this: Holder, name: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value === 'number') {
    if (source !== String(value)) keepDigits(this, name, source)
  } else if (isHolder(value) && value[digits]) markExact(this)
  return value
}

/** As JSON.parse; numbers remember how they were written. */
export const exactIn = (text: string): Json =>
  (hasExact(text) ? JSON.parse(text, remember as Parameters<typeof JSON.parse>[1]) : JSON.parse(text)) as Json

/** A stored resource as it is going to be written again. */
export const resourceIn = (content: string): Resource => exactIn(content) as unknown as Resource

/** How a number stands in its object; undefined where JSON writes it the same, or another stands there now. */
export function digitsOf(holder: object, name: string): string | undefined {
  const said = (holder as Holder)[digits]?.[name]
  return said !== undefined && (holder as Record<string, unknown>)[name] === Number(said) ? said : undefined
}

/** Says how a number that stands, or is going to stand, in the object is written. */
export function keepDigits(holder: object, name: string, said: string | undefined): void {
  const known = (holder as Holder)[digits]
  if (said !== undefined && said !== String(Number(said)))
    (holder as Holder)[digits] = { ...known, [name]: said }
  else if (known) {
    // Copies share what is said of them.
    const { [name]: _, ...others } = known
    ;(holder as Holder)[digits] = others
  }
}

/** Has an object looked through for such numbers when it is written. */
export function markExact<T extends object>(holder: T): T {
  ;(holder as Holder)[digits] ??= {}
  return holder
}

/** The copy of an object, made name by name, with how its numbers are written. */
export function alike<T extends object>(copy: T, of: object): T {
  const known = (of as Holder)[digits]
  if (known) (copy as Holder)[digits] = known
  return copy
}

/** The same for a copy made with all that is in it. */
export function alikeThroughout(copy: unknown, of: unknown): void {
  if (!isHolder(copy) || !isHolder(of) || !of[digits]) return
  alike(copy, of)
  for (const [name, inner] of Object.entries(of))
    alikeThroughout((copy as Record<string, unknown>)[name], inner)
}

/** For JSON.stringify: numbers as they were written. */
export function exactly(this: unknown, name: string, value: unknown): unknown {
  if (typeof value !== 'number' || !isHolder(this)) return value
  const said = digitsOf(this, name)
  return said === undefined ? value : rawJSON(said)
}

/** As JSON.stringify, numbers as they were written. */
export const exactText = (value: object, indent?: number): string =>
  JSON.stringify(value, digits in value ? exactly : undefined, indent)

/** A deep copy of what JSON can hold. */
export const exactCopy = <T extends object>(value: T): T => exactIn(exactText(value)) as unknown as T

/** A number that only JSON.stringify can still read. */
export const isRaw = isRawJSON

/** A value for an answer that JSON.stringify writes: a number as it was written. */
export function rawOf(holder: object, name: string): unknown {
  const said = digitsOf(holder, name)
  return said === undefined ? (holder as Record<string, unknown>)[name] : rawJSON(said)
}
