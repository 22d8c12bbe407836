import type { SlotFill } from '../../kernel/module.ts'

/** What this module puts on the pages of others. */
export const slots: readonly SlotFill[] = [
  {
    at: 'resident.banner',
    order: 20,
    may: 'contract.read',
    load: () => import('./banner-team.tsx').then((m) => m.BannerTeam),
  },
  {
    at: 'person',
    order: 10,
    may: 'contract.read',
    load: () => import('./person-contract.tsx').then((m) => m.PersonContract),
  },
]
