import type { referralBookApi } from '@tongmai/api/referral/book'
import type { Actions } from '../../../kernel/module.ts'
import { addExternalInstitution } from '../../network/index.ts'

/** An institution of which only the name is known: readable by all, never a member, and whoever refers there owns it. */
export const outside: Pick<Actions<typeof referralBookApi>, 'nameOutside'> = {
  async nameOutside(ctx, { body: { name } }) {
    const identifier = { system: 'urn:tongmai:name', value: name }
    const found = await addExternalInstitution(ctx, { name, identifier, source: '转诊单' })
    return { id: found.id, name: found.name }
  },
}
