import type { Ctx } from '../../ctx.ts'
import { refuse } from '../../refusal.ts'
import { onlyMatch } from '../conditional.ts'
import type { Resource } from '../owner.ts'
import type { Entry } from './entry.ts'
import { openLinks, relink } from './link.ts'

/** What the pointers of a Bundle are resolved by. */
export interface Naming {
  readonly ctx: Ctx
  readonly part: { readonly recall?: (ctx: Ctx, link: string) => Promise<string | undefined> }
  /** What each pointer stands for, as soon as that is known. */
  readonly names: Map<string, string>
  /** The last that led nowhere. */
  open?: string | undefined
}

/** The resource with every pointer resolved; 422 names the first that cannot be, 412 a search that finds not one. */
export async function linked(naming: Naming, entry: Entry): Promise<Resource> {
  const resource = entry.resource as Resource
  for (const link of openLinks(resource)) {
    if (naming.names.has(link)) continue
    naming.open = link
    const name = link.includes('?')
      ? await searched(naming.ctx, link)
      : await naming.part.recall?.(naming.ctx, link)
    if (!name) refuse('unprocessable', 'record.unresolved-reference', { details: { reference: link } })
    else naming.names.set(link, name)
    naming.open = undefined
  }
  // A relative reference goes by the server that the entry's own address names.
  const base = /^https?:.*\/(?=[A-Za-z]+\/[^/]+$)/.exec(entry.fullUrl ?? '')?.[0]
  return relink(
    resource,
    (link) =>
      naming.names.get(link) ?? (base && relative.test(link) ? naming.names.get(base + link) : undefined),
  )
}

const relative = /^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/

async function searched(ctx: Ctx, link: string): Promise<string> {
  const [type = '', ...query] = link.split('?')
  const found = await onlyMatch(ctx, type, query.join('?'))
  return found
    ? `${found.type}/${found.id}`
    : refuse('precondition', 'record.unresolved-reference', { details: { reference: link } })
}
