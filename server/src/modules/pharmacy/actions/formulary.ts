import type { pharmacyApi } from '@tongmai/api/pharmacy'
import type { MedicineFacts, MedicineImport, MedicineLine } from '@tongmai/api/pharmacy/medicine'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { lastOf, type ResourceOwner } from '../../../kernel/resource/owner.ts'
import { project } from '../../../kernel/resource/project.ts'
import { readCsv } from '../../network/index.ts'
import { codeProblem } from '../drug-code.ts'
import { tell } from '../events.ts'
import { medicationOf, systems } from '../fhir.ts'
import { keyOf, type Problem, readMedicines, readStock } from '../medicine-lines.ts'
import * as store from '../store/medicine.ts'

const SHOWN_MAX = 200
type Kept = Awaited<ReturnType<typeof store.listFacts>>[number]

const show = (ctx: Ctx, medicine: Parameters<typeof medicationOf>[0]): Promise<unknown> =>
  project(ctx, { resource: medicationOf(medicine), institutionId: null })

function requireCodes(facts: MedicineFacts): void {
  const problem = codeProblem(facts)
  if (!problem) return
  const path = problem.startsWith('base') ? 'body.baseCode' : 'body.insuranceCode'
  refuse('unprocessable', `pharmacy.${problem}`, { fields: [{ path, problem }] })
}

const announce = (ctx: Ctx, medicineId: string): Promise<void> =>
  tell(ctx, 'pharmacy.formulary-changed', { thing: `medicine:${medicineId}`, data: { medicineId } })

const read = (ctx: Ctx, id: string): Promise<MedicineLine> => store.find(ctx, id, ownInstitution(ctx.actor))

const fields = ['category', 'chronic', 'baseCode', 'insuranceCode'] as const
const isSame = (line: MedicineFacts, now: Kept): boolean =>
  !now.retired && fields.every((name) => line[name] === now[name])

type Effect = 'added' | 'changed' | 'unchanged'
const effectOf = (line: MedicineFacts, now: Kept | undefined): Effect => {
  if (!now) return 'added'
  return isSame(line, now) ? 'unchanged' : 'changed'
}

/** The lines whose insurance code another medicine has, in the formulary or in an earlier line. */
function twiceCoded<Line extends MedicineFacts>(
  lines: readonly Line[],
  known: Iterable<Kept>,
): Map<Line, string> {
  const codes = new Map([...known].map((one) => [one.insuranceCode, keyOf(one)]))
  const taken = new Map<Line, string>()
  for (const line of lines) {
    if (line.insuranceCode === null) continue
    const other = codes.get(line.insuranceCode)
    if (other !== undefined && other !== keyOf(line)) taken.set(line, other)
    else codes.set(line.insuranceCode, keyOf(line))
  }
  return taken
}

/** Takes the lines one by one; what is in the formulary already is changed, nothing is taken out of it. */
async function takeMedicines(ctx: Ctx, csv: string, dryRun: boolean): Promise<MedicineImport> {
  const rows = readCsv(csv)
  const { lines, problems } = readMedicines(rows)
  const known = new Map((await store.listFacts(ctx, null, 20_000)).map((one) => [keyOf(one), one]))
  const taken = twiceCoded(lines, known.values())
  const counts = { added: 0, changed: 0, unchanged: 0 }
  for (const read of lines) {
    if (taken.has(read)) continue
    const { line: _, ...facts } = read
    const now = known.get(keyOf(facts))
    const effect = effectOf(facts, now)
    counts[effect] += 1
    if (!dryRun && effect !== 'unchanged') await write(ctx, facts, now)
  }
  const { added, changed } = counts
  if (!dryRun && added + changed > 0)
    await tell(ctx, 'pharmacy.formulary-imported', { thing: 'formulary:all', data: { added, changed } })
  const coded = [...taken].map(([{ line }, value]): Problem => ({ line, problem: 'code-taken', value }))
  return {
    lines: lines.length + problems.length,
    ...counts,
    problems: [...problems, ...coded].slice(0, SHOWN_MAX),
  }
}

