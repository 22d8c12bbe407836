import type { MissionStatus } from '@tongmai/api/dispatch/flow'
import type { Mission, MissionLine, Vital } from '@tongmai/api/dispatch/mission'
import type { MissionKind, MissionUrgency } from '@tongmai/api/dispatch/urgency'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { visible } from './mission.ts'
import type { MissionRow } from './row.ts'
import { tables } from './row.ts'

export interface MissionFilter {
  readonly ids?: readonly string[]
  readonly status?: readonly MissionStatus[] | undefined
  readonly kind?: MissionKind | undefined
  readonly urgency?: MissionUrgency | undefined
  readonly mine?: 'desk' | 'carrier' | 'from' | 'to' | undefined
  readonly thing?: string | undefined
  readonly things?: readonly string[]
  readonly residentId?: string | undefined
  readonly overdue?: boolean | undefined
}

const sides = {
  desk: 'm.deskId',
  carrier: 'm.carrierId',
  from: 'm.fromInstitutionId',
  to: 'm.toInstitutionId',
} as const

const filtered = (ctx: Ctx, f: MissionFilter) =>
  visible(ctx)
    .$if(f.ids !== undefined, (q) => q.where('m.id', 'in', [...(f.ids ?? [])]))
    .$if(f.status !== undefined, (q) => q.where('m.status', 'in', [...(f.status ?? [])]))
    .$if(f.kind !== undefined, (q) => q.where('m.kind', '=', f.kind as MissionKind))
    .$if(f.urgency !== undefined, (q) => q.where('m.urgency', '=', f.urgency as MissionUrgency))
    .$if(f.thing !== undefined, (q) => q.where('m.thing', '=', f.thing as string))
    .$if(f.things !== undefined, (q) => q.where('m.thing', 'in', [...(f.things ?? [])]))
    .$if(f.residentId !== undefined, (q) => q.where('m.residentId', '=', f.residentId as string))
    .$if(f.overdue === true, (q) => q.where('m.due', '<', ctx.now))
    .$if(f.mine !== undefined, (q) =>
      q.where(sides[f.mine ?? 'desk'], '=', ctx.actor.institutionId as string),
    )

const named = (ctx: Ctx, f: MissionFilter) =>
  filtered(ctx, f)
    .leftJoin('resident.card as card', 'card.id', 'm.residentId')
    .leftJoin('network.name as sender', 'sender.id', 'm.fromInstitutionId')
    .leftJoin('network.name as receiver', 'receiver.id', 'm.toInstitutionId')
    .leftJoin('dispatch.vehicle as v', 'v.id', 'm.vehicleId')
    .select([
      'm.id',
      'm.number',
      'm.kind',
      'm.urgency',
      'm.status',
      'm.residentId',
      'm.fromInstitutionId',
      'm.toInstitutionId',
      'm.vehicleId',
      'm.since',
      'm.due',
      'm.expectedAt',
      'm.calledAt',
      'm.version',
      'm.thing',
      'm.entitlement',
      'card.nameMasked',
      'card.sex',
      'card.birthDate',
      'card.idMasked',
      'sender.name as senderName',
      'sender.shortName as senderShort',
      'receiver.name as receiverName',
      'receiver.shortName as receiverShort',
      'v.name as vehicleName',
      'v.plate',
      'v.kind as vehicleKind',
    ])

type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const lineOf = (row: Named): MissionLine => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  urgency: row.urgency,
  status: row.status,
  resident: {
    id: row.residentId,
    // The name stays hidden from who has no basis for this resident: the desk dispatches without it.
    nameMasked: row.nameMasked ?? '*',
    sex: (row.sex ?? 'unknown') as MissionLine['resident']['sex'],
    birthDate: row.birthDate,
    idMasked: row.idMasked,
  },
  from: { id: row.fromInstitutionId, name: row.senderName ?? '', shortName: row.senderShort ?? '' },
  to: { id: row.toInstitutionId, name: row.receiverName ?? '', shortName: row.receiverShort ?? '' },
  vehicle: row.vehicleId
    ? {
        id: row.vehicleId,
        name: row.vehicleName ?? '',
        plate: row.plate ?? '',
        kind: row.vehicleKind ?? 'ambulance',
      }
    : null,
  since: row.since,
  due: row.due,
  expectedAt: row.expectedAt,
  calledAt: row.calledAt,
  version: row.version,
  thing: row.thing,
  entitlement: row.entitlement as MissionLine['entitlement'],
})

