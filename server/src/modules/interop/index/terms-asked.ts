import { refuse } from '../../../kernel/refusal.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { paramsOf, partsIn, valueIn } from './asked-in.ts'
import type { Asking } from './question.ts'

/** What was asked, from the address or from Parameters; a coding counts as its system, code and display. */
export interface TermsAsked {
  /** Every coding of a codeableConcept, where one was sent. */
  readonly codings: readonly (readonly [name: string, value: string])[][]
  readonly text: ReadonlyMap<string, string>
  /** Everything that was said, whatever its type. */
  readonly names: ReadonlySet<string>
  /** Every value of a parameter that may come several times. */
  readonly all: (name: string) => readonly string[]
  readonly resource: Resource | undefined
}

type Parameter = { readonly name?: string; readonly resource?: Resource; readonly [value: string]: Json }

export function askedOf({ url, body }: Asking): TermsAsked {
  const params = paramsOf({ url })
  const text = new Map<string, string>(params)
  const codings: [string, string][][] = []
  const given = (typeof body === 'object' && body !== null ? body : {}) as Resource
  const parts = partsIn(given) as readonly Parameter[]
  for (const part of parts) {
    takePart(text, part, codings)
    const [, value] = valueIn(part) ?? []
    if (part.name && typeof value === 'string') params.append(part.name, value)
  }
  const all = (name: string) => params.getAll(name)
  const names = new Set([...params.keys(), ...parts.flatMap(({ name }) => name ?? [])])
  if (given.resourceType === 'ValueSet') return { codings, text, names, all, resource: given }
  return {
    ...{ codings, text, names, all },
    resource: parts.find(({ resource }) => resource?.resourceType === 'ValueSet')?.resource,
  }
}

function takePart(text: Map<string, string>, part: Parameter, codings: [string, string][][]): void {
  const [name, value] = valueIn(part) ?? []
  if (part.name === 'codingA' || part.name === 'codingB') {
    const coding = new Map(codingsIn(value)[0])
    text.set('system', coding.get('system') ?? text.get('system') ?? '')
    text.set(part.name.replace('coding', 'code'), coding.get('code') ?? '')
  } else if (name === 'valueCoding' || name === 'valueCodeableConcept') {
    codings.push(...codingsIn(value))
    for (const [key, said] of codings[0] ?? []) text.set(key, said)
  } else if (part.name && ['string', 'number', 'boolean'].includes(typeof value))
    text.set(part.name, String(value))
}

function codingsIn(value: Json): [string, string][][] {
  const concept = (value ?? {}) as { coding?: Record<string, unknown>[] } & Record<string, unknown>
  const all = Array.isArray(concept.coding) ? concept.coding : [concept]
  return all
    .filter((coding) => typeof coding === 'object' && coding !== null)
    .map((coding) =>
      ['system', 'version', 'code', 'display'].flatMap((name) =>
        typeof coding[name] === 'string' ? [[name, coding[name]] as [string, string]] : [],
      ),
    )
}

/** What has to be said. */
export const wanted = ({ text }: TermsAsked, name: string): string =>
  text.get(name) ?? refuse('invalid', 'interop.parameter-missing', { details: { name } })

/** The canonical url of the value set that is meant, with the version where one is named beside it. */
export function setAsked(asked: TermsAsked): string {
  const [url, version] = [wanted(asked, 'url'), asked.text.get('valueSetVersion')]
  return version && !url.includes('|') ? `${url}|${version}` : url
}

export function numberIn({ text }: TermsAsked, name: string, normal: number, max: number): number {
  const value = Number(text.get(name) ?? normal)
  if (!Number.isInteger(value) || value < 0) refuse('invalid', 'interop.bad-parameter', { details: { name } })
  return Math.min(value, max)
}

/** Yes or no; no where nothing is said. */
export function flagIn({ text }: TermsAsked, name: string): boolean {
  const value = text.get(name) ?? 'false'
  if (value !== 'true' && value !== 'false') refuse('invalid', 'interop.bad-parameter', { details: { name } })
  return value === 'true'
}
