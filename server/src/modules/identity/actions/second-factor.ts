import type { identityApi } from '@tongmai/api/identity'
import QRCode from 'qrcode'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type Actions, prepared } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { seal, unseal } from '../../../kernel/secret.ts'
import { tell } from '../announce.ts'
import {
  addSecondFactor,
  changeSecondFactor,
  findSecondFactor,
  lockSecondFactor,
  removeSecondFactor,
} from '../store/credential.ts'
import { newRecoveryCodes, newSecret, otpauthUri, recoveryDigest, stepOf } from '../totp.ts'
import { countFailure, failedStaff, refuseLocked } from './attempt.ts'
import { requireOwnPassword, tryOwnPassword } from './own-password.ts'

const told = (ctx: Ctx, change: 'second-factor-on' | 'second-factor-off') =>
  tell(ctx, 'identity.account-changed', {
    thing: `account:${ctx.actor.id}`,
    data: { accountId: ctx.actor.id, change },
  })

type SecondFactor = 'enrolSecondFactor' | 'confirmSecondFactor' | 'disableSecondFactor'

export const secondFactorActions: Pick<Actions<typeof identityApi>, SecondFactor> = {
  enrolSecondFactor: prepared(
    ({ body }) => tryOwnPassword(body.password),
    (ctx, _input, rightHash) =>
      asSystem(ctx, async (all) => {
        const { username } = await requireOwnPassword(all, ctx.actor, rightHash)
        const before = await findSecondFactor(all, ctx.actor.id)
        if (before?.confirmedAt) refuse('conflict', 'identity.second-factor-on-already')
        const secret = newSecret()
        await addSecondFactor(all, ctx.actor.id, seal(secret))
        const uri = otpauthUri(secret, username)
        return { secret, uri, svg: await QRCode.toString(uri, { type: 'svg', margin: 1 }) }
      }),
  ),

  confirmSecondFactor: async (ctx, { body }) => {
    const accountId = ctx.actor.id
    const recoveryCodes = newRecoveryCodes()
    await asSystem(ctx, async (all) => {
      const factor = await lockSecondFactor(all, accountId)
      if (!factor || factor.confirmedAt) return refuse('conflict', 'identity.second-factor-not-begun')
      const failed = await failedStaff(all, accountId)
      await refuseLocked(all, failed.name)
      const lastStep = stepOf(unseal(factor.secret), body.code, { now: ctx.now, lastStep: factor.lastStep })
      if (lastStep === undefined) refuse('forbidden', 'identity.wrong-code', { keep: countFailure(failed) })
      const recovery = recoveryCodes.map(recoveryDigest)
      await changeSecondFactor(all, accountId, { confirmedAt: ctx.now, lastStep, recovery })
    })
    await told(ctx, 'second-factor-on')
    return { recoveryCodes }
  },

  disableSecondFactor: prepared(
    ({ body }) => tryOwnPassword(body.password),
    async (ctx, _input, rightHash) => {
      await asSystem(ctx, async (all) => {
        await requireOwnPassword(all, ctx.actor, rightHash)
        await removeSecondFactor(all, ctx.actor.id)
      })
      await told(ctx, 'second-factor-off')
      return {}
    },
  ),
}
