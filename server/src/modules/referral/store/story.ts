import type { ReferralStatus } from '@tongmai/api/referral/flow'
import type { Referral, ReferralStep } from '@tongmai/api/referral/shape'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { cardOf } from './line.ts'
import { tables, visible } from './referral.ts'
import { type ReferralRow, readRow } from './row.ts'

interface TellingStep {
  id: string
  at: string
  move: string
  from: ReferralStatus | null
  to: ReferralStatus
  by: string | null
  institution: string | null
  comment: string | null
  reason: string | null
  client: string
  attachments: string[]
}
interface Said {
  id: string
  at: string
  by: string | null
  institution: string | null
  institutionId: string
  text: string
}

const steps = sql<TellingStep[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'at', s.at, 'move', s.move, 'from', s.from_status,
    'to', s.to_status, 'by', coalesce(p.name, a.name, s.actor_id), 'institution', i.short_name,
    'comment', s.comment, 'reason', s.reason, 'client', s.client, 'attachments', s.attachments) order by s.at, s.id), '[]')
  from referral.step s
  left join workforce.name p on p.id = s.practitioner_id
  left join identity.account_name a on a.id = case when s.actor_kind = 'staff' then s.actor_id::uuid end
  left join network.name i on i.id = s.institution_id
  where s.referral_id = r.id)`

const messages = sql<Said[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'at', m.at, 'by', coalesce(p.name, a.name, m.actor_id),
    'institution', i.short_name, 'institutionId', m.institution_id, 'text', m.text) order by m.at, m.id), '[]')
  from referral.message m
  left join workforce.name p on p.id = m.practitioner_id
  left join identity.account_name a on a.id = case when m.actor_kind = 'staff' then m.actor_id::uuid end
  left join network.name i on i.id = m.institution_id
  where m.referral_id = r.id)`

const child = sql<string | null>`(
  select c.id from referral.referral c where c.parent_id = r.id and c.direction = 'down'
    and c.status not in ('rejected', 'declinedByPatient', 'withdrawn', 'cancelled') limit 1)`

const children = sql<Referral['children']>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'direction', c.direction,
    'status', c.status, 'to', coalesce(n.short_name, '')) order by c.written_at), '[]')
  from referral.referral c left join network.name n on n.id = c.to_institution_id where c.parent_id = r.id)`

const holderName = sql<string | null>`(
  select a.name from identity.account_name a where a.id::text = r.holder_id)`

const institution = (id: string) =>
  sql<{ name: string; shortName: string } | null>`(
  select jsonb_build_object('name', n.name, 'shortName', n.short_name) from network.name n where n.id = ${sql.ref(id)})`
const departmentName = (id: ReturnType<typeof sql>) =>
  sql<string | null>`(select d.name from network.department_name d where d.id = ${id})`
const doctorName = (id: ReturnType<typeof sql>) =>
  sql<string | null>`(select w.name from workforce.name w where w.id = ${id} limit 1)`

/** A referral with its names, its story and its thread: everything of the case page in one statement. */
export interface Told {
  readonly row: ReferralRow
  readonly names: {
    readonly resident: Referral['resident']
    readonly from: Referral['from']
    readonly to: Referral['to']
    readonly fromDepartment: string | null
    readonly fromPractitioner: string | null
    readonly toDepartment: string | null
    readonly toPractitioner: string | null
    readonly arrangedDepartment: string | null
    readonly arrangedPractitioner: string | null
    readonly treating: string | null
    readonly holder: string | null
    readonly holderInstitution: string | null
  }
  readonly steps: ReferralStep[]
  readonly messages: Referral['messages']
  readonly childId: string | null
  readonly children: Referral['children']
}

/** Everything of one referral, or 404. */
export async function findStory(ctx: Ctx, id: string): Promise<Told> {
  const found = await visible(ctx)
    .leftJoin('resident.card as card', 'card.id', 'r.residentId')
    .selectAll('r')
    .select([
      'card.nameMasked',
      'card.sex',
      'card.birthDate',
      'card.idMasked',
      institution('r.fromInstitutionId').as('sender'),
      institution('r.toInstitutionId').as('receiver'),
      departmentName(sql`r.from_department_id`).as('fromDepartment'),
      departmentName(sql`r.to_department_id`).as('toDepartment'),
      departmentName(sql`(r.arrangement ->> 'departmentId')::uuid`).as('arrangedDepartment'),
      doctorName(sql`r.from_practitioner_id`).as('fromPractitioner'),
      doctorName(sql`r.to_practitioner_id`).as('toPractitioner'),
      doctorName(sql`(r.arrangement ->> 'practitionerId')::uuid`).as('arrangedPractitioner'),
      doctorName(sql`r.treating_practitioner_id`).as('treating'),
      steps.as('steps'),
      messages.as('messages'),
      child.as('childId'),
      children.as('children'),
      holderName.as('holder'),
      institution('r.holderInstitutionId').as('holderInstitution'),
    ])
    .where('r.id', '=', id)
    .executeTakeFirst()
  if (!found) return refuse('missing', 'referral.missing')
  const nobody = { name: '', shortName: '' }
  return {
    row: readRow(found),
    names: {
      resident: cardOf(found.residentId, found),
      from: { id: found.fromInstitutionId, ...(found.sender ?? nobody) },
      to: { id: found.toInstitutionId, ...(found.receiver ?? nobody) },
      fromDepartment: found.fromDepartment,
      fromPractitioner: found.fromPractitioner,
      toDepartment: found.toDepartment,
      toPractitioner: found.toPractitioner,
      arrangedDepartment: found.arrangedDepartment,
      arrangedPractitioner: found.arrangedPractitioner,
      treating: found.treating,
      holder: found.holder,
      holderInstitution: found.holderInstitution?.shortName ?? null,
    },
    steps: found.steps.map((step) => ({ ...step, at: new Date(step.at), by: step.by ?? '' })),
    messages: found.messages.map(({ institutionId, ...said }) => ({
      ...said,
      at: new Date(said.at),
      by: said.by ?? '',
      mine: institutionId === ctx.actor.institutionId,
    })),
    childId: found.childId,
    children: found.children,
  }
}

/** Adds a line to the thread. */
export async function addMessage(ctx: Ctx, row: ReferralRow, text: string): Promise<string> {
  const id = ctx.id()
  await tables(ctx)
    .insertInto('referral.message')
    .values({
      residentId: row.residentId,
      referralId: row.id,
      id,
      at: ctx.now,
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
      practitionerId: ctx.actor.practitionerId,
      institutionId: ctx.actor.institutionId ?? row.fromInstitutionId,
      text,
    })
    .execute()
  return id
}
