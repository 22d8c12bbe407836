import type { Ctx } from '../../ctx.ts'
import { fitting } from '../comparable.ts'
import { codeText } from '../extract.ts'
import type { Json, Resource } from '../owner.ts'
import { searchable } from '../parameter.ts'
import { rowsOf } from '../row.ts'

const statement = `select r.content from kernel.resource_key k
  join kernel.resource r on r.resident_id = k.resident_id and r.type = k.type and r.id = k.id
  where k.type = $1 and k.key = any ($2) and not r.deleted order by r.updated_at desc limit 1`

type Node = { readonly [name: string]: Json }
const isNode = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const nodes = (value: Json): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

/** The resource of this canonical url that was stored last. */
export async function byUrl(ctx: Ctx, type: string, url: string): Promise<Resource | undefined> {
  // Parameters that look at one element share its place in the index: a CodeSystem's url is its `system` too.
  const slots = searchable(type).parameters.get('url')?.slots ?? []
  const keys = slots.map((slot) => `${slot}=${fitting(url)}`)
  const [row] = await rowsOf<{ content: string }>(ctx, 'fhir-by-url', statement, [type, keys])
  return row && (JSON.parse(row.content) as Resource)
}

const most = 5_000

/** The codes of a concept and of those below it. */
const flat = (concepts: readonly Node[]): string[] =>
  concepts.flatMap((one) => [
    ...(typeof one.code === 'string' ? [one.code] : []),
    ...flat(nodes(one.concept)),
  ])

async function included(ctx: Ctx, part: Node): Promise<string[] | undefined> {
  const system = typeof part.system === 'string' ? part.system : ''
  if (part.filter || part.valueSet) return undefined
  const listed = flat(nodes(part.concept))
  if (listed.length > 0) return listed.map((code) => codeText(code, system))
  const whole = await byUrl(ctx, 'CodeSystem', system)
  return whole?.content === 'complete'
    ? flat(nodes(whole.concept)).map((code) => codeText(code, system))
    : undefined
}

/** What value sets that come along hold, by url and system; undefined where it is none of them. */
export type Shipped = (
  url: string,
) => readonly { readonly system: string; readonly codes: Iterable<string> }[] | undefined

let shipped: Shipped = () => undefined

/** Says which value sets come along; whoever holds the terminologies does. */
export const registerValueSets = (of: Shipped): void => {
  shipped = of
}

/** The codes of a value set that comes along, with their systems, and bare as elements of type `code` have them. */
function shippedCodes(url: string): readonly string[] | undefined {
  const codes: string[] = []
  for (const { system, codes: own } of shipped(url) ?? [])
    for (const code of own) {
      if (codes.length >= 2 * most) return undefined
      codes.push(codeText(code, system), fitting(code))
    }
  return codes.length > 0 ? codes : undefined
}

/** What a value set holds, as the index keeps codes; undefined where it is not here, does not list them or is too long. */
export async function codesOfValueSet(ctx: Ctx, url: string): Promise<readonly string[] | undefined> {
  const known = shippedCodes(url.replace(/\|.*$/, ''))
  if (known) return known
  const set = await byUrl(ctx, 'ValueSet', url.replace(/\|.*$/, ''))
  if (!set) return undefined
  const { compose, expansion } = set
  if (isNode(expansion) && nodes(expansion.contains).length > 0)
    return nodes(expansion.contains).map((one) => codeText(String(one.code), String(one.system ?? '')))
  if (!isNode(compose) || compose.exclude) return undefined
  const codes: string[] = []
  for (const part of nodes(compose.include)) {
    const some = await included(ctx, part)
    if (!some) return undefined
    codes.push(...some)
  }
  return codes.length <= most ? codes : undefined
}
