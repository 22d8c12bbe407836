import type { Input } from '@tongmai/api/kernel'
import type { Technique, techniqueApi } from '@tongmai/api/technique'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { maySign } from '../policy.ts'
import * as store from '../store/technique.ts'

async function tellCatalogued(ctx: Ctx, technique: Technique): Promise<Technique> {
  const { id, code, name, retiredOn } = technique
  await tell(ctx, 'technique.catalogued', {
    thing: `technique:${id}`,
    data: { id, code, name, retired: retiredOn !== null },
  })
  return technique
}

/** Enters a technique into the catalogue; refuses a code that is taken. */
export async function enterTechnique(
  ctx: Ctx,
  facts: Input<typeof techniqueApi.addTechnique>['body'],
): Promise<Technique> {
  const added = await store.add(ctx, { ...facts, id: ctx.id() })
  return added ? tellCatalogued(ctx, added) : refuse('conflict', 'technique.code-taken')
}

/** The technique as it may still be changed: of this version, and not retired. */
async function lockOpen(ctx: Ctx, id: string, version: number): Promise<Technique> {
  const technique = await store.lock(ctx, id)
  if (technique.retiredOn) refuse('conflict', 'technique.retired-already')
  if (technique.version !== version)
    refuse('conflict', 'technique.stale', { details: { version: technique.version } })
  return technique
}

export const catalogueActions: Pick<
  Actions<typeof techniqueApi>,
  'listTechniques' | 'readTechnique' | 'addTechnique' | 'changeTechnique' | 'retireTechnique'
> = {
  listTechniques: (ctx, { query }) => store.list(ctx, query),

  async readTechnique(ctx, { params }) {
    const technique = await store.find(ctx, params.id)
    return {
      ...technique,
      versions: await store.listEditions(ctx, params.id),
      mayManage: technique.retiredOn === null && ctx.actor.permissions.has('technique.manage'),
      maySignOff: technique.retiredOn === null && maySign(ctx.actor),
    }
  },

  addTechnique: (ctx, { body }) => enterTechnique(ctx, body),

  async changeTechnique(ctx, { params, body: { version, ...facts } }) {
    await lockOpen(ctx, params.id, version)
    return tellCatalogued(ctx, await store.change(ctx, params.id, facts))
  },

  async retireTechnique(ctx, { params, body }) {
    await lockOpen(ctx, params.id, body.version)
    return tellCatalogued(ctx, await store.change(ctx, params.id, { retiredOn: dayOf(ctx.now) }))
  },
}
