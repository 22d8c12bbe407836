import type { Ctx } from '../../kernel/ctx.ts'
import { included } from '../../kernel/resource/find/include.ts'
import { type Asked, askedFor, type How } from '../../kernel/resource/query.ts'
import { countMatches, type Page, search } from '../../kernel/resource/search.ts'
import { bundleOf } from './bundle.ts'
import { subsetOf } from './subset.ts'

/** One search as an address asks it. */
export interface Wish {
  /** `https://…/fhir/R4`. */
  readonly base: string
  /** What stands between base and question mark, for the links. */
  readonly path: string
  readonly type: string
  readonly params: URLSearchParams
  readonly how: How
  /** Narrows what was asked: to a compartment. */
  readonly within?: (asked: Asked) => Asked
}

const everything = () => true

async function totalOf(ctx: Ctx, { query, total }: Asked, page: Page): Promise<number | undefined> {
  if (total) return countMatches(ctx, query)
  return query.after || page.next ? undefined : page.found.length
}

/** Searches one type and answers the Bundle as JSON. */
export async function searched(ctx: Ctx, wish: Wish): Promise<string> {
  const { base, path, type, params, how, within = (asked) => asked } = wish
  const asked = within(await askedFor(ctx, type, params, how))
  const { query, understood, includes, shape } = asked
  if (shape.summary === 'count') {
    const total = await countMatches(ctx, query)
    return bundleOf(base, { path, asked: understood, found: [], next: undefined, total })
  }
  const page = await search(ctx, query)
  const may = how.may ?? everything
  const beside = includes.length > 0 ? await included(ctx, page.found, { includes, may }) : []
  const cut = <T extends { type: string; content: string }>(one: T): T => ({
    ...one,
    content: subsetOf(one.type, one.content, shape),
  })
  return bundleOf(base, {
    ...{ path, asked: understood, found: page.found.map(cut), beside: beside.map(cut) },
    ...{ next: page.next, total: await totalOf(ctx, asked, page) },
  })
}
