import type { practitionerApi } from '@tongmai/api/workforce/practitioner'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { requireDepartment } from '../../network/index.ts'
import { tell } from '../events.ts'
import { isOwnStaff } from '../policy.ts'
import * as licences from '../store/licence.ts'
import * as store from '../store/practitioner.ts'
import { addLicenceTo, endLicenceOf } from './licence.ts'
import { projectPractitioner } from './project.ts'
import { days, shown, shownLicence } from './shown.ts'
import { staffCsv } from './staff-csv.ts'

const EXPORT_MAX = 10_000
const YEARS_AHEAD = 30

/** Refuses days that can only be typing errors: an end before the beginning, a beginning or an end far ahead. */
export function checkSpan(ctx: Ctx, span: { since: string; until: string | null }): void {
  const today = dayOf(ctx.now)
  const problem = (path: string, is: string) =>
    refuse('invalid', `workforce.${is}`, { fields: [{ path: `body.${path}`, problem: `workforce.${is}` }] })
  if (span.since > dayAfter(today, 366) || span.since < '1940-01-01') problem('since', 'day-out-of-range')
  if (span.until === null) return
  if (span.until > dayAfter(today, 366 * YEARS_AHEAD)) problem('until', 'day-out-of-range')
  if (span.until < span.since) problem('until', 'ends-before-it-begins')
}

/** One's own staff, held; the staff of others is not one's part. */
export async function lockOwn(ctx: Ctx, id: string): Promise<store.PractitionerRow> {
  allow(isOwnStaff(ctx.actor, await store.find(ctx, id)), 'workforce.not-your-staff')
  return store.lock(ctx, id)
}

export const practitionerActions: Actions<typeof practitionerApi> = {
  async listStaff(ctx, { query }) {
    const { offset, limit, institutionId, ...filter } = query
    const at = await days(ctx)
    const of = institutionId ?? ownInstitution(ctx.actor)
    return store.listStaff(ctx, { ...filter, institutionId: of }, { ...at, offset, limit })
  },

  async exportStaff(ctx, { query }) {
    const at = await days(ctx)
    const filter = { ...query, institutionId: ownInstitution(ctx.actor) }
    return staffCsv(await store.staff(ctx, filter, at).limit(EXPORT_MAX).execute(), at.today)
  },

  read: async (ctx, { params }) => shown(ctx, await store.find(ctx, params.id)),

  async add(ctx, { body }) {
    const { departmentId, since, ...person } = body
    const institutionId = ownInstitution(ctx.actor)
    checkSpan(ctx, { since, until: null })
    if (departmentId) await requireDepartment(ctx, institutionId, departmentId)
    const row = await store.add(ctx, { ...person, id: ctx.id(), institutionId, sourceKey: null })
    const site = { practitionerId: row.id, id: ctx.id(), institutionId, departmentId, isPrimary: true }
    await store.addSite(ctx, { ...site, since, until: null })
    await projectPractitioner(ctx, row)
    await tell(ctx, 'workforce.practitioner-added', {
      thing: `practitioner:${row.id}`,
      audience: [institutionId],
      data: { practitionerId: row.id, institutionId },
    })
    return shown(ctx, row)
  },

  async edit(ctx, { params, body }) {
    const { version, ...person } = body
    const before = await lockOwn(ctx, params.id)
    const row = await store.change(ctx, { id: before.id, version }, person)
    await projectPractitioner(ctx, row)
    const institutionId = ownInstitution(ctx.actor)
    await tell(ctx, 'workforce.practitioner-changed', {
      thing: `practitioner:${row.id}`,
      audience: [institutionId],
      data: { practitionerId: row.id, institutionId },
    })
    return shown(ctx, row)
  },

  async addLicence(ctx, { params, body }) {
    const row = await lockOwn(ctx, params.id)
    checkSpan(ctx, body)
    await addLicenceTo(ctx, row, body)
    return shown(ctx, row)
  },

  async endLicence(ctx, { params, body }) {
    const licence = await licences.find(ctx, params.id)
    const row = await lockOwn(ctx, licence.practitionerId)
    await endLicenceOf(ctx, row, licence, body.until)
    return shown(ctx, row)
  },

  async addSite(ctx, { params, body }) {
    const institutionId = ownInstitution(ctx.actor)
    checkSpan(ctx, body)
    const row = await asSystem(ctx, (all) => store.lock(all, params.id))
    if (row.external) refuse('conflict', 'workforce.external')
    if (body.departmentId) await requireDepartment(ctx, institutionId, body.departmentId)
    const today = dayOf(ctx.now)
    const open = (await store.listSites(ctx, row.id)).filter((s) => s.until === null || s.until >= today)
    if (open.some((s) => s.institutionId === institutionId)) refuse('conflict', 'workforce.site-known')
    if (body.primary && open.some((s) => s.isPrimary)) refuse('conflict', 'workforce.primary-site-elsewhere')
    const { primary, ...span } = body
    await store.addSite(ctx, {
      practitionerId: row.id,
      id: ctx.id(),
      institutionId,
      isPrimary: primary,
      ...span,
    })
    await projectPractitioner(ctx, row)
    await tell(ctx, 'workforce.site-added', {
      thing: `practitioner:${row.id}`,
      audience: [institutionId, ...(row.institutionId ? [row.institutionId] : [])],
      data: { practitionerId: row.id, institutionId },
    })
    return shown(ctx, row)
  },

  async endSite(ctx, { params, body }) {
    const institutionId = ownInstitution(ctx.actor)
    const site = await store.findSite(ctx, params.id)
    allow(site.institutionId === institutionId, 'workforce.not-your-staff')
    if (site.until !== null && site.until <= body.until) refuse('conflict', 'workforce.ended-already')
    checkSpan(ctx, { since: site.since, until: body.until })
    const row = await asSystem(ctx, (all) => store.lock(all, site.practitionerId))
    await store.endSite(ctx, site.id, body.until)
    await projectPractitioner(ctx, row)
    await tell(ctx, 'workforce.site-ended', {
      thing: `practitioner:${row.id}`,
      audience: [institutionId],
      data: { practitionerId: row.id, institutionId },
    })
    return shown(ctx, row)
  },

  async listExpiring(ctx, { query }) {
    const at = await days(ctx)
    const day = dayAfter(at.today, query.days)
    const institutionId = ownInstitution(ctx.actor)
    const found = await licences.listEndingBy(ctx, { day, institutionId, ...query })
    const items = found.items.map((row) => ({
      practitionerId: row.practitionerId,
      name: row.name,
      kind: row.practitionerKind,
      licence: shownLicence(row, { ...at, lastQuiet: day }),
    }))
    return { items, total: found.total }
  },

  listActs: (ctx) => licences.listRules(ctx, dayOf(ctx.now)),
}
