import type { Job } from '../../kernel/module.ts'
import { raiseOverdue } from './actions/overdue.ts'

export const jobs: readonly Job[] = [
  {
    // Soon after midnight in China, and hourly for what a standstill has left over.
    name: 'careplan.raise-overdue',
    cron: '17 * * * *',
    run: (world) => world.asSystem(null, raiseOverdue),
  },
]
