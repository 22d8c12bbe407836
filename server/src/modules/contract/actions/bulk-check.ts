import type { ServicePackage } from '@tongmai/api/contract/package'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { readBytes } from '../../../kernel/file.ts'
import type { World } from '../../../kernel/world.ts'
import { type Found, findResidents } from '../../resident/index.ts'
import { tell } from '../events.ts'
import { inBatches, type SheetRow, sheetRows } from '../read-sheet.ts'
import { columnsOf, type Line, type Problem, readLine, twice } from '../sheet-line.ts'
import * as store from '../store/bulk.ts'
import { listHolders } from '../store/contract.ts'
import { list as listPackages } from '../store/package.ts'
import { panelDoctors } from './panels.ts'

const BATCH = 1000

/** What the lines of one spreadsheet are compared with. */
interface Around {
  readonly today: string
  /** By name; null where two doctors share it. */
  readonly doctors: ReadonlyMap<string, { teamId: string; doctorId: string } | null>
  readonly packages: readonly ServicePackage[]
  /** How many more each doctor may take; goes down as lines are found good. */
  readonly room: Map<string, number>
}

async function aroundOf(ctx: Ctx, row: store.BulkRow): Promise<Around> {
  const panel = await panelDoctors(ctx, row.institutionId)
  const taken = await store.countByDoctor(ctx, row)
  const asked = { institutionId: row.institutionId, offset: 0, limit: 200 }
  const doctors = new Map<string, { teamId: string; doctorId: string } | null>()
  for (const { doctor, teamId, doctorId } of panel) {
    const before = doctors.get(doctor)
    doctors.set(doctor, before === undefined || before?.doctorId === doctorId ? { teamId, doctorId } : null)
  }
  return {
    ...{ today: dayOf(ctx.now), doctors, packages: (await listPackages(ctx, asked)).items },
    room: new Map(panel.map((one) => [one.doctorId, one.limit - one.held - (taken.get(one.doctorId) ?? 0)])),
  }
}

const isOffered = (one: ServicePackage, today: string): boolean =>
  one.since <= today && (one.until === null || one.until >= today)

/** The packages a line names, or the defaults; or which name is none that can be signed. */
function packagesOf(line: Line, form: store.BulkForm, { packages, today }: Around): string[] | Problem {
  if (line.packages.length === 0) return form.packageIds
  const ids: string[] = []
  for (const name of line.packages) {
    const named = packages.filter((one) => one.name === name || one.code === name)
    const offered = named.find((one) => isOffered(one, today))
    if (!offered)
      return { problem: named.length > 0 ? 'packageNotInForce' : 'packageUnknown', details: { name } }
    ids.push(offered.id)
  }
  return [...new Set(ids)]
}

function residentProblem(line: Line, found: Found | undefined, holders: ReadonlySet<string>): Problem | null {
  if (!found) return { problem: 'unknownResident', details: {} }
  if (found.name !== line.name) return { problem: 'nameDiffers', details: {} }
  if (found.died) return { problem: 'died', details: {} }
  if (!found.open) return { problem: 'notRegisteredHere', details: {} }
  if (found.ward && line.relation === '0') return { problem: 'wardSigns', details: {} }
  return holders.has(found.id) ? { problem: 'secondContract', details: {} } : null
}

interface Known {
  readonly form: store.BulkForm
  readonly around: Around
  readonly found: ReadonlyMap<string, Found>
  readonly holders: ReadonlySet<string>
}

