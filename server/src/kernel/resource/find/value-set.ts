import type { Ctx } from '../../ctx.ts'
import { fitting } from '../comparable.ts'
import { codeText } from '../extract.ts'
import type { Resource } from '../owner.ts'
import { searchable } from '../parameter.ts'
import { rowsOf } from '../row.ts'

const statement = `select r.content from kernel.resource_key k
  join kernel.resource r on r.resident_id = k.resident_id and r.type = k.type and r.id = k.id
  where k.type = $1 and k.key = any ($2) and not r.deleted and ($3::text is null or r.content::json ->> 'version' = $3)
  order by r.updated_at desc limit 1`

/** The resource of this canonical url, in this version where one is named, that was stored last. */
export async function byUrl(
  ctx: Ctx,
  type: string,
  url: string,
  version?: string,
): Promise<Resource | undefined> {
  // Parameters that look at one element share its place in the index: a CodeSystem's url is its `system` too.
  const slots = searchable(type).parameters.get('url')?.slots ?? []
  const keys = slots.map((slot) => `${slot}=${fitting(url)}`)
  const values = [type, keys, version ?? null]
  const [row] = await rowsOf<{ content: string }>(ctx, 'fhir-by-url', statement, values)
  return row && (JSON.parse(row.content) as Resource)
}

const most = 5_000

/** What a value set holds, by url and system; undefined where it is not here or not understood. */
export type ValueSets = (
  ctx: Ctx,
  url: string,
) => Promise<readonly { readonly system: string; readonly codes: Iterable<string> }[] | undefined>

let held: ValueSets = async () => undefined

/** Says what value sets hold; whoever answers for the terminologies does. */
export const registerValueSets = (of: ValueSets): void => {
  held = of
}

/**
 * The codes of a value set as the index keeps them, with their systems, and bare as elements of type `code` have them;
 * undefined where it is not here, not understood or too long.
 */
export async function codesOfValueSet(ctx: Ctx, url: string): Promise<readonly string[] | undefined> {
  const codes: string[] = []
  const parts = await held(ctx, url)
  for (const { system, codes: own } of parts ?? [])
    for (const code of own) {
      if (codes.length >= 2 * most) return undefined
      codes.push(codeText(code, system), fitting(code))
    }
  return parts && codes
}
