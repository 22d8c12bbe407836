import type { PriorityGroup } from '@tongmai/api/contract/package'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type Entry, putEntries } from '../store/register.ts'
import type { ContractRow } from '../store/row.ts'

const registers = [
  { group: 'disabled', every: 23, since: '2026-01-01', source: '区残联持证残疾人名册（2026 年 1 月，演示）' },
  { group: 'poverty', every: 37, since: '2026-03-01', source: '区民政局低保特困名册（2026 年 3 月，演示）' },
  {
    group: 'mentalDisorder',
    every: 61,
    since: '2026-02-01',
    source: '区疾控严重精神障碍管理名册（2026 年 2 月，演示）',
  },
] as const satisfies readonly { group: PriorityGroup; every: number; since: string; source: string }[]

/** Three registers as authorities would hand them to one community. Call as the system on behalf of it. */
export async function demoRegisters(ctx: Ctx, rows: readonly ContractRow[]): Promise<void> {
  const own = rows.filter((row) => row.communityId === ctx.actor.institutionId)
  for (const { group, every, since, source } of registers) {
    const people = own.filter((_, n) => n % every === every - 5)
    const entries = people.map(({ residentId }): Entry => ({ residentId, since, until: null, source }))
    await putEntries(ctx, group, entries)
  }
}
