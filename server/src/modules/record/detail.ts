import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { list, type Node, node, text } from './element.ts'
import { labelOf } from './label.ts'
import { unitOf } from './unit.ts'

/** Elements that say nothing to a reader: the frame, or shown elsewhere on the page. */
const silent = new Set([
  'resourceType',
  'id',
  'meta',
  'status',
  'text',
  'contained',
  'extension',
  'subject',
  'patient',
])
const linesMax = 60

/** One element as words; undefined where there is nothing to read. */
function wordsOf(value: Json): string | undefined {
  if (typeof value === 'string') return value.length > 2_000 ? `${value.slice(0, 2_000)}…` : value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join('；') || undefined
  return objectWords(node(value))
}

function objectWords(value: Node): string | undefined {
  if (value.coding || (value.code !== undefined && value.display !== undefined))
    return labelOf(value as Json).text
  // A bare pointer says nothing to a reader; it stands in the source.
  if (value.reference !== undefined || value.display !== undefined) return text(value.display)
  if (typeof value.value === 'number')
    return `${value.value} ${unitOf(text(value.code) ?? text(value.unit) ?? '')}`.trim()
  if (value.low !== undefined || value.high !== undefined) return rangeWords(value)
  if (value.start !== undefined || value.end !== undefined)
    return `${text(value.start) ?? '…'} – ${text(value.end) ?? '…'}`
  if (typeof value.text === 'string') return value.text
  const parts = Object.entries(value)
    .filter(([name]) => !silent.has(name) && !name.startsWith('_'))
    .map(([, inner]) => wordsOf(inner))
  return parts.filter(Boolean).join('，') || undefined
}

/** `3.5–5.3 mmol/L`, `≥ 60`, `≤ 6 %`; the words of the source where it gives them. */
function rangeWords({ low, high, text: said }: Node): string | undefined {
  if (typeof said === 'string') return said
  const [from, to] = [node(low).value, node(high).value]
  const unit = unitOf(text(node(high).unit) ?? text(node(low).unit) ?? text(node(high).code) ?? '')
  const numbers =
    typeof from === 'number' && typeof to === 'number'
      ? `${from}–${to}`
      : typeof from === 'number'
        ? `≥ ${from}`
        : typeof to === 'number'
          ? `≤ ${to}`
          : undefined
  return numbers && `${numbers} ${unit}`.trim()
}

/** Everything a resource says, one element a line under its FHIR name; at most sixty lines. */
export function linesOf(resource: Resource): { name: string; text: string }[] {
  return Object.entries(resource)
    .filter(([name]) => !silent.has(name) && !name.startsWith('_'))
    .flatMap(([name, value]) => {
      const words = list(value).map(wordsOf).filter(Boolean).join('；')
      return words ? [{ name, text: words }] : []
    })
    .slice(0, linesMax)
}
