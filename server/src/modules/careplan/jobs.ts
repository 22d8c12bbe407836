import { dayAfter, dayOf, startOf } from '../../kernel/day.ts'
import type { Job } from '../../kernel/module.ts'
import { raiseSilent } from './actions/alerting.ts'
import { noteNextInstitution } from './actions/chain.ts'
import { raiseOverdue, sayDue } from './actions/overdue.ts'
import { showForms } from './actions/show.ts'
import { rawSince, ruleOf } from './store/form.ts'
import { dropParts, dropRefused, makeParts } from './store/intake.ts'
import { dropStrays } from './store/stray.ts'

const MONTH_DAYS = 31

export const jobs: readonly Job[] = [
  {
    // Soon after midnight in China, and hourly for what a standstill has left over.
    name: 'careplan.raise-overdue',
    cron: '17 * * * *',
    run: (world) => world.asSystem(null, raiseOverdue),
  },
  {
    // At eight in the morning in China.
    name: 'careplan.say-due',
    cron: '0 0 * * *',
    run: (world) => world.asSystem(null, sayDue),
  },
  {
    // What has not come for too long.
    name: 'careplan.raise-silent',
    cron: '27 * * * *',
    run: (world) => world.asSystem(null, raiseSilent),
  },
  {
    // Forms come with migrations and begin on a day of their own.
    name: 'careplan.show-forms',
    cron: '*/30 * * * *',
    run: (world) => world.asSystem(null, showForms),
  },
  {
    name: 'careplan.note-records',
    cron: '*/10 * * * *',
    run: (world) => world.asSystem(null, noteNextInstitution),
  },
  {
    // Parts of the coming two months ahead of their readings; raw ones older than the rule go, their roll-ups stay.
    name: 'careplan.keep-parts',
    cron: '37 18 * * *',
    run: (world) =>
      world.asSystem(null, async (ctx) => {
        const today = dayOf(ctx.now)
        const ahead = [0, 1, 2].map((months) => dayAfter(`${today.slice(0, 7)}-01`, months * MONTH_DAYS))
        await makeParts(
          ctx,
          ahead.map((day) => day.slice(0, 7)),
        )
        await dropParts(ctx, await rawSince(ctx))
        const before = async (rule: 'strayDays' | 'refusedDays') =>
          startOf(dayAfter(today, -(await ruleOf(ctx, rule))))
        await dropStrays(ctx, await before('strayDays'))
        await dropRefused(ctx, await before('refusedDays'))
      }),
  },
]
