import { useCallback, useSyncExternalStore } from 'react'
import { showMoment } from './dates.ts'
import { kept } from './kept.ts'
import type { Language } from './language.ts'

export type { Language }

/** `{ 'status.sent': ['已发出', 'Sent'] }`: both languages side by side, so that neither is forgotten. */
export type WordTable = Readonly<Record<string, readonly [zh: string, en: string]>>

/** The words of one module: states `status.*`, moves `move.*`, events `event.*`, refusals by the code's second half. */
export interface Words<Table extends WordTable = WordTable> {
  readonly module: string
  readonly table: Table
}

/** Values put into a sentence at `{name}`. */
export type Values = Readonly<Record<string, string | number>>

/** Declares a module's words. */
export const words = <const Table extends WordTable>(module: string, table: Table): Words<Table> => ({
  module,
  table,
})

const registry = new Map<string, WordTable>()
const offers = new Map<string, () => Promise<Words>>()
const coming = new Map<string, Promise<void>>()
const waiting = new Set<() => void>()
let arrivals = 0
const keptLanguage = kept<Language>('language', 'zh')

/** Makes words known to everyone who looks one up by its full key. */
export function registerWords(...all: readonly Words[]): void {
  for (const { module, table } of all) registry.set(module, { ...registry.get(module), ...table })
}

/** Says where the rest of a module's words are to be had: they come with its pages, or when one is asked for elsewhere. */
export function offerWords(module: string, load: () => Promise<Words>): void {
  offers.set(module, load)
}

/** Fetches a module's words, once; where they cannot be had, the next who asks tries again. */
export async function fetchWords(module: string): Promise<void> {
  const load = offers.get(module)
  if (!load) return
  const comes = coming.get(module) ?? arrive(module, load)
  coming.set(module, comes)
  await comes
}

async function arrive(module: string, load: () => Promise<Words>): Promise<void> {
  try {
    registerWords(await load())
    offers.delete(module)
    arrivals += 1
    for (const listener of waiting) listener()
  } finally {
    coming.delete(module)
  }
}

const subscribe = (listener: () => void): (() => void) => {
  waiting.add(listener)
  return () => waiting.delete(listener)
}

/** The language being read. */
export const language = (): Language => keptLanguage.get()
export const setLanguage = (next: Language): void => keptLanguage.set(next)
export const useLanguage = (): Language => useSyncExternalStore(keptLanguage.subscribe, keptLanguage.get)

/** The word of a full key (`referral.status.sent`), or undefined: there is none, or it is still to come. */
export function find(key: string, values: Values = {}, into: Language = language()): string | undefined {
  const module = moduleOf(key)
  const table = registry.get(module)
  const rest = key.slice(module.length + 1)
  const pair = table && Object.hasOwn(table, rest) ? table[rest] : undefined
  if (!pair) void isComing(key)
  return pair && fill(pair[into === 'zh' ? 0 : 1], values)
}

/** The word of a full key; a missing one stays visible as `⟦key⟧`, and the browser tests look for that. One still to come is `…`. */
export const say = (key: string, values?: Values, into?: Language): string =>
  find(key, values, into) ?? (isComing(key) ? '…' : `⟦${key}⟧`)

function isComing(key: string): boolean {
  const module = moduleOf(key)
  if (!offers.has(module)) return false
  fetchWords(module).catch(() => {})
  return true
}

/** The module that a full key belongs to. */
export const moduleOf = (key: string): string => key.slice(0, key.indexOf('.'))

/** The words of one module: `const t = useWords(referralWords)`, then `t('status.sent')`, checked by the compiler. */
export function useWords<Table extends WordTable>(
  of: Words<Table>,
): (key: keyof Table & string, values?: Values) => string {
  const into = useLanguage()
  return useCallback(
    (key, values) => fill((of.table[key] ?? [`⟦${key}⟧`, `⟦${key}⟧`])[into === 'zh' ? 0 : 1], values ?? {}),
    [of, into],
  )
}

/** Any registered word by its full key, for words of other modules: states, moves, refusals. */
export function useSay(): (key: string, values?: Values) => string {
  const into = useLanguage()
  const known = useSyncExternalStore(subscribe, () => arrivals)
  // biome-ignore lint/correctness/useExhaustiveDependencies: words that have arrived since are said anew
  return useCallback((key, values) => say(key, values, into), [into, known])
}

/** A refusal (`Refused`), as far as its words need it. */
interface Told {
  readonly kind: string
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
}

const isMoment = (value: string | number): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)

/** What a refusal tells a person: the words of its code, else those of its kind. */
export function refusalSentence(refused: Told, into: Language = language()): string {
  const values = Object.fromEntries(
    Object.entries(refused.details)
      .filter(
        (entry): entry is [string, string | number] =>
          typeof entry[1] === 'string' || typeof entry[1] === 'number',
      )
      .map(([name, value]) => [name, isMoment(value) ? showMoment(new Date(value)) : value]),
  )
  return find(refused.code, values, into) ?? say(`web.refused.${refused.kind}`, values, into)
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
