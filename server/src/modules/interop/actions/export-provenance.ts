import type { Ctx } from '../../../kernel/ctx.ts'
import { between } from '../../../kernel/resource/comparable.ts'
import { type Condition, every, some } from '../../../kernel/resource/find/condition.ts'
import { pointingAt } from '../../../kernel/resource/find/parameter-condition.ts'
import { searchable } from '../../../kernel/resource/parameter.ts'
import { type Match, search } from '../../../kernel/resource/search.ts'
import type { InteropTables } from '../tables.ts'

/** Which Provenance goes along with a resource: the one recorded last, or all of it. */
export type Associated = NonNullable<InteropTables['interop.export']['provenance']>

export const PROVENANCE = 'Provenance'
const PAGE = 500

/** Where the index keeps what a Provenance is about. */
const slots = (searchable(PROVENANCE).parameters.get('target')?.slots ?? []).flatMap(
  (name) => searchable(PROVENANCE).slots.get(name) ?? [],
)

/** What a Provenance is about: `id type`, as the index keeps it. */
const targetsOf = ({ keys }: Match): readonly string[] =>
  slots.flatMap(({ name }) =>
    keys.filter((key) => key.startsWith(`${name}=`)).map((key) => key.slice(name.length + 1)),
  )

const targetsIn = (type: string, match: Match): readonly string[] =>
  targetsOf(match).flatMap((target) => {
    const [id = '', of] = target.split(between)
    return of === type ? [id] : []
  })

const isOfSeveral = (match: Match): boolean => targetsOf(match).length > 1

const recordedOf = ({ content }: Match): number => Date.parse(JSON.parse(content).recorded)

/** The latest for each of the resources, by when it was recorded. */
function latestOf(type: string, ids: ReadonlySet<string>, found: readonly Match[]): readonly Match[] {
  const latest = new Map<string, { at: number; match: Match }>()
  for (const match of found) {
    const at = recordedOf(match)
    for (const id of targetsIn(type, match))
      if (ids.has(id) && at >= (latest.get(id)?.at ?? Number.NEGATIVE_INFINITY)) latest.set(id, { at, match })
  }
  return [...new Set([...latest.values()].map(({ match }) => match))]
}

/** Everything that points at these resources and that the actor may see. */
async function pointingTo(
  ctx: Ctx,
  { type, ids, before }: { type: string; ids: readonly string[]; before: Condition },
): Promise<readonly Match[]> {
  const pointing = some(slots.map((slot) => pointingAt(slot, type, ids)))
  const all: Match[] = []
  let after: readonly string[] | undefined
  do {
    const condition = every([pointing, before])
    const { found, next } = await search(ctx, { type: PROVENANCE, condition, sorts: [], limit: PAGE, after })
    all.push(...found)
    after = next
  } while (after)
  return all
}

/** Gives what of Provenance goes along with a page of an export, each once in all. */
export class Provenances {
  readonly #wanted: Associated
  /** Those that come again because they are of several resources. */
  readonly #given = new Set<string>()
  /** How many were given. */
  count = 0

  constructor(wanted: Associated) {
    this.#wanted = wanted
  }

  async of(
    ctx: Ctx,
    { type, ids, before }: { type: string; ids: readonly string[]; before: Condition },
  ): Promise<readonly Match[]> {
    if (ids.length === 0) return []
    const found = await pointingTo(ctx, { type, ids, before })
    const wanted = this.#wanted === 'latest' ? latestOf(type, new Set(ids), found) : found
    const fresh = wanted.filter((match) => this.#isFresh(match))
    this.count += fresh.length
    return fresh
  }

  #isFresh(match: Match): boolean {
    if (!isOfSeveral(match)) return true
    const isFresh = !this.#given.has(match.id)
    this.#given.add(match.id)
    return isFresh
  }
}
