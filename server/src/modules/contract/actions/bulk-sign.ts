import type { FrozenPackage } from '@tongmai/api/contract/shape'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { World } from '../../../kernel/world.ts'
import * as store from '../store/bulk.ts'
import { listByIds } from '../store/package.ts'
import { lockPanels } from '../store/panel.ts'
import type { ContractRow } from '../store/row.ts'
import { tellMoved } from './bulk-check.ts'
import { signMany } from './many.ts'
import { type Act, newContract } from './signing.ts'

const BATCH = 500
/** So many doctors beside each other: more would only wait for the same disk. */
const LANES = 2

type GoodLine = Awaited<ReturnType<typeof store.claimGood>>[number]

/** The versions that lines chose, frozen. */
async function frozenOf(ctx: Ctx, lines: readonly GoodLine[]): Promise<Map<string, FrozenPackage>> {
  const ids = [...new Set(lines.flatMap((one) => one.packageIds ?? []))]
  const found = await listByIds(ctx, ids)
  return new Map(
    found.map(({ id, code, version, name, level, fee, items }) => [
      id,
      { id, code, version, name, level, fee, items },
    ]),
  )
}

/** Signs the next lines of one doctor; false when none is left, or another worker holds them. */
async function signSome(ctx: Ctx, id: string, doctorId: string): Promise<boolean> {
  const row = await store.find(ctx, id)
  if (row.status !== 'signing') return false
  const lines = await store.claimGood(ctx, row, doctorId, BATCH)
  if (lines.length === 0) return false
  const panel = (await lockPanels(ctx, row.institutionId, [doctorId])).get(doctorId)
  const room = Math.max(0, (panel?.limit ?? 0) - (panel?.held ?? 0))
  const frozen = await frozenOf(ctx, lines)
  const rows = new Map(lines.slice(0, room).map((line) => [line, contractOf(ctx, row, line, frozen)]))
  const added = new Set((await signMany(ctx, [...rows.values()])).map((one) => one.id))
  const outcomes: store.Outcome[] = [
    ...lines.slice(room).map(({ line }) => ({ line, contractId: null, problem: 'panelFull' as const })),
    ...[...rows].map(([{ line }, { id: contractId }]) =>
      added.has(contractId)
        ? { line, contractId, problem: null }
        : { line, contractId: null, problem: 'secondContract' as const },
    ),
  ]
  await store.changeLines(ctx, row, outcomes)
  const failed = outcomes.filter((one) => one.problem !== null).length
  await tellMoved(ctx, await store.count(ctx, row, { done: lines.length - failed, failed }))
  return true
}

/** Done, once no line is left; while another worker holds some, it is that worker's to say so. */
async function finish(ctx: Ctx, id: string): Promise<void> {
  const row = await store.lock(ctx, id)
  if (row.status !== 'signing' || (await store.listWhose(ctx, row)).length > 0) return
  await tellMoved(ctx, await store.change(ctx, row, { status: 'done' }))
}

function contractOf(
  ctx: Ctx,
  row: store.BulkRow,
  line: GoodLine,
  frozen: ReadonlyMap<string, FrozenPackage>,
): ContractRow {
  const { form } = row
  const act: Act = {
    ...{
      communityId: row.institutionId,
      teamId: line.teamId ?? form.teamId,
      doctorId: line.doctorId ?? form.doctorId,
    },
    ...{ secondaryId: form.secondaryId, tertiaryId: form.tertiaryId, actId: ctx.id() },
    ...{ months: line.months ?? form.months, startsOn: dayOf(ctx.now), channel: 'bulk' },
    signed: {
      ...{ consentVersion: form.consentVersion, consentHash: row.consentHash },
      signature: {
        ...{ kind: 'paper', signer: line.signer ?? line.name, relation: line.relation ?? '0', hash: null },
      },
    },
  }
  const packages = (line.packageIds ?? []).flatMap((id) => frozen.get(id) ?? [])
  const residentId = line.residentId ?? ''
  return {
    ...newContract(ctx, act, { residentId, packages, prevId: null, applies: false }),
    authorId: row.createdBy,
  }
}

/**
 * Signs what is left of a spreadsheet, some hundred lines in each transaction, the lines of different doctors beside each
 * other; killed, it goes on where it was.
 */
export async function signBulk(world: World, id: string): Promise<void> {
  const row = await world.asSystem(null, (ctx) => store.find(ctx, id))
  const as = <T>(work: (ctx: Ctx) => Promise<T>) => world.asSystem(row.institutionId, work)
  const doctors = await as((ctx) => store.listWhose(ctx, row))
  const lane = async () => {
    for (let doctorId = doctors.shift(); doctorId; doctorId = doctors.shift()) {
      const whose = doctorId
      while (await as((ctx) => signSome(ctx, id, whose)));
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  await as((ctx) => finish(ctx, id))
}
