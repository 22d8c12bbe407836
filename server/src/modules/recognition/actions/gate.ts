import type { Gate, GateProblem, gateApi } from '@tongmai/api/recognition/gate'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { findInstitution, findInstitutionByCode, leadsOver, readCsv } from '../../network/index.ts'
import { tell } from '../events.ts'
import { type GateLine, readGates } from '../gate-lines.ts'
import { mayWithdraw } from '../policy.ts'
import * as store from '../store/gate.ts'
import * as items from '../store/item.ts'

const shown = (ctx: Ctx, { byInstitutionId, ...row }: store.GateRow): Gate => ({
  ...row,
  mayWithdraw: row.withdrawnAt === null && mayWithdraw(ctx.actor, { ...row, byInstitutionId }),
})

/** An institution enters its own assessments, a lead also those of the members of its alliances. */
const mayEnterFor = async (ctx: Ctx, institutionId: string): Promise<boolean> => {
  const own = ownInstitution(ctx.actor)
  return own === institutionId || leadsOver(ctx, own, institutionId)
}

const tellAssessed = (ctx: Ctx, gate: Omit<store.NewGate, 'byInstitutionId'>, withdrawn: boolean) =>
  tell(ctx, 'recognition.assessed', {
    thing: `recognition-gate:${gate.id}`,
    audience: [gate.institutionId],
    data: {
      ...{ gateId: gate.id, itemId: gate.itemId, institutionId: gate.institutionId },
      ...{ passed: gate.passed, withdrawn },
    },
  })

async function enter(
  ctx: Ctx,
  gate: Omit<store.NewGate, 'id' | 'byInstitutionId'>,
): Promise<string | undefined> {
  const whole = { ...gate, id: ctx.id(), byInstitutionId: ownInstitution(ctx.actor) }
  if (!(await store.add(ctx, whole))) return undefined
  await tellAssessed(ctx, whole, false)
  return whole.id
}

interface Placed {
  readonly line: GateLine
  readonly institutionId: string
  readonly itemId: string
}

/** Looks codes up; what is unknown or not the caller's to enter is a problem of its line. */
async function placed(ctx: Ctx, lines: readonly GateLine[]): Promise<(Placed | GateProblem)[]> {
  const byCode = new Map((await items.listAll(ctx)).map((item) => [item.code, item.id]))
  const places = new Map<string, { id: string; mine: boolean } | null>()
  for (const code of new Set(lines.map(({ institution }) => institution))) {
    const found = await findInstitutionByCode(ctx, code)
    places.set(code, found ? { id: found.id, mine: await mayEnterFor(ctx, found.id) } : null)
  }
  return lines.map((line) => {
    const [place, itemId] = [places.get(line.institution), byCode.get(line.item)]
    const no = (problem: string, value: string): GateProblem => ({ line: line.line, problem, value })
    if (!place) return no('institution-unknown', line.institution)
    if (!place.mine) return no('institution-not-yours', line.institution)
    if (!itemId) return no('item-unknown', line.item)
    return { line, institutionId: place.id, itemId }
  })
}

const isPlaced = (one: Placed | GateProblem): one is Placed => 'line' in one && typeof one.line === 'object'

async function take(ctx: Ctx, csv: string, dryRun: boolean) {
  const read = readGates(readCsv(csv))
  const all = await placed(ctx, read.lines)
  const problems = [...read.problems, ...all.filter((one): one is GateProblem => !isPlaced(one))]
  const good = all.filter(isPlaced)
  const known = new Set(
    (
      await store.listFor(
        ctx,
        good.map(({ itemId }) => itemId),
        good.map(({ institutionId }) => institutionId),
      )
    ).map((one) => [one.institutionId, one.itemId, one.scope, one.body, one.since].join(' ')),
  )
  const fresh = good.filter(({ line, institutionId, itemId }) => {
    const key = [institutionId, itemId, line.scope, line.body, line.since].join(' ')
    return !known.has(key) && known.add(key)
  })
  const taken = !dryRun && problems.length === 0
  if (taken) {
    for (const { line, institutionId, itemId } of fresh) {
      const { line: _, institution: __, item: ___, ...facts } = line
      await enter(ctx, { ...facts, institutionId, itemId })
    }
  }
  const lines = read.lines.length + read.problems.length
  const sorted = problems.toSorted((a, b) => a.line - b.line).slice(0, 200)
  return { lines, added: fresh.length, unchanged: good.length - fresh.length, problems: sorted, taken }
}

export const gating: Actions<typeof gateApi> = {
  async listGates(ctx, { query }) {
    const { items: rows, total } = await store.list(ctx, query)
    return { items: rows.map((row) => shown(ctx, row)), total }
  },

  async addGate(ctx, { body }) {
    await findInstitution(ctx, body.institutionId)
    const item = await items.find(ctx, body.itemId)
    allow(await mayEnterFor(ctx, body.institutionId), 'recognition.only-own-or-led')
    if (item.retiredOn) refuse('conflict', 'recognition.retired-already')
    if (body.until < body.since)
      refuse('invalid', 'recognition.ends-before-it-starts', {
        fields: [{ path: 'until', problem: 'recognition.ends-before-it-starts' }],
      })
    const id = (await enter(ctx, body)) ?? refuse('conflict', 'recognition.assessed-already')
    return shown(ctx, await store.find(ctx, id))
  },

  async withdrawGate(ctx, { params, body }) {
    const gate = await store.find(ctx, params.id)
    allow(mayWithdraw(ctx.actor, gate), 'recognition.only-own-or-led')
    if (gate.withdrawnAt) refuse('conflict', 'recognition.withdrawn-already')
    const after = await store.withdraw(ctx, gate, body.reason)
    await tellAssessed(ctx, after, true)
    return shown(ctx, after)
  },

  importGates: (ctx, { body }) => take(ctx, body.csv, body.dryRun),
}
