import type { ImportAnswer, Tariff, tariffApi } from '@tongmai/api/benefit/tariff'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { readCsv } from '../../network/index.ts'
import { tell } from '../events.ts'
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
  return { lines: rows.length, ...counts, problems: [...problems, ...older].slice(0, 200) }
}

export const tariffActions: Actions<typeof tariffApi> = {
  listTariffs: (ctx, { query }) => store.list(ctx, query),
  importTariffs: (ctx, { body }) => take(ctx, body.csv, body.dryRun),
  listDiagnosisGroups: (ctx, { query }) => store.listGroups(ctx, query),
}
