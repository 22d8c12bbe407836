import type { Ctx } from '../ctx.ts'
import { nobodysId } from './concern.ts'

/**
 * Law 6 as SQL, over a row `r` of the store. `$1` is the acting institution, `$2` the time, `$3` the residents the
 * actor stands for, `$4` whether it is the system: the same in every statement, so `visible(ctx)` gives the values.
 */
export const grants = `left join lateral (select g.basis, g.depth from kernel.access_grant g
  where g.resident_id = r.resident_id and g.institution_id = $1 and not g.suspended
    and (g.until is null or g.until > $2) order by g.depth, g.basis limit 1) g on true`

/** What a grant of depth `summary` opens besides what its reader has recorded: the person, and what every physician must know first. */
const summary = `'Patient', 'AllergyIntolerance', 'Condition', 'MedicationRequest', 'MedicationStatement', 'Immunization', 'Flag'`

/** What is sensitive: its writers read it, others on a grant that opens all its categories. */
const specific = `(r.sensitivity = 0 or r.institution_id = $1 or exists (select from kernel.access_grant s
  where s.resident_id = r.resident_id and s.institution_id = $1 and not s.suspended
    and (s.until is null or s.until > $2) and (r.sensitivity & ~s.sensitive) = 0))`

export const lawful = `($4 or (r.reader is null or r.reader = kernel.my_id()) and (r.resident_id = any ($3::uuid[])
  or (r.audience is not null and $1 = any (r.audience))
  or (r.audience is null and (r.resident_id = '${nobodysId}' or g.depth = 'full'
    or (g.depth = 'summary' and (r.type in (${summary}) or r.institution_id = $1)))
    and ${specific})))`

/** The four values that `grants` and `lawful` speak of. */
export const visible = (ctx: Ctx): [string | null, Date, readonly string[], boolean] => [
  ctx.actor.institutionId,
  ctx.now,
  ctx.actor.residentIds,
  ctx.actor.kind === 'system',
]

/** On which basis the actor sees what it sees: a grant's, as the resident, or as a party of the case. */
export function basisOf(ctx: Ctx, row: { resident_id: string; basis: string | null }): string {
  if (ctx.actor.residentIds.includes(row.resident_id)) return 'self'
  return row.basis ?? 'own'
}

/** Logs that this resource of a resident was opened; the system's own work is no opening. */
export function logOpened(ctx: Ctx, row: { resident_id: string; basis: string | null }, thing: string): void {
  if (row.resident_id === nobodysId || !isOpening(ctx)) return
  ctx.opened({ residentId: row.resident_id, basis: basisOf(ctx, row), thing })
}

/** A select of lines of the access log from rows `o`, of how their request is said. */
type Opens = (request: string) => string

/** `basisOf` as SQL, and what `logOpened` and `logPage` make of the rows that `gathered` finds. */
const lineOf = (thing: string, request: string) => `o.resident_id, $2 as at,
  case when o.resident_id = any ($3::uuid[]) then 'self' else coalesce(o.basis, 'own') end as basis, ${thing} as thing, ${request} as request_id`
const from = `from found_ o where o.resident_id <> '${nobodysId}'`

/** Each resource found is opened by itself. */
export const opensEach: Opens = (request) =>
  `select ${lineOf(`o.type || '/' || o.id`, request)} ${from} and not o.deleted`

/** Of each resident something was opened, as far as the page goes: the row after it (`n_` = `$6`) only says that there are more. */
export const opensPage: Opens = (request) => `select distinct on (o.asker_, o.resident_id)
  ${lineOf(`$5 || '?'`, request)} ${from} and o.n_ < $6::int order by o.asker_, o.resident_id, o.n_ desc`

/** Whether what this actor reads is an opening. */
export const isOpening = (ctx: Ctx): boolean => ctx.actor.kind !== 'system'
