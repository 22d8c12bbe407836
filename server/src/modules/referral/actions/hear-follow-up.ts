import type { FollowUp } from '@tongmai/api/referral/shape'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type FollowedUp, followedUp } from '../../careplan/index.ts'
import { findPractitioner } from '../../workforce/index.ts'
import * as store from '../store/referral.ts'
import { advance } from './advance.ts'
import { wayOf } from './going-on.ts'

const methods = Object.keys(wayOf) as FollowUp['method'][]

/** What the community's form says of how the patient is, as a finding of the referral. */
function findingOf({ answers }: FollowedUp): FollowUp['finding'] {
  if (answers.feeling === 'better') return 'improving'
  return answers.feeling === 'worse' ? 'worse' : 'stable'
}

/** The first follow-up of a patient taken over was recorded among care plans: the referral goes on by it. */
export async function hearFollowUp(ctx: Ctx, id: string, followUpId: string): Promise<void> {
  const row = await store.lock(ctx, id)
  if (row.status !== 'takenOver') return
  const done = await followedUp(ctx, followUpId)
  const method = methods.find((one) => wayOf[one] === done.way) ?? 'visit'
  const note = (done.words || '已随访').slice(0, 2000)
  const followUp = { at: done.at, method, finding: findingOf(done), note, nextOn: done.nextOn }
  const by = done.by ? `${(await findPractitioner(ctx, done.by)).name}：` : ''
  await advance(ctx, row, 'followUp', { comment: `${by}${note}`.slice(0, 1000), set: { followUp } })
}
