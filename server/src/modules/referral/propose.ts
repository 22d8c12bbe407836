import type { Proposal, Rule, RuleCondition, RuleFact } from '@tongmai/api/referral/rule'
import type { Json, Resource } from '../../kernel/resource/owner.ts'

/** One thing that is known of a resident now. */
export interface Known {
  readonly value: number | string
  readonly shown: string
  readonly at: Date | null
}
export type Facts = ReadonlyMap<RuleFact, readonly Known[]>

/** LOINC codes of each reading, and how its unit becomes the rule's: mmHg, /min, %, ℃, mmol/L, points. */
const readings: Readonly<Record<string, RuleFact>> = {
  '8480-6': 'systolic',
  '8462-4': 'diastolic',
  '8867-4': 'heartRate',
  '9279-1': 'respiratoryRate',
  '59408-5': 'oxygenSaturation',
  '2708-6': 'oxygenSaturation',
  '8310-5': 'temperature',
  '1558-6': 'fastingGlucose',
  '14771-0': 'fastingGlucose',
  '76629-5': 'fastingGlucose',
  '9269-2': 'comaScale',
}
/** 1 mmol/L of glucose is 18.016 mg/dL (its molar mass is 180.16 g/mol). */
const MG_PER_MMOL = 18.016

type Obj = Readonly<Record<string, Json>>
const obj = (json: Json): Obj =>
  (typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {}) as Obj
const list = (json: Json): readonly Json[] => (Array.isArray(json) ? json : [])
const codesOf = (concept: Json): string[] =>
  list(obj(concept).coding).flatMap((one) => {
    const { code } = obj(one)
    return typeof code === 'string' ? [code] : []
  })

function reading(fact: RuleFact, quantity: Json, at: Date | null): Known[] {
  const { value, unit, code } = obj(quantity)
  if (typeof value !== 'number') return []
  const named = String(unit ?? code ?? '')
  const inMg = fact === 'fastingGlucose' && /mg\/dl/i.test(named)
  return [{ value: inMg ? value / MG_PER_MMOL : value, shown: [value, named].filter(Boolean).join(' '), at }]
}

/** The readings in an Observation: its own value, and those of its components. */
export function readingsOf(resource: Resource, at: Date | null): [RuleFact, Known][] {
  return [resource as unknown as Json, ...list(resource.component as Json)].flatMap((part) => {
    const fact = codesOf(obj(part).code)
      .map((code) => readings[code])
      .find((one) => one !== undefined)
    if (!fact) return []
    return reading(fact, obj(part).valueQuantity, at).map((known): [RuleFact, Known] => [fact, known])
  })
}

/** The codes of a Condition that is not refuted, as diagnoses. */
export function diagnosesOf(resource: Resource, at: Date | null): [RuleFact, Known][] {
  const gone = [...codesOf(resource.clinicalStatus as Json), ...codesOf(resource.verificationStatus as Json)]
  if (gone.some((one) => ['inactive', 'resolved', 'refuted', 'entered-in-error'].includes(one))) return []
  const { text } = obj(resource.code as Json)
  return codesOf(resource.code as Json).map((code) => {
    const shown = typeof text === 'string' ? `${text} ${code}` : code
    return ['diagnosis', { value: code, shown, at }]
  })
}

function holds({ is, value }: RuleCondition, known: Known): boolean {
  if (is === 'startsWith') return typeof known.value === 'string' && known.value.startsWith(String(value))
  if (typeof known.value !== 'number' || typeof value !== 'number') return false
  return {
    atLeast: known.value >= value,
    above: known.value > value,
    atMost: known.value <= value,
    below: known.value < value,
  }[is]
}

/**
 * The signed indications that the facts speak for. Of a reading only the latest counts. Whatever is unknown speaks
 * for nothing; a rule without conditions is never proposed.
 */
export function proposalsOf(rules: readonly Rule[], facts: Facts): Proposal[] {
  return rules.flatMap((rule) => {
    if (!rule.signedBy) return []
    for (const group of rule.conditions) {
      const found = group.map((one) => ({
        fact: one.fact,
        known: facts.get(one.fact)?.find((known) => holds(one, known)),
      }))
      if (found.some(({ known }) => known === undefined)) continue
      const because = found.flatMap(({ fact, known }) =>
        known ? [{ fact, value: known.shown, at: known.at }] : [],
      )
      const { code, since, text, category, source, signedBy, urgency } = rule
      const reason = `${text}（${because.map((one) => one.value).join('，')}）`
      return [{ code, since, text, category, source, signedBy, urgency, because, reason }]
    }
    return []
  })
}
