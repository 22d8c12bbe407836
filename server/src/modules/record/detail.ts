import { digitsOf } from '../../kernel/resource/exact.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { doseInWords, supplyInWords, timingInWords } from './dose-words.ts'
import { joined, list, type Node, node, number, text } from './element.ts'
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
/** Within an element: what is there for programs. */
const inner = new Set([...silent, 'system', 'uid', 'url', 'hash', 'data', 'sopClass', 'userSelected'])
const linesMax = 60

/** Elements that are said in a way of their own. */
const said: Readonly<Record<string, (value: Json) => string | null>> = {
  dosageInstruction: (value) => doseInWords({ dosageInstruction: value }),
  dosage: (value) => doseInWords({ dosage: value }),
  dispenseRequest: supplyInWords,
  series: (value) =>
    joined(
      list(value).map((one) => seriesWords(node(one))),
      '；',
    ),
}

/** One element as words; undefined where there is nothing to read. */
function wordsOf(value: Json): string | undefined {
  if (typeof value === 'string') return value.length > 2_000 ? `${value.slice(0, 2_000)}…` : value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join('；') || undefined
  return objectWords(node(value))
}

function objectWords(value: Node): string | undefined {
  if (isCoded(value)) return labelOf(value as Json).text
  if (value.contentType !== undefined) return fileWords(value)
  if (value.repeat !== undefined) return timingInWords(value as Json)
  // A number that only programs compare says nothing to a reader.
  if (value.system !== undefined && typeof value.value === 'string')
    return isUuid.test(value.value) ? undefined : value.value
  // A bare pointer says nothing to a reader; it stands in the source.
  if (value.reference !== undefined || value.display !== undefined) return text(value.display)
  return amountWords(value) ?? (typeof value.text === 'string' ? value.text : partWords(value))
}

const plainDecimal = /^-?\d+\.\d+$/

/** The number of an amount, with the decimals with which the source writes it. */
function figure(amount: Node): string | undefined {
  if (typeof amount.value !== 'number') return undefined
  const said = digitsOf(amount, 'value') ?? ''
  return plainDecimal.test(said) ? said : String(amount.value)
}

function amountWords(value: Node): string | undefined {
  const amount = figure(value)
  if (amount !== undefined) return `${amount} ${unitOf(text(value.code) ?? text(value.unit) ?? '')}`.trim()
  if (value.low !== undefined || value.high !== undefined) return rangeWords(value)
  if (value.start !== undefined || value.end !== undefined)
    return `${text(value.start) ?? '…'} – ${text(value.end) ?? '…'}`
  return undefined
}

function partWords(value: Node): string | undefined {
  const parts = Object.entries(value)
    .filter(([name]) => !inner.has(name) && !name.startsWith('_'))
    .map(([, part]) => wordsOf(part))
  return parts.filter(Boolean).join('，') || undefined
}

const isUuid = /^(urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const isCoded = (value: Node): boolean =>
  value.coding !== undefined ||
  (typeof value.code === 'string' &&
    value.value === undefined &&
    (value.display !== undefined || value.system !== undefined))

/** A series of pictures: how they were made, of what, how many. */
function seriesWords({ modality, description, numberOfInstances }: Node): string | null {
  const count = number(numberOfInstances)
  return joined([
    modality ? labelOf(modality).text : undefined,
    text(description),
    count === undefined ? undefined : `${count} 幅`,
  ])
}

/** A file by its name, what it is and how large. */
function fileWords(file: Node): string | undefined {
  const size = number(file.size)
  const kind = (text(file.contentType) ?? '').replace(/^.*\//, '').replace(/^.*\+/, '').toUpperCase()
  const large = size === undefined ? undefined : `${Math.max(1, Math.round(size / 1_024))} KB`
  return joined([text(file.title), kind, large]) ?? undefined
}

/** `3.5–5.3 mmol/L`, `≥ 60`, `≤ 6 %`; the words of the source where it gives them. */
function rangeWords({ low, high, text: said }: Node): string | undefined {
  if (typeof said === 'string') return said
  const [from, to] = [figure(node(low)), figure(node(high))]
  const unit = unitOf(text(node(high).unit) ?? text(node(low).unit) ?? text(node(high).code) ?? '')
  const numbers = from && to ? `${from}–${to}` : from ? `≥ ${from}` : to ? `≤ ${to}` : undefined
  return numbers && `${numbers} ${unit}`.trim()
}

/** Everything a resource says, one element a line under its FHIR name; at most sixty lines. */
export function linesOf(resource: Resource): { name: string; text: string }[] {
  return Object.entries(resource)
    .filter(([name]) => !silent.has(name) && !name.startsWith('_'))
    .flatMap(([name, value]) => {
      const words = said[name]?.(value) ?? list(value).map(wordsOf).filter(Boolean).join('；')
      return words ? [{ name, text: words }] : []
    })
    .slice(0, linesMax)
}
