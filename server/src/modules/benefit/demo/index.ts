import type { InsuranceScheme, InsuredCategory } from '@tongmai/api/benefit/rule'
import { system } from '../../../kernel/actor.ts'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import { projectMany } from '../../../kernel/resource/project.ts'
import type { World } from '../../../kernel/world.ts'
import { demoResidents } from '../../resident/index.ts'
import { ageOn } from '../estimate-many.ts'
import { coverageOf } from '../fhir.ts'
import { addChange } from '../store/change.ts'
import * as groups from '../store/group.ts'
import * as insureds from '../store/insured.ts'
import * as rules from '../store/rule.ts'
import * as tariffs from '../store/tariff.ts'
import { demoGroups, demoTariffs } from './price.ts'
import { AREA, demoRules, SOURCE } from './rules.ts'

function categoryOf(age: number, scheme: InsuranceScheme): InsuredCategory {
  if (age < 18) return 'minor'
  return scheme === 'employee' && age >= 60 ? 'retired' : 'general'
}

/** Nearly all have shown at a desk what they are insured by; of every twentieth it is unknown, and an estimate says so. */
async function layInsured(ctx: Ctx): Promise<void> {
  const since = '2026-01-01'
  const rows = demoResidents()
    .filter((_, n) => n % 20 !== 19)
    .map((one, n) => {
      const age = ageOn(one.birthDate, since) ?? 0
      const scheme = n % 3 === 1 && age >= 18 ? ('employee' as const) : ('resident' as const)
      const category = categoryOf(age, scheme)
      return {
        residentId: one.id,
        ...{ id: demoId('benefit', `insured ${one.id}`), area: AREA, scheme, category, since },
      } as const
    })
  await insureds.addMany(ctx, rows)
  const recordedAt = ctx.now
  await projectMany(
    ctx,
    rows.map(({ residentId, ...row }) => ({
      resource: coverageOf(residentId, { ...row, until: null, recordedAt }),
      residentId,
      institutionId: null,
    })),
  )
}

/** The first resident came home from the geriatric branch a week ago: going up now costs the difference only. */
async function layStay(ctx: Ctx): Promise<void> {
  const [first] = demoResidents()
  const today = dayOf(ctx.now)
  if (!first) return
  const id = demoId('benefit', 'stay')
  await insureds.addStay(ctx, first.id, {
    ...{ id, episode: `E-${id}`, institutionId: demoId('network', 'GERI'), referralId: null },
    ...{ admittedOn: dayAfter(today, -16), dischargedOn: dayAfter(today, -7), deductiblePaidFen: 50_000 },
    insurancePaidFen: 386_000,
  })
}

/** The rule of this year took the place of the one before: who changed what stands among the changes. */
async function demoChange(ctx: Ctx): Promise<void> {
  const [now, ...others] = demoRules()
  const before = others.at(-1)
  if (!now || !before) return
  const then = ctxWith(ctx, {
    now: new Date(ctx.now.getTime() - 300 * 86_400_000),
    actor: system(demoId('network', 'HCOM')),
  })
  await addChange(then, { what: 'insuranceRule', subject: AREA, since: now.since, before, after: now })
}

/** One whole set of rules, prices and usual items, all made up, for the pooling area of the demonstration. */
export const demo = (world: World): Promise<void> =>
  world.asSystem(null, async (ctx) => {
    await rules.addArea(ctx, {
      area: AREA,
      division: '9901',
      standing: 'demonstration',
      note: '全部数值均为演示虚构，不是任何地方的政策',
    })
    await rules.add(ctx, demoRules())
    await demoChange(ctx)
    await rules.setGap(ctx, {
      ...{ id: demoId('benefit', 'chain'), area: AREA, gapDays: 15, since: '2026-01-01', source: SOURCE },
    })
    await tariffs.add(ctx, demoTariffs())
    for (const { group, items } of demoGroups()) await groups.addGroup(ctx, group, items)
    await layInsured(ctx)
    await layStay(ctx)
  })
