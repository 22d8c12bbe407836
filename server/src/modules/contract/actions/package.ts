import type { packageApi } from '@tongmai/api/contract/package'
import { ownInstitution } from '../../../kernel/actor.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import * as store from '../store/package.ts'

const wrong = (path: string, problem: string) =>
  refuse('unprocessable', `contract.${problem}`, { fields: [{ path, problem: `contract.${problem}` }] })

/** Packages are published, never changed: each change is the next version, with the day from which it is signed. */
export const packageActions: Actions<typeof packageApi> = {
  async listPackages(ctx, { query }) {
    return store.list(ctx, { ...query, institutionId: query.institutionId ?? ownInstitution(ctx.actor) })
  },

  async publishPackage(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    const last = await store.lockLast(ctx, institutionId, body.code)
    if (body.until && body.until < body.since) wrong('body.until', 'until-before-since')
    if (last && body.since <= last.since) wrong('body.since', 'since-not-after-last-version')
    if (body.since < dayOf(ctx.now)) wrong('body.since', 'since-passed')
    const id = ctx.id()
    const version = (last?.version ?? 0) + 1
    await store.add(ctx, { form: body, id, institutionId, version })
    await tell(ctx, 'contract.package-published', {
      thing: `service-package:${id}`,
      audience: [institutionId],
      data: { code: body.code, version },
    })
    const [added] = await store.listByIds(ctx, [id])
    return added ?? refuse('missing', 'contract.package-missing')
  },

  async endPackage(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (body.until < row.since) wrong('body.until', 'until-before-since')
    await store.end(ctx, row, body.until)
    await tell(ctx, 'contract.package-published', {
      thing: `service-package:${row.id}`,
      audience: [row.institutionId],
      data: { code: row.code, version: row.version },
    })
    return { ...row, until: body.until }
  },
}
