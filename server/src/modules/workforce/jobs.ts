import { caseOf, openCase } from '../../kernel/case.ts'
import { dayAfter, dayOf, startOf } from '../../kernel/day.ts'
import type { Job } from '../../kernel/module.ts'
import type { World } from '../../kernel/world.ts'
import * as licences from './store/licence.ts'
import * as practitioners from './store/practitioner.ts'

const BATCH = 500

/** Opens a case for the institution's admin for every licence that ends soon or has ended, once. */
export async function watchLicences(world: World): Promise<number> {
  return world.asSystem(null, async (ctx) => {
    const today = dayOf(ctx.now)
    const day = dayAfter(today, await licences.ruleOf(ctx, 'licenceNoticeDays', today))
    let opened = 0
    for (const row of await licences.endingBy(ctx, day, null).limit(BATCH).execute()) {
      const thing = `licence:${row.id}`
      if (row.until === null || row.institutionId === null || (await caseOf(ctx, thing))) continue
      await openCase(ctx, {
        kind: 'workforce.licence',
        thing,
        institutionId: row.institutionId,
        duty: 'workforce.manage',
        step: row.until < today ? 'expired' : 'expiring',
        due: startOf(dayAfter(row.until, 1)),
      })
      opened += 1
    }
    return opened
  })
}

/** Whoever came before names were found by their parts is found by them too. */
async function addMissingKeys(world: World): Promise<void> {
  let found: number
  do {
    found = await world.asSystem(null, async (ctx) => {
      const people = await practitioners.listWithoutKeys(ctx, BATCH)
      await practitioners.addKeys(ctx, people)
      return people.length
    })
  } while (found === BATCH)
}

export const jobs: Job[] = [
  { name: 'workforce.add-missing-keys', cron: '*/10 * * * *', run: addMissingKeys },
  {
    name: 'workforce.watch-licences',
    cron: '10 6 * * *',
    run: async (world) => {
      await watchLicences(world)
    },
  },
]
