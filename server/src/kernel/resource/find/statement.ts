import { createHash } from 'node:crypto'
import type { Bind, Range } from './condition.ts'

const shapes = new Map<string, string>()
const shapesMost = 200
/** What asks for more values than this is not planned for the next time, nor asked together with others. */
const valuesMost = 500

/** The statement under a name of its own, so that each connection plans it once; what is rarely asked has none. */
export function prepared({ text, values }: { text: string; values: unknown[] }) {
  if (values.length > valuesMost) return { text, values }
  const known = shapes.get(text)
  if (known) return { name: known, text, values }
  if (shapes.size >= shapesMost) return { text, values }
  const name = `fhir-find-${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`
  shapes.set(text, name)
  return { name, text, values }
}

/** Ranges in order, those that touch made one. */
export function mergedRanges(ranges: readonly Range[]): Range[] {
  const merged: [string, string][] = []
  const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
  for (const [low, high] of ranges.toSorted((a, b) => compare(a[0], b[0]))) {
    const last = merged.at(-1)
    if (last && compare(low, last[1]) <= 0) last[1] = compare(high, last[1]) > 0 ? high : last[1]
    else merged.push([low, high])
  }
  return merged
}

/** SQL: the row is among those that the index finds in these ranges. */
export function sought(ranges: readonly Range[], bind: Bind): string {
  const lows = bind.add(ranges.map(([low]) => low))
  const highs = bind.add(ranges.map(([, high]) => high))
  return `(r.resident_id, r.id) in (select k.resident_id, k.id from unnest(${lows}::text[], ${highs}::text[]) q (low, high)
    join kernel.resource_key k on k.type = $5 and k.key >= q.low and k.key < q.high)`
}
