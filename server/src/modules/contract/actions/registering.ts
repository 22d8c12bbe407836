import type { RegisterAnswer, registerApi, registerForm } from '@tongmai/api/contract/register'
import type * as z from 'zod/mini'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { readBytes } from '../../../kernel/file.ts'
import { type Actions, prepared } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type Found, findResidents } from '../../resident/index.ts'
import { tell } from '../events.ts'
import { readWhole, type SheetRow, textRows } from '../read-sheet.ts'
import { type RegisterLine, readRegister, type Wrong } from '../register-line.ts'
import * as store from '../store/register.ts'
import { filesFolder } from './document.ts'

const BATCH = 1000
/** So many lines are one register; a city's comes in parts. */
const LINES = 100_000
/** So many bad lines are named; a file with more is not what it says. */
const NAMED = 5_000

type Form = z.output<typeof registerForm>

/** The rows of the table that was sent or uploaded. */
async function rowsOf({ csv, hash }: Form): Promise<SheetRow[]> {
  if ((csv === undefined) === (hash === undefined)) refuse('invalid', 'contract.register-one-table')
  if (hash === undefined) return [...textRows(csv ?? '')]
  const bytes = await readBytes(filesFolder(), hash)
  return (await readWhole(bytes, LINES)) ?? refuse('unprocessable', 'contract.register-unreadable')
}

/** The people behind the numbers of a file; as the system, since a number of anybody may stand in it. */
async function foundIn(ctx: Ctx, lines: readonly RegisterLine[]): Promise<Map<string, Found>> {
  const numbers = lines.map((one) => one.number).filter(Boolean)
  const all = new Map<string, Found>()
  for (let from = 0; from < numbers.length; from += BATCH) {
    const part = await asSystem(ctx, (system) => findResidents(system, numbers.slice(from, from + BATCH)))
    for (const [number, found] of part) all.set(number, found)
  }
  return all
}

function wrongOf(line: RegisterLine, found: Found | undefined): Wrong | null {
  if (line.wrong) return line.wrong
  if (!found) return { problem: 'unknownResident', details: {} }
  if (!found.open) return { problem: 'notRegisteredHere', details: {} }
  if (found.name !== line.name) return { problem: 'nameDiffers', details: {} }
  return found.died ? { problem: 'died', details: {} } : null
}

type Effect = 'added' | 'changed' | 'unchanged'

/** What a good line makes of somebody's entry. */
function entryOf(
  line: RegisterLine,
  around: { residentId: string; before: store.Entry | undefined; today: string; source: string },
): { effect: Effect; entry: store.Entry } {
  const { residentId, before, today, source } = around
  const held = before && (before.until === null || before.until >= today) ? before : undefined
  const entry = { residentId, since: line.since ?? held?.since ?? today, until: line.until, source }
  if (!held) return { effect: 'added', entry }
  const same = held.since === entry.since && held.until === entry.until && held.source === source
  return { effect: same ? 'unchanged' : 'changed', entry }
}

/** Judges every line and, but for a dry run, takes the good ones; one transaction, so that it is done whole or not at all. */
async function take(
  ctx: Ctx,
  { group, source, whole, dryRun }: Form,
  rows: readonly SheetRow[],
): Promise<RegisterAnswer> {
  const today = dayOf(ctx.now)
  const lines = readRegister(rows, today) ?? refuse('unprocessable', 'contract.register-columns')
  const found = await foundIn(ctx, lines)
  const register = await store.lockRegister(ctx, group)
  const counts: Record<Effect, number> = { added: 0, changed: 0, unchanged: 0 }
  const [problems, entries]: [RegisterAnswer['problems'], store.Entry[]] = [[], []]
  for (const line of lines) {
    const person = found.get(line.number)
    const wrong = wrongOf(line, person)
    if (wrong || !person) {
      if (wrong) problems.push({ line: line.line, name: line.name, ...wrong })
      continue
    }
    const around = { residentId: person.id, before: register.get(person.id), today, source }
    const { effect, entry } = entryOf(line, around)
    counts[effect] += 1
    if (effect !== 'unchanged') entries.push(entry)
  }
  // Whoever is named stays, also where the line has another fault.
  const named = new Set([...found.values()].map((one) => one.id))
  const gone = [...register.values()].filter(
    (one) => whole && !named.has(one.residentId) && (one.until === null || one.until >= today),
  )
  if (!dryRun) {
    await store.putEntries(ctx, group, entries)
    await store.endEntries(ctx, group, { residentIds: gone.map((one) => one.residentId), from: today })
    await announce(ctx, { group, source, ...counts, ended: gone.length })
  }
  const answer = { lines: lines.length, ...counts, ended: gone.length, bad: problems.length }
  return { ...answer, problems: problems.slice(0, NAMED) }
}

async function announce(
  ctx: Ctx,
  done: { group: string; source: string; added: number; changed: number; unchanged: number; ended: number },
): Promise<void> {
  const { unchanged: _, ...data } = done
  if (data.added + data.changed + data.ended === 0) return
  await tell(ctx, 'contract.register-imported', {
    ...{ thing: `contract-register:${data.group}`, audience: [ownInstitution(ctx.actor)], data },
  })
}

/** Registers of priority groups: authorities keep them, a community takes them over. */
export const registering: Actions<typeof registerApi> = {
  listRegisters: (ctx) => store.listRegisters(ctx),
  listRegistered: (ctx, { query }) => store.listRegistered(ctx, query),
  importRegister: prepared(
    ({ body }) => rowsOf(body),
    (ctx, { body }, rows) => take(ctx, body, rows),
  ),
}
