import type { Licence, Practitioner } from '@tongmai/api/workforce/practitioner'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { stateOf } from '../licence-rule.ts'
import * as licences from '../store/licence.ts'
import * as store from '../store/practitioner.ts'
import { teamsOf } from '../store/team.ts'

/** Today, and the day up to which the end of a licence is near enough to be called expiring. */
export async function days(ctx: Ctx): Promise<store.Days> {
  const today = dayOf(ctx.now)
  return { today, lastQuiet: dayAfter(today, await licences.ruleOf(ctx, 'licenceNoticeDays', today)) }
}

/** A licence as it may be shown. */
export const shownLicence = (row: licences.LicenceRow, { today, lastQuiet }: store.Days): Licence => ({
  id: row.id,
  kind: row.kind,
  number: row.numberMasked,
  scopes: row.scopes,
  since: row.since,
  until: row.until,
  state: stateOf(row, today, lastQuiet),
})

/** One practitioner with all that belongs to them. */
export async function shown(ctx: Ctx, row: store.PractitionerRow): Promise<Practitioner> {
  const at = await days(ctx)
  const [sites, held, teams] = await Promise.all([
    store.listSites(ctx, row.id),
    licences.list(ctx, row.id),
    teamsOf(ctx, row.id),
  ])
  const { id, institutionId, name, sex, kind, title, phone, external, version } = row
  return {
    ...{ id, institutionId, name, sex, kind, title, phone, external, version },
    sites: sites.map((s) => ({
      id: s.id,
      institutionId: s.institutionId,
      institution: s.institution ?? '',
      departmentId: s.departmentId,
      department: s.department,
      primary: s.isPrimary,
      since: s.since,
      until: s.until,
    })),
    licences: held.map((licence) => shownLicence(licence, at)),
    teams,
  }
}
