import type { careplanApi } from '@tongmai/api/careplan'
import type { Actions } from '../../../kernel/module.ts'
import { listOwn as listOwnPlans } from '../store/enrolment.ts'
import { listOwn as listOwnFollowUps } from '../store/self-answer.ts'
import { alertRules } from './alert-rules.ts'
import { answering } from './answering.ts'
import { chain } from './chain.ts'
import { lending } from './devices.ts'
import { enrolling } from './enrolling.ts'
import { following } from './following.ts'
import { followingPathway } from './following-pathway.ts'
import { measuring } from './measuring.ts'
import { pathways } from './pathways.ts'
import { photos } from './photos.ts'
import { strips } from './strips.ts'

/** All that can be done with care plans. */
export const actions: Actions<typeof careplanApi> = {
  ...enrolling,
  ...following,
  ...measuring,
  ...alertRules,
  ...pathways,
  ...followingPathway,
  ...chain,
  ...lending,
  ...strips,
  ...photos,
  ...answering,
  listMyPlans: (ctx) => listOwnPlans(ctx),
  listMyFollowUps: (ctx, { query }) => listOwnFollowUps(ctx, query),
}
