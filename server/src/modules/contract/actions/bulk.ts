import type { bulkApi } from '@tongmai/api/contract/bulk'
import { ownInstitution } from '../../../kernel/actor.ts'
import { attach } from '../../../kernel/file.ts'
import { enqueue } from '../../../kernel/job.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import * as store from '../store/bulk.ts'
import { findConsent } from '../store/rule.ts'
import { tellMoved } from './bulk-check.ts'
import { requirePackages, requireParty } from './party.ts'

/** A spreadsheet is checked, looked at by a person, then signed; the work itself is done by jobs. */
export const bulkActions: Actions<typeof bulkApi> = {
  async startBulk(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    await requireParty(ctx, body, institutionId)
    await requirePackages(ctx, institutionId, body.packageIds)
    const consent = await findConsent(ctx)
    if (consent.version !== body.consentVersion) {
      refuse('conflict', 'contract.consent-outdated', { details: { version: consent.version } })
    }
    await attach(ctx, [body.hash])
    const id = ctx.id()
    await store.add(ctx, { id, institutionId, form: body, consentHash: consent.hash })
    await enqueue(ctx, 'contract.check-bulk', { id })
    return store.shownOf(await store.find(ctx, id))
  },

  listBulks: (ctx, { query }) => store.list(ctx, query),

  readBulk: async (ctx, { params }) => store.shownOf(await store.find(ctx, params.id)),

  listBulkLines: async (ctx, { params, query }) =>
    store.listLines(ctx, await store.find(ctx, params.id), query),

  async signBulk(ctx, { params }) {
    const row = await store.lock(ctx, params.id)
    if (row.status !== 'checked')
      refuse('conflict', 'contract.bulk-not-checked', { details: { status: row.status } })
    const next = await store.change(ctx, row, { status: 'signing', cursor: 0 })
    await enqueue(ctx, 'contract.sign-bulk', { id: row.id })
    await tellMoved(ctx, next)
    return store.shownOf(next)
  },
}