/** One page of the missions that the actor's institution has a part in. */
export async function list(
  ctx: Ctx,
  asked: MissionFilter & { sort: 'due' | 'newest'; offset: number; limit: number },
): Promise<Page<MissionLine>> {
  const query = named(ctx, asked)
  const sorted =
    asked.sort === 'due'
      ? query.orderBy(sql`m.due asc nulls last`).orderBy('m.id')
      : query.orderBy('m.calledAt', 'desc').orderBy('m.id')
  const { items, total } = await pageOf(ctx, sorted, asked)
  return { items: items.map(lineOf), total }
}

/** These missions as lines, as far as the actor sees them. */
export async function listLines(ctx: Ctx, filter: MissionFilter): Promise<MissionLine[]> {
  const rows = await named(ctx, filter).orderBy('m.calledAt', 'desc').limit(200).execute()
  return rows.map(lineOf)
}

/** What is told of a mission beside its row: its story, its measurements, what its institutions are called. */
export interface Told {
  readonly steps: Mission['steps']
  readonly vitals: Vital[]
  readonly names: ReadonlyMap<string, { id: string; name: string; shortName: string }>
}

export async function findStory(ctx: Ctx, row: MissionRow): Promise<Told> {
  const steps = await tables(ctx)
    .selectFrom('dispatch.step as s')
    .leftJoin('workforce.name as p', 'p.id', 's.practitionerId')
    .leftJoin('network.name as n', 'n.id', 's.institutionId')
    .select(['s.id', 's.at', 's.move', 's.fromStatus', 's.toStatus', 's.comment'])
    .select(['p.name as by', 'n.shortName as institution'])
    .where('s.missionId', '=', row.id)
    .orderBy('s.at')
    .orderBy('s.id')
    .limit(500)
    .execute()
  const vitals = (await listVitals(ctx, [row.id])).get(row.id) ?? []
  const ids = [row.fromInstitutionId, row.toInstitutionId, row.deskId, row.carrierId].filter(
    (id) => id !== null,
  )
  const names = await tables(ctx)
    .selectFrom('network.name')
    .select(['id', 'name', 'shortName'])
    .where('id', 'in', ids)
    .execute()
  return {
    steps: steps.map(({ fromStatus, toStatus, by, ...step }) => ({
      ...step,
      from: fromStatus,
      to: toStatus,
      by: by ?? '',
    })),
    vitals,
    names: new Map(names.map((one) => [one.id, one])),
  }
}

/** What was measured on these missions, each in the order of time. */
export async function listVitals(ctx: Ctx, missionIds: readonly string[]): Promise<Map<string, Vital[]>> {
  if (missionIds.length === 0) return new Map()
  const rows = await tables(ctx)
    .selectFrom('dispatch.vital as v')
    .leftJoin('workforce.name as p', 'p.id', 'v.practitionerId')
    .selectAll('v')
    .select('p.name as by')
    .where('v.missionId', 'in', [...missionIds])
    .orderBy('v.at')
    .limit(500)
    .execute()
  const vitals = new Map<string, Vital[]>(missionIds.map((id) => [id, []]))
  for (const { residentId: _, missionId, practitionerId: __, institutionId: ___, by, ...rest } of rows)
    vitals.get(missionId)?.push({ ...rest, by: by ?? '' })
  return vitals
}

/** Adds what was measured on the way. */
export async function addVital(
  ctx: Ctx,
  row: MissionRow,
  signs: Omit<Vital, 'id' | 'at' | 'by'>,
): Promise<string> {
  const id = ctx.id()
  await tables(ctx)
    .insertInto('dispatch.vital')
    .values({
      ...signs,
      residentId: row.residentId,
      missionId: row.id,
      id,
      at: ctx.now,
      practitionerId: ctx.actor.practitionerId,
      institutionId: ctx.actor.institutionId ?? row.carrierId ?? row.fromInstitutionId,
    })
    .execute()
  return id
}
