import type { Measured } from '@tongmai/api/record'
import { digitsOf } from '../../kernel/resource/exact.ts'
import type { Json } from '../../kernel/resource/owner.ts'
import { at, list, type Node, node, number, text, textAt } from './element.ts'
import { labelOf } from './label.ts'
import { unitOf } from './unit.ts'

const flags: Readonly<Record<string, NonNullable<Measured['flag']>>> = {
  N: 'normal',
  H: 'high',
  L: 'low',
  HH: 'critical',
  LL: 'critical',
  A: 'abnormal',
  AA: 'critical',
  POS: 'abnormal',
  NEG: 'normal',
}

const twoDecimals = /^-?\d+\.\d{1,2}$/

/** As exact as anybody reads it: two decimals, or three digits where it is below one. */
const round = (value: number): number =>
  Math.abs(value) >= 1 ? Number(value.toFixed(2)) : Number(value.toPrecision(3))

/** What lies outside its range by the source's own range; unknown where the source gives neither flag nor range. */
function flagOf(part: Node, value: number | undefined): Measured['flag'] {
  const said = flags[textAt(part, 'interpretation.coding.code') ?? '']
  if (said) return said
  const low = number(at(part, 'referenceRange.low.value'))
  const high = number(at(part, 'referenceRange.high.value'))
  if (value === undefined || (low === undefined && high === undefined)) return null
  if (low !== undefined && value < low) return 'low'
  return high !== undefined && value > high ? 'high' : 'normal'
}

function quantity(value: Node): { text: string; number: number | null; unit: string | null } {
  const amount = number(value.value)
  const unit = unitOf(text(value.code) ?? text(value.unit) ?? '')
  if (amount === undefined) return { text: '', number: null, unit: unit || null }
  const comparator = text(value.comparator) ?? ''
  const said = digitsOf(value, 'value') ?? ''
  // A laboratory that writes 1.50 has measured to the hundredth.
  const shown = `${comparator}${twoDecimals.test(said) ? said : round(amount)}`
  return { text: unit ? `${shown} ${unit}` : shown, number: round(amount), unit: unit || null }
}

const bare = (words: string) => ({ text: words, number: null, unit: null })

function read(part: Node): { text: string; number: number | null; unit: string | null } | undefined {
  if (part.valueQuantity) return quantity(node(part.valueQuantity))
  if (part.valueCodeableConcept) return bare(labelOf(part.valueCodeableConcept).text)
  if (typeof part.valueString === 'string') return bare(part.valueString)
  if (typeof part.valueBoolean === 'boolean') return bare(part.valueBoolean ? '是' : '否')
  if (typeof part.valueInteger === 'number')
    return { text: String(part.valueInteger), number: part.valueInteger, unit: null }
  if (part.valueRatio) {
    const ratio = node(part.valueRatio)
    return bare(`${quantity(node(ratio.numerator)).text} : ${quantity(node(ratio.denominator)).text}`)
  }
  const moment = text(part.valueDateTime) ?? text(part.valueTime) ?? textAt(part, 'valuePeriod.start')
  return moment ? bare(moment) : undefined
}

function measured(part: Node): Measured[] {
  const value = read(part)
  if (!value) return []
  return [{ label: labelOf(part.code), ...value, flag: flagOf(part, value.number ?? undefined) }]
}

/** Everything an Observation measured: its own value, or its components' (a blood pressure has two). */
export function valuesOf(observation: Json): Measured[] {
  const whole = node(observation)
  const parts = list(whole.component).flatMap((part) => measured(node(part)))
  // Systolic before diastolic, as everybody says it, whichever way the source has them.
  const place = ({ label }: Measured) => (label.code === '8480-6' ? 0 : 1)
  return [...measured(whole), ...parts.toSorted((a, b) => place(a) - place(b))]
}

/** The reference range as the source gives it. */
export function rangeOf(observation: Json): { low: number | null; high: number | null } | null {
  const low = number(at(observation, 'referenceRange.low.value')) ?? null
  const high = number(at(observation, 'referenceRange.high.value')) ?? null
  return low === null && high === null ? null : { low, high }
}
