import type { referralApi } from '@tongmai/api/referral'
import type { Actions } from '../../../kernel/module.ts'
import { advising } from './advising.ts'
import { answering } from './answering.ts'
import { caring } from './caring.ts'
import { entering } from './entering.ts'
import { greenChannels } from './green-channel.ts'
import { holding } from './holding.ts'
import { mine } from './mine.ts'
import { outside } from './outside.ts'
import { printing } from './printing.ts'
import { reading } from './reading.ts'
import { returning } from './returning.ts'
import { reviewing } from './reviewing.ts'
import { routing } from './routing.ts'
import { ruling } from './ruling.ts'
import { sending } from './sending.ts'
import { settling } from './settling.ts'
import { specialties } from './specialty.ts'
import { watching } from './watching.ts'
import { writing } from './write.ts'

/** What can be done with referrals. */
export const actions: Actions<typeof referralApi> = {
  ...writing,
  ...reading,
  ...printing,
  ...outside,
  ...mine,
  ...sending,
  ...answering,
  ...entering,
  ...caring,
  ...returning,
  ...settling,
  ...holding,
  ...advising,
  ...ruling,
  ...watching,
  ...reviewing,
  ...routing,
  ...specialties,
  ...greenChannels,
}
