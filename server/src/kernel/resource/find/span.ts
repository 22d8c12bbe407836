import { between, beyond, numberText, type Span, spanOfDate, timeText } from '../comparable.ts'
import type { Bind, Leaf, Range } from './condition.ts'

/** How dates, numbers and quantities are compared: both sides are spans (R4 search, 3.1.1.4.4 and following). */

const prefixes = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.+)$/s
const dayMs = 86_400_000

interface Scale {
  /** Characters of one end. */
  readonly width: number
  readonly text: (value: number) => string
  /** Before this lie the spans, after it what is kept besides. */
  readonly end: string
}

const times: Scale = { width: 10, text: timeText, end: '~' }
const numbers: Scale = { width: 16, text: numberText, end: beyond }

const low = (scale: Scale, value: string) => `substr(${value}, 1, ${scale.width})`
const high = (scale: Scale, value: string) => `substr(${value}, ${scale.width + 1}, ${scale.width})`

/** What a prefix means, over spans from `span.low` to `span.high`. */
function compared(scale: Scale, prefix: string, span: Span): Leaf {
  const from = scale.text(span.low)
  const to = scale.text(span.high)
  const all: Range = ['', scale.end]
  const lowOf = (value: string) => low(scale, value)
  const highOf = (value: string) => high(scale, value)
  const isInside = (value: string, bind: Bind) => `${highOf(value)} <= ${bind.add(to)}`
  switch (prefix) {
    case 'ne':
      return {
        ranges: [all],
        test: (value, bind) => `(${lowOf(value)} < ${bind.add(from)} or ${highOf(value)} > ${bind.add(to)})`,
      }
    case 'gt':
      return { ranges: [all], test: (value, bind) => `${highOf(value)} > ${bind.add(to)}` }
    case 'ge':
      return {
        ranges: [all],
        test: (value, bind) => `(${highOf(value)} > ${bind.add(to)} or ${lowOf(value)} >= ${bind.add(from)})`,
      }
    case 'lt':
      return { ranges: [['', from]] }
    case 'le':
      return {
        ranges: [['', to + beyond]],
        test: (value, bind) => `(${lowOf(value)} < ${bind.add(from)} or ${isInside(value, bind)})`,
      }
    case 'sa':
      return { ranges: [[to + beyond, scale.end]] }
    case 'eb':
      return { ranges: [['', from]], test: (value, bind) => `${highOf(value)} < ${bind.add(from)}` }
    case 'ap':
      return { ranges: [['', to + beyond]], test: (value, bind) => `${highOf(value)} >= ${bind.add(from)}` }
    default:
      return { ranges: [[from, to + beyond]], test: isInside }
  }
}

/** Where an index finds what ends after `from`: what lasts a day at most by its beginning, the rest by its end. */
const endingAfter = (from: number, to: string): Range[] => [
  [timeText(from - dayMs), to],
  [`~${timeText(from)}`, `~${beyond}`],
]

/** A searched date; undefined where it is none. */
export function dateLeaf(text: string, now: Date): Leaf | undefined {
  const [, prefix = 'eq', date = ''] = prefixes.exec(text) ?? []
  // An unescaped plus sign has become a blank on the way.
  const span = spanOfDate(date.replace(' ', '+'))
  if (!span) return undefined
  if (prefix === 'ap') {
    const slack = Math.max(Math.round(Math.abs(now.getTime() - span.low) / 10), dayMs)
    const wide = { low: span.low - slack, high: span.high + slack }
    return { ...compared(times, prefix, wide), seek: endingAfter(wide.low, timeText(wide.high) + beyond) }
  }
  const leaf = compared(times, prefix, span)
  return prefix === 'gt' || prefix === 'ge' ? { ...leaf, seek: endingAfter(span.low, '~') } : leaf
}

/** What has a moment in common with a date; undefined where that is none. */
export function overlapLeaf(text: string): Leaf | undefined {
  const span = spanOfDate(text)
  return span && { ...compared(times, 'ap', span), seek: endingAfter(span.low, timeText(span.high) + beyond) }
}

const decimal = /^[+-]?\d+(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** What a written number means: exactly itself under a comparison, else all that rounds to it. */
function spanOfNumber(text: string, prefix: string): Span | undefined {
  const [whole, fraction = '', exponent] = decimal.exec(text) ?? []
  if (whole === undefined) return undefined
  const value = Number(text)
  if (prefix === 'ap') return { low: value - Math.abs(value) / 10, high: value + Math.abs(value) / 10 }
  if (prefix !== 'eq' && prefix !== 'ne') return { low: value, high: value }
  // Without digits behind the point R4 takes an exponent as if there were one: 1e2 is from 95 to before 105.
  const places = fraction.length || (exponent === undefined ? 0 : 1)
  const half = 0.5 * 10 ** (Number(exponent ?? 0) - places)
  return { low: rounded(value - half), high: below(rounded(value + half)) }
}

/** Without what calculating with binary fractions adds: 1.5 - 0.005 is 1.495. */
const rounded = (value: number): number => Number(value.toPrecision(15))

/** The number next below. */
const below = (value: number): number => value - Math.abs(value) * Number.EPSILON

/** A searched number; undefined where it is none. */
export function numberLeaf(text: string): Leaf | undefined {
  const [, prefix = 'eq', said = ''] = prefixes.exec(text) ?? []
  const span = spanOfNumber(said, prefix)
  return span && compared(numbers, prefix, span)
}

/** A searched quantity: `5.4`, `5.4|system|code`, `5.4||unit`. */
export function quantityLeaf(parts: readonly string[]): Leaf | undefined {
  const [said = '', system = '', code = ''] = parts
  const leaf = numberLeaf(said)
  if (!leaf || code === '') return leaf
  const part = (value: string, n: number) => `split_part(${value}, '${between}', ${n})`
  const { test } = leaf
  return {
    ...leaf,
    test: (value, bind) => {
      const unit = system
        ? `${part(value, 2)} = ${bind.add(code)} and ${part(value, 3)} = ${bind.add(system)}`
        : `${bind.add(code)} in (${part(value, 2)}, ${part(value, 4)})`
      return test ? `${test(value, bind)} and ${unit}` : unit
    },
  }
}
