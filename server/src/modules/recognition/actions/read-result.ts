import { createHash } from 'node:crypto'
import type { Item } from '@tongmai/api/recognition/catalogue'
import type { Fact } from '@tongmai/api/record'
import { resourceIn } from '../../../kernel/resource/exact.ts'
import type { StoredFact } from '../../../kernel/resource/facts.ts'
import type { Json } from '../../../kernel/resource/owner.ts'
import { factOf } from '../../record/index.ts'

const LOINC = 'http://loinc.org'

type Codes = Pick<Item, 'loinc' | 'localCodes' | 'name' | 'aliases'>

export interface Coding {
  readonly system?: string | undefined
  readonly code?: string | undefined
  readonly display?: string
}
interface Concept {
  readonly coding?: readonly Coding[]
  readonly text?: string
}

/** One coding as items name it: bare for LOINC, `system|code` for the rest. */
export const keyOf = ({ system, code }: Coding): string =>
  system === LOINC ? `${code}` : `${system}|${code}`

/** The keys by which codes of a concept find an item; the words only where there is no code at all. */
export function keysOf(concept: Json): readonly string[] {
  const { coding = [], text } = (concept ?? {}) as Concept
  const coded = coding.filter(({ code }) => code !== undefined).map(keyOf)
  return coded.length > 0 ? coded : text ? [`=${text}`] : []
}

/** All keys of an item. */
export const keysOfItem = ({ loinc, localCodes, name, aliases }: Codes): readonly string[] => [
  ...loinc,
  ...localCodes,
  ...[name, ...aliases].map((word) => `=${word}`),
]

/** A result of the record as it is weighed and shown. */
export interface ReadResult {
  readonly stored: StoredFact
  readonly keys: readonly string[]
  readonly fact: Fact
  readonly value: string
  /** A number of it has no unit; words and ratios need none. */
  readonly unitless: boolean
  readonly method: string | null
  readonly hash: string
}

const words = (concept: Json): string | null => {
  const { text, coding = [] } = (concept ?? {}) as Concept
  return text ?? coding.find(({ display }) => display)?.display ?? null
}

/** A value as one reads it: of several parts each with its name; a report by its conclusion. */
function readingOf(fact: Fact): string {
  if (fact.values.length === 1) return fact.values[0]?.text ?? ''
  if (fact.values.length > 1) return fact.values.map(({ label, text }) => `${label.text} ${text}`).join('，')
  return fact.note ?? ''
}

interface Valued {
  readonly valueQuantity?: { readonly value?: number; readonly unit?: string; readonly code?: string }
  readonly valueInteger?: number
  readonly valueString?: string
  readonly component?: readonly Valued[]
}

const bareNumber = /^\s*[<>≤≥]?=?\s*[+-]?\d+(\.\d+)?\s*$/

/** Whether it, or a part of it, is a number of which nobody knows the unit; UCUM's `1` is one. */
export function isUnitless({ valueQuantity, valueInteger, valueString, component = [] }: Valued): boolean {
  const { value, unit, code } = valueQuantity ?? {}
  return (
    (value !== undefined && !unit && !code) ||
    valueInteger !== undefined ||
    bareNumber.test(valueString ?? '') ||
    component.some(isUnitless)
  )
}

/** Reads one stored Observation or DiagnosticReport; undefined for what is entered in error or no result. */
export function readResult(stored: StoredFact): ReadResult | undefined {
  const resource = resourceIn(stored.content)
  if (['entered-in-error', 'cancelled', 'registered'].includes(String(resource.status))) return undefined
  const fact = factOf(resource, stored)
  if (!fact) return undefined
  return {
    stored,
    keys: keysOf(resource.code),
    fact,
    value: readingOf(fact),
    unitless: isUnitless(resource as Valued),
    method: words(resource.method),
    hash: createHash('sha256').update(stored.content).digest('hex'),
  }
}
