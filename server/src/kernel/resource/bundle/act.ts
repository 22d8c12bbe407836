import type { Ctx } from '../../ctx.ts'
import { refuse } from '../../refusal.ts'
import { onlyMatch, removeWhere, updateWhere } from '../conditional.ts'
import type { Json } from '../owner.ts'
import { patchIn, patchResource } from '../patch/apply.ts'
import { type Answerable, readResource } from '../read.ts'
import { readSeries } from '../series.ts'
import { createResource, removeResource, requireNone, updateResource } from '../write.ts'
import type { Entry } from './entry.ts'
import { linked, type Naming } from './linked.ts'

/** What became of one entry. */
export interface Done {
  readonly entry: Entry
  readonly status: 'created' | 'known' | 'changed' | 'removed' | 'found'
  /** What is now current; absent for a search. */
  readonly current?: Pick<Answerable, 'type' | 'id' | 'version' | 'updatedAt' | 'content'>
}

/** How the one who runs a Bundle takes part in it. */
export interface Part {
  /** Refuses an entry that the caller may not ask for. */
  readonly allow?: (entry: Entry) => void
  /** Answers a reference that is not in the Bundle, where the source has brought its thing before. */
  readonly recall?: (ctx: Ctx, link: string) => Promise<string | undefined>
  /** Answers the reference of an entry whose thing is known already. */
  readonly known?: (entry: Entry) => string | undefined
  /** Answers what an entry asks. */
  readonly answer?: (ctx: Ctx, entry: Entry) => Promise<Answerable>
}

/** The resource a patch is for: by its id, or the one match of its condition. */
const meant = async (ctx: Ctx, { type, id, query = '' }: Entry): Promise<string> =>
  id ?? (await onlyMatch(ctx, type, query))?.id ?? refuse('missing', 'record.no-such-resource')

/** Does what one entry asks for, its pointers resolved. */
export const acts: Record<
  Entry['act'],
  (asked: Naming & { readonly part: Part }, entry: Entry) => Promise<Omit<Done, 'entry'>>
> = {
  async create(asked, entry) {
    const resource = await linked(asked, entry)
    const { stored, isNew } = await createResource(asked.ctx, resource)
    return { status: isNew ? 'created' : 'known', current: stored }
  },
  async update(asked, entry) {
    const { id, query = '', version, has } = entry
    const resource = await linked(asked, entry)
    if (id && has.noneMatch === '*') await requireNone(asked.ctx, { ...resource, id })
    const { stored, isNew } = id
      ? await updateResource(asked.ctx, { ...resource, id }, version)
      : await updateWhere(asked.ctx, resource, query, version)
    return { status: isNew ? 'created' : 'changed', current: stored }
  },
  async patch(asked, entry) {
    const { type, version } = entry
    const id = await meant(asked.ctx, entry)
    const patch = patchIn((await linked(asked, entry)) as unknown as Json)
    const { stored } = await patchResource(asked.ctx, { type, id }, patch, version)
    return { status: 'changed', current: stored }
  },
  async remove({ ctx }, { type, id, query = '', version }) {
    const gone = id
      ? await removeResource(ctx, type, id, version)
      : await removeWhere(ctx, type, query, version)
    return { status: 'removed', ...(gone ? { current: gone } : {}) }
  },
  async read({ ctx }, entry) {
    const { type, id = '' } = entry
    const current = (await readSeries(ctx, type, id)) ?? (await readResource(ctx, type, id))
    return { status: 'found', current }
  },
  async ask({ ctx, part }, entry) {
    const current = await part.answer?.(ctx, entry)
    const { method } = entry
    return current
      ? { status: 'found', current }
      : refuse('unprocessable', 'record.method-not-supported', { details: { method } })
  },
}