async function write(ctx: Ctx, facts: MedicineFacts, now: Kept | undefined): Promise<void> {
  const id = now?.id ?? ctx.id()
  if (now) await store.rewrite(ctx, id, { ...facts, retired: false, version: now.version })
  else await store.add(ctx, { ...facts, id })
  await show(ctx, { ...facts, id, retired: false })
}

/** One's own stock line by line; a medicine that is in no formulary is a problem of its line. */
async function takeStock(ctx: Ctx, csv: string, dryRun: boolean): Promise<MedicineImport> {
  const institutionId = ownInstitution(ctx.actor)
  const rows = readCsv(csv)
  const { lines, problems } = readStock(rows)
  const known = new Map((await store.listAll(ctx, institutionId)).map((one) => [keyOf(one), one]))
  const unknown = lines.filter((line) => !known.has(keyOf(line)))
  const found = lines.flatMap((line) => {
    const now = known.get(keyOf(line))
    return now ? [{ now, state: line.state }] : []
  })
  const changing = found.filter(({ now, state }) => now.state !== state)
  const added = changing.filter(({ now }) => now.state === null).length
  if (!dryRun)
    await store.change(
      ctx,
      found.map(({ now, state }) => ({ institutionId, medicineId: now.id, state })),
    )
  return {
    ...{ lines: lines.length + problems.length, added, changed: changing.length - added },
    unchanged: found.length - changing.length,
    problems: [
      ...problems,
      ...unknown.map((line) => ({ line: line.line, problem: 'not-in-formulary', value: keyOf(line) })),
    ].slice(0, SHOWN_MAX),
  }
}

type Formulary = Pick<
  Actions<typeof pharmacyApi>,
  'addMedicine' | 'changeMedicine' | 'importMedicines' | 'importStock'
>

/** The formulary, kept by the alliance; each member's stock by its pharmacy. */
export const formulary: Formulary = {
  async addMedicine(ctx, { body }) {
    requireCodes(body)
    if (await store.findSame(ctx, body)) refuse('conflict', 'pharmacy.in-formulary-already')
    const id = ctx.id()
    if (await store.isCodeTaken(ctx, body.insuranceCode, id)) refuse('conflict', 'pharmacy.code-taken')
    await store.add(ctx, { ...body, id })
    await show(ctx, { ...body, id, retired: false })
    await announce(ctx, id)
    return read(ctx, id)
  },

  async changeMedicine(ctx, { params, body }) {
    const { id } = await read(ctx, params.id)
    requireCodes(body)
    const same = await store.findSame(ctx, body)
    if (same && same.id !== params.id) refuse('conflict', 'pharmacy.in-formulary-already')
    if (await store.isCodeTaken(ctx, body.insuranceCode, params.id)) refuse('conflict', 'pharmacy.code-taken')
    await store.rewrite(ctx, id, body)
    await show(ctx, { ...body, id })
    await announce(ctx, id)
    return read(ctx, id)
  },

  importMedicines: (ctx, { body }) => takeMedicines(ctx, body.csv, body.dryRun),
  importStock: (ctx, { body }) => takeStock(ctx, body.csv, body.dryRun),
}

const notOverFhir = async (): Promise<never> => refuse('forbidden', 'pharmacy.kept-by-the-alliance')

/** Medications that carry our identifier are the formulary's; all others are stored as they come. */
export const medicationOwner: ResourceOwner = {
  type: 'Medication',
  owns: ({ identifier }) => JSON.stringify(identifier ?? null).includes(`"${systems.medicine}"`),
  models: ['identifier', 'code', 'status', 'form', 'extension'],
  create: notOverFhir,
  change: notOverFhir,
  rebuild: {
    name: 'pharmacy.medicine',
    edition: 1,
    async run(ctx, after, limit) {
      const medicines = await store.listFacts(ctx, after, limit)
      for (const medicine of medicines) await show(ctx, medicine)
      return lastOf(medicines, limit)
    },
  },
}
