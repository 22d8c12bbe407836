import type { MyReferral, referralBookApi } from '@tongmai/api/referral/book'
import type { Actions } from '../../../kernel/module.ts'
import { findInstitution } from '../../network/index.ts'
import { listOwn } from '../store/own.ts'

/** What a resident reads of their own referrals; the receiver's telephone is looked up once each. */
export const mine: Pick<Actions<typeof referralBookApi>, 'listMine'> = {
  async listMine(ctx, { query }) {
    const { items, total } = await listOwn(ctx, query)
    const phones = new Map<string, string | null>()
    for (const id of new Set(items.map((item) => item.toInstitutionId))) {
      phones.set(id, (await findInstitution(ctx, id)).phone)
    }
    const shown = items.map(
      ({ toInstitutionId, ...item }): MyReferral => ({
        ...item,
        toPhone: phones.get(toInstitutionId) ?? null,
      }),
    )
    return { items: shown, total }
  },
}
