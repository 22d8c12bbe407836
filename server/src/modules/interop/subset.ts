import { alike, exactText, resourceIn } from '../../kernel/resource/exact.ts'
import type { Json } from '../../kernel/resource/owner.ts'
import { summaryOf } from '../../kernel/resource/parameter.ts'
import type { Shape } from '../../kernel/resource/query.ts'
import { shapeOf } from '../../kernel/resource/shape.ts'

const subsetted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
}

/** The elements of a type that are always there, by JSON name. */
const required = (type: string): string[] =>
  (shapeOf(type)?.required ?? []).flatMap(({ names }) => [...names])

function wantedOf(type: string, { summary, elements }: Shape): ((name: string) => boolean) | undefined {
  const always = new Set(['resourceType', 'id', 'meta', ...required(type)])
  if (elements.length > 0) return (name) => always.has(name) || elements.includes(stem(type, name))
  if (summary === 'text') return (name) => always.has(name) || name === 'text'
  if (summary === 'data') return (name) => name !== 'text'
  if (summary !== 'true') return undefined
  const shown = new Set(summaryOf(type))
  return (name) => always.has(name) || shown.has(name) || shown.has(stemX(type, name))
}

/** `value` for `valueQuantity`, as people ask for it. */
const stem = (type: string, name: string): string => stemX(type, name).replace('[x]', '')
const stemX = (type: string, name: string): string => shapeOf(type)?.elements.get(name)?.choice ?? name

/** What of a resource was asked for, marked as a part of it. */
export function subsetOf(type: string, content: string, shape: Shape): string {
  const isWanted = wantedOf(type, shape)
  if (!isWanted) return content
  const resource = resourceIn(content)
  const kept = Object.entries(resource).filter(([name]) => isWanted(name.replace(/^_/, '')))
  const meta = (resource.meta ?? {}) as { tag?: Json[] }
  const part = { ...Object.fromEntries(kept), meta: { ...meta, tag: [...(meta.tag ?? []), subsetted] } }
  return exactText(alike(part, resource))
}