/** A line with its parties and packages, or with the first thing that is wrong with it. */
function judge(line: Line, { form, around, found, holders }: Known): store.CheckedLine {
  const { line: at, name, numberMasked, months } = line
  const resident = found.get(line.number)
  const base = { line: at, name, numberMasked, residentId: resident?.id ?? null }
  const nothing = {
    ...{ teamId: null, doctorId: null, packageIds: null, months: null, signer: null, relation: null },
  }
  const bad = (wrong: Problem): store.CheckedLine => ({ ...base, ...nothing, ...wrong })
  const { signer, relation } = line
  const consent = form.consentVersion
  const outdated: Problem | null =
    line.consent !== '' && line.consent !== consent
      ? { problem: 'consentOutdated', details: { version: line.consent, now: consent } }
      : null
  const wrong = line.wrong ?? outdated ?? residentProblem(line, resident, holders)
  if (wrong) return bad(wrong)
  const chosen = line.doctor === '' ? form : around.doctors.get(line.doctor)
  if (!chosen) return bad({ problem: 'doctorUnknown', details: { name: line.doctor } })
  const packageIds = packagesOf(line, form, around)
  if (!Array.isArray(packageIds)) return bad(packageIds)
  const room = around.room.get(chosen.doctorId) ?? 0
  if (room <= 0) return bad({ problem: 'panelFull', details: {} })
  around.room.set(chosen.doctorId, room - 1)
  const { teamId, doctorId } = chosen
  const signs = signer === '' ? { signer: null, relation: null } : { signer, relation }
  const term = { packageIds, months: months ?? form.months }
  return { ...base, teamId, doctorId, ...term, ...signs, problem: null, details: {} }
}

/** Checks a batch against the database and keeps it, unless another worker has got further already. */
async function keep(ctx: Ctx, id: string, lines: readonly Line[], around: Around): Promise<boolean> {
  const row = await store.lock(ctx, id)
  const last = lines.at(-1)?.line ?? 0
  if (row.status !== 'checking' || row.cursor >= last) return row.status === 'checking'
  const found = await findResidents(ctx, lines.map((one) => one.number).filter(Boolean))
  const ids = [...found.values()].map((one) => one.id)
  const holders = new Set((await listHolders(ctx, ids)).keys())
  const checked = lines.map((line) => judge(line, { form: row.form, around, found, holders }))
  await store.addLines(ctx, row, checked)
  const bad = checked.filter((one) => one.problem !== null).length
  const next = await store.change(ctx, row, {
    ...{
      cursor: last,
      total: row.total + lines.length,
      bad: row.bad + bad,
      good: row.good + lines.length - bad,
    },
  })
  await tellMoved(ctx, next)
  return true
}

/** Lets the pages that watch it know how far it is. */
export const tellMoved = (ctx: Ctx, row: store.BulkRow): Promise<void> =>
  tell(ctx, 'contract.bulk-moved', {
    thing: `contract-bulk:${row.id}`,
    audience: [row.institutionId],
    data: { id: row.id, status: row.status, total: row.total, done: row.done },
  })

/** The lines of a file, each judged by itself and against those before it. */
async function* linesOf(
  rows: AsyncIterable<SheetRow> | Iterable<SheetRow>,
  today: string,
): AsyncGenerator<Line> {
  const seen = new Map<string, number>()
  let columns: ReturnType<typeof columnsOf>
  for await (const row of rows) {
    if (row.cells.every((cell) => cell === '')) continue
    if (!columns) {
      columns = columnsOf(row)
      if (!columns) throw new Unreadable('no columns of names and numbers')
      continue
    }
    const line = readLine(row, columns, today)
    yield { ...line, wrong: line.wrong ?? twice(line, seen) }
  }
  if (!columns) throw new Unreadable('no heading')
}

class Unreadable extends Error {}

/**
 * The dry run: every line is judged and kept with what is wrong with it; nothing is signed. Goes on after the line it
 * had reached when it was killed.
 */
export async function checkBulk(world: World, id: string): Promise<void> {
  const row = await world.asSystem(null, (ctx) => store.find(ctx, id))
  if (row.status !== 'checking') return
  const as = <T>(work: (ctx: Ctx) => Promise<T>) => world.asSystem(row.institutionId, work)
  const around = await as((ctx) => aroundOf(ctx, row))
  const finish = (status: 'checked' | 'failed') =>
    as(async (ctx) => {
      const now = await store.lock(ctx, id)
      if (now.status === 'checking') await tellMoved(ctx, await store.change(ctx, now, { status, cursor: 0 }))
    })
  try {
    const bytes = await readBytes(world.dataDir, row.fileHash)
    const rows = sheetRows(bytes)
    for await (const lines of inBatches(linesOf(rows, around.today), BATCH)) {
      const fresh = lines.filter((one) => one.line > row.cursor)
      if (fresh.length > 0 && !(await as((ctx) => keep(ctx, id, fresh, around)))) return
    }
  } catch (error) {
    world.log.warn({ err: error, bulk: id }, 'a spreadsheet cannot be read')
    return finish('failed')
  }
  await finish('checked')
}
