import type { ImportAnswer, Tariff, tariffApi } from '@tongmai/api/benefit/tariff'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { readCsv } from '../../network/index.ts'
import { tell } from '../events.ts'
import { addChange } from '../store/change.ts'
import * as groups from '../store/group.ts'
import * as store from '../store/tariff.ts'
import { type Problem, readTariffs, type TariffLine } from '../tariff-lines.ts'

/** What one line does to the latest price of its item and tier. */
function effectOf(
  line: TariffLine,
  latest: Tariff | undefined,
): 'added' | 'replaced' | 'unchanged' | 'older' {
  if (!latest) return 'added'
  if (line.since < latest.since) return 'older'
  const same = line.priceFen === latest.priceFen && line.selfPayBp === latest.selfPayBp
  return same && line.name === latest.name ? 'unchanged' : 'replaced'
}

async function apply(ctx: Ctx, { line: _, ...price }: TariffLine, latest: Tariff | undefined): Promise<void> {
  if (latest && latest.since === price.since) await store.remove(ctx, latest.id)
  else if (latest && (latest.until === null || latest.until >= price.since))
    await store.end(ctx, latest.id, dayAfter(price.since, -1))
  await store.add(ctx, [{ ...price, id: ctx.id(), until: null }])
}

async function take(ctx: Ctx, csv: string, dryRun: boolean): Promise<ImportAnswer> {
  const rows = readCsv(csv)
  const { lines, problems } = readTariffs(rows)
  const latest = new Map(
    (await store.listLatest(ctx, [...new Set(lines.map(({ code }) => code))])).map((one) => [
      `${one.code} ${one.tier}`,
      one,
    ]),
  )
  const counts = { added: 0, replaced: 0, unchanged: 0 }
  const older: Problem[] = []
  for (const line of lines) {
    const before = latest.get(`${line.code} ${line.tier}`)
    const effect = effectOf(line, before)
    if (effect === 'older') older.push({ line: line.line, problem: 'older', value: line.code })
    else counts[effect] += 1
    if (!dryRun && (effect === 'added' || effect === 'replaced')) await apply(ctx, line, before)
  }
  const { added, replaced } = counts
  if (!dryRun && added + replaced > 0)
    await tell(ctx, 'benefit.tariff-imported', { thing: 'tariff:all', data: { added, replaced } })
  return { lines: lines.length + problems.length, ...counts, problems: [...problems, ...older].slice(0, 200) }
}

export const tariffActions: Actions<typeof tariffApi> = {
  listTariffs: (ctx, { query }) => store.list(ctx, query),
  importTariffs: (ctx, { body }) => take(ctx, body.csv, body.dryRun),
  listDiagnosisGroups: (ctx, { query }) => groups.listGroups(ctx, query),

  readDiagnosisGroup: async (ctx, { params }) => ({
    items: await groups.listItems(ctx, params.code, dayOf(ctx.now)),
  }),

  async setDiagnosisGroup(ctx, { body: { items, ...group } }) {
    const before = (await groups.findLatest(ctx, group.code)) ?? null
    if (before && group.since < before.since)
      refuse('unprocessable', 'benefit.not-after-the-present-one', {
        fields: [{ path: 'body.since', problem: 'not-after-the-present-one' }],
      })
    const [unknown] = await groups.listUnknownItems(ctx, [...new Set(items.map((item) => item.itemCode))])
    if (unknown) refuse('unprocessable', 'benefit.item-unknown', { details: { code: unknown } })
    await groups.addGroup(ctx, group, items)
    const { code, since } = group
    const after = { ...group, items: items.length }
    await addChange(ctx, { what: 'diagnosisGroup', subject: group.name, since, before, after })
    await tell(ctx, 'benefit.group-changed', { thing: `diagnosis-group:${code}`, data: { code, since } })
    return { ...group, kinds: [...new Set(items.map(({ kind }) => kind))].sort(), until: null }
  },
}
