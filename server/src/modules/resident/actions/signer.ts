import type { ConsentSigner } from '@tongmai/api/resident/consent'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { listSame } from '../../../kernel/same-person.ts'
import { yearsLater } from '../proxy-until.ts'
import { listCards, ruleOf } from '../store/person.ts'
import { listStanding } from '../store/proxy.ts'
import { namesOf } from './household.ts'

/** Old enough to consent: 个人信息保护法 第三十一条. Whose birth date nobody knows is taken to be. */
async function isOfConsentAge(ctx: Ctx, residentId: string): Promise<boolean> {
  const today = dayOf(ctx.now)
  const [card] = await listCards(ctx, [residentId])
  if (!card?.birthDate) return true
  return yearsLater(card.birthDate, await ruleOf(ctx, 'consentAge', today)) <= today
}

/** Who may sign for a resident now: themselves, unless a child, and who stands for them. Whoever asks may open the record. */
export const signersOf = (ctx: Ctx, residentId: string): Promise<ConsentSigner[]> =>
  asSystem(ctx, async (all) => {
    const standing = (await listStanding(all, residentId)).filter((one) => one.residentId === residentId)
    const own = (await isOfConsentAge(all, residentId)) ? [residentId] : []
    const ids = [...own, ...standing.map((one) => one.proxyId)]
    const names = await namesOf(all, ids)
    return ids.map((id) => ({ id, name: names.get(id) ?? '', self: id === residentId }))
  })

/** The signer among those who may; a child cannot, nor a stranger. Who is one person with the resident signs as they. */
export async function requireSigner(ctx: Ctx, residentId: string, signerId: string): Promise<ConsentSigner> {
  const signers = await signersOf(ctx, residentId)
  const same = await asSystem(ctx, (all) => listSame(all, [residentId]))
  const wanted = same.some(({ otherId }) => otherId === signerId) ? residentId : signerId
  const signer = signers.find(({ id }) => id === wanted)
  if (signer) return signer
  return refuse(
    'unprocessable',
    wanted === residentId ? 'resident.consent-by-guardian' : 'resident.may-not-sign',
  )
}
