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

type GoodLine = Awaited<ReturnType<typeof store.listGood>>[number]

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

/** Signs the next lines; false when there are none left or another worker has finished. */
async function signSome(ctx: Ctx, id: string): Promise<boolean> {
  const row = await store.lock(ctx, id)
  if (row.status !== 'signing') return false
  const lines = await store.listGood(ctx, row, BATCH)
  if (lines.length === 0) {
    await tellMoved(ctx, await store.change(ctx, row, { status: 'done' }))
    return false
  }
  const panels = await lockPanels(
    ctx,
    row.institutionId,
    lines.map((one) => one.doctorId ?? ''),
  )
  const room = new Map([...panels].map(([doctorId, { held, limit }]) => [doctorId, limit - held]))
  const frozen = await frozenOf(ctx, lines)
  const full: GoodLine[] = []
  const rows = new Map<GoodLine, ContractRow>()
  for (const line of lines) {
    const left = room.get(line.doctorId ?? '') ?? 0
    if (left <= 0) full.push(line)
    else rows.set(line, contractOf(ctx, row, line, frozen))
    room.set(line.doctorId ?? '', left - 1)
  }
  const added = new Set((await signMany(ctx, [...rows.values()])).map((one) => one.id))
  const outcomes: store.Outcome[] = [
    ...full.map((one) => ({ line: one.line, contractId: null, problem: 'panelFull' as const })),
    ...[...rows].map(([{ line }, { id: contractId }]) =>
      added.has(contractId)
        ? { line, contractId, problem: null }
        : { line, contractId: null, problem: 'secondContract' as const },
    ),
  ]
  await store.changeLines(ctx, row, outcomes)
  const failed = outcomes.filter((one) => one.problem !== null).length
  const next = await store.change(ctx, row, {
    ...{ cursor: lines.at(-1)?.line ?? row.cursor, done: row.done + lines.length - failed },
    ...{ good: row.good - failed, bad: row.bad + failed },
  })
  await tellMoved(ctx, next)
  return true
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

/** Signs what is left of a spreadsheet, some hundred lines in each transaction; killed, it goes on where it was. */
export async function signBulk(world: World, id: string): Promise<void> {
  const { institutionId } = await world.asSystem(null, (ctx) => store.find(ctx, id))
  while (await world.asSystem(institutionId, (ctx) => signSome(ctx, id)));
}
