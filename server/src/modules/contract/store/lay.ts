import type { Ctx } from '../../../kernel/ctx.ts'

/** A service to be laid: what its contract owes, with whom it is. */
export interface NewService {
  readonly residentId: string
  readonly contractId: string
  readonly id: string
  /** Index into the templates. */
  readonly template: number
  readonly assigneeId: string | null
}

/** What very many services have in common. */
export interface Template {
  readonly communityId: string
  readonly teamId: string
  readonly packageCode: string
  readonly itemCode: string
  readonly itemName: string
  readonly seq: number
  readonly performer: string
  readonly evidence: readonly string[]
  readonly priceFen: number
  readonly dueFrom: string
  readonly dueOn: string
}

const LAY = `insert into contract.service
    (resident_id, contract_id, id, community_id, team_id, package_code, item_code, item_name, seq, performer, evidence,
      price_fen, due_from, due_on, assignee_id, status)
  select s.resident_id, s.contract_id, s.id, t."communityId", t."teamId", t."packageCode", t."itemCode", t."itemName", t.seq,
    t.performer, t.evidence, t."priceFen", t."dueFrom", t."dueOn", s.assignee_id, 'due'
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::uuid[]) s (resident_id, contract_id, id, at, assignee_id)
  join jsonb_to_recordset($6::jsonb) t (at int, "communityId" uuid, "teamId" uuid, "packageCode" text, "itemCode" text,
    "itemName" text, seq int, performer text, evidence text[], "priceFen" int, "dueFrom" date, "dueOn" date) on t.at = s.at`

/** Lays very many services in one statement. */
export async function lay(
  ctx: Ctx,
  services: readonly NewService[],
  templates: readonly Template[],
): Promise<void> {
  if (services.length === 0) return
  await ctx.client.query({
    name: 'contract-lay-services',
    text: LAY,
    values: [
      services.map((one) => one.residentId),
      services.map((one) => one.contractId),
      services.map((one) => one.id),
      services.map((one) => one.template),
      services.map((one) => one.assigneeId),
      JSON.stringify(templates.map((one, at) => ({ ...one, at }))),
    ],
  })
}

/** A service as it was laid, for demonstrations. */
export interface Laid {
  readonly residentId: string
  readonly contractId: string
  readonly id: string
  readonly dueFrom: string
  readonly dueOn: string
  readonly evidence: readonly string[]
  readonly assigneeId: string | null
}

/** Every service that may be done by a day, in a fixed order. Call as the system. */
export async function listLaid(ctx: Ctx, until: string): Promise<Laid[]> {
  const { rows } = await ctx.client.query<Laid>({
    text: `select resident_id as "residentId", contract_id as "contractId", id, due_from::text as "dueFrom", due_on::text as "dueOn",
      evidence, assignee_id as "assigneeId" from contract.service where due_from <= $1 order by contract_id, item_code, seq`,
    values: [until],
  })
  return rows
}

/** What became of a service. */
export interface Delivered {
  readonly residentId: string
  readonly contractId: string
  readonly id: string
  readonly status: 'done' | 'refused'
  readonly at: Date
  readonly by: string | null
  readonly note: string
  readonly proof: unknown
}

/** Writes down what became of very many services; for demonstrations. */
export async function deliverMany(ctx: Ctx, all: readonly Delivered[]): Promise<void> {
  await ctx.client.query({
    text: `update contract.service s set status = d.status, done_at = case when d.status = 'done' then d.at end, done_by = d.by,
        recorded_at = d.at, note = d.note, proof = d.proof
      from jsonb_to_recordset($1::jsonb) d ("residentId" uuid, "contractId" uuid, id uuid, status text, at timestamptz, by uuid,
        note text, proof jsonb)
      where s.resident_id = d."residentId" and s.contract_id = d."contractId" and s.id = d.id`,
    values: [JSON.stringify(all)],
  })
}
