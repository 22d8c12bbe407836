import type { Ctx } from '../../ctx.ts'
import { refuse } from '../../refusal.ts'
import { isHere } from '../extract.ts'
import type { Json } from '../owner.ts'
import { isResourceId } from '../primitive.ts'
import { findStored } from '../read.ts'
import type { Condition } from './condition.ts'

type Entry = { readonly item?: { readonly reference?: Json }; readonly deleted?: Json }

const local = /^(.*\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/

/** `_list=<id>`: what a stored List that the actor may see names of a type; nothing where it may not. */
export async function listed(ctx: Ctx, type: string, value: string): Promise<Condition> {
  if (!isResourceId(value))
    refuse('invalid', 'record.bad-search', { fields: [{ path: '_list', problem: 'is no id of a List' }] })
  const stored = await findStored(ctx, 'List', value)
  if (!stored || stored.deleted) return { kind: 'id', ids: [] }
  const { entry = [] } = JSON.parse(stored.content) as { entry?: readonly Entry[] }
  const ids = entry.flatMap(({ item, deleted }) => {
    const { reference } = item ?? {}
    const [, base, of, id] = local.exec(typeof reference === 'string' ? reference : '') ?? []
    return id && of === type && deleted !== true && (!base || isHere(base.slice(0, -1))) ? [id] : []
  })
  return { kind: 'id', ids }
}
