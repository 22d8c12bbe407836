import type { catalogueApi, Item } from '@tongmai/api/recognition/catalogue'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import * as store from '../store/item.ts'

async function tellCatalogued(ctx: Ctx, item: Item): Promise<Item> {
  const { id, code, name, retiredOn } = item
  await tell(ctx, 'recognition.catalogued', {
    thing: `recognition-item:${id}`,
    data: { id, code, name, retired: retiredOn !== null },
  })
  return item
}

/** The item as it may still be changed: of this version, and not retired. */
async function lockOpen(ctx: Ctx, id: string, version?: number): Promise<Item> {
  const item = await store.lock(ctx, id)
  if (item.retiredOn) refuse('conflict', 'recognition.retired-already')
  if (version !== undefined && item.version !== version)
    refuse('conflict', 'recognition.stale', { details: { version: item.version } })
  return item
}

/** Another item in use that carries one of these codes would make results ambiguous: refuses 409 with its name. */
async function requireOwnCodes(
  ctx: Ctx,
  codes: Pick<Item, 'loinc' | 'localCodes'>,
  id?: string,
): Promise<void> {
  const wanted = new Set([...codes.loinc, ...codes.localCodes])
  const other = (await store.listAll(ctx)).find(
    (one) => one.id !== id && [...one.loinc, ...one.localCodes].some((code) => wanted.has(code)),
  )
  if (other) refuse('conflict', 'recognition.code-of-another', { details: { name: other.name } })
}

export const catalogue: Actions<typeof catalogueApi> = {
  listItems: (ctx, { query }) => store.list(ctx, { ...query, on: query.on ?? dayOf(ctx.now) }),

  async readItem(ctx, { params }) {
    const item = await store.find(ctx, params.id)
    return {
      ...item,
      windows: await store.listWindows(ctx, params.id),
      versions: await store.listEditions(ctx, params.id),
      mayManage: item.retiredOn === null && ctx.actor.permissions.has('recognition.manage'),
    }
  },

  async addItem(ctx, { body: { window, ...facts } }) {
    await requireOwnCodes(ctx, facts)
    const added = await store.add(ctx, { ...facts, id: ctx.id() })
    if (!added) return refuse('conflict', 'recognition.code-taken')
    await store.setWindow(ctx, added.id, window)
    return tellCatalogued(ctx, added)
  },

  async changeItem(ctx, { params, body: { version, ...facts } }) {
    await lockOpen(ctx, params.id, version)
    await requireOwnCodes(ctx, facts, params.id)
    return tellCatalogued(ctx, await store.change(ctx, params.id, facts))
  },

  async setWindow(ctx, { params, body }) {
    const item = await lockOpen(ctx, params.id)
    const [latest] = await store.listWindows(ctx, params.id)
    const begun = latest !== undefined && latest.since < dayOf(ctx.now)
    if (latest && (begun ? body.since <= latest.since : body.since < latest.since))
      refuse('conflict', 'recognition.window-not-later', { details: { since: latest.since } })
    await store.setWindow(ctx, params.id, body)
    await tellCatalogued(ctx, item)
    return store.listWindows(ctx, params.id)
  },

  async retireItem(ctx, { params, body }) {
    await lockOpen(ctx, params.id, body.version)
    return tellCatalogued(ctx, await store.change(ctx, params.id, { retiredOn: dayOf(ctx.now) }))
  },
}
