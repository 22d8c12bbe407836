import type { referralBookApi } from '@tongmai/api/referral/book'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { Refusal, refuse } from '../../../kernel/refusal.ts'
import { requireResident } from '../../resident/index.ts'
import { renderForm } from '../form.ts'
import { formOf, type Named } from '../form-content.ts'
import { notPrintable } from '../policy.ts'
import { listCriteria } from '../store/rule.ts'
import { findStory, type Told } from '../store/story.ts'
import { thingOf } from './announce.ts'

let publicUrl = ''

/** Tells the form under which address its QR code is checked; once, when the routes are mounted. */
export function setPublicUrl(url: string): void {
  publicUrl = url
}

/** In full where the viewer has a basis to open the record now, masked as in lists where it has ended. */
async function personOf(ctx: Ctx, { row, names }: Told): Promise<Named> {
  try {
    const person = await requireResident(ctx, row.residentId)
    return { ...person, phone: person.phoneMasked, address: person.addressMasked }
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'missing') throw error
    const card = names.resident
    return { ...card, name: card.nameMasked, phone: null, address: null }
  }
}

/** The printed form. A read has no transaction, so that drawing holds nobody's locks. */
export const printing: Pick<Actions<typeof referralBookApi>, 'form'> = {
  async form(ctx, { params }) {
    const told = await findStory(ctx, params.id)
    const why = notPrintable(told.row)
    if (why) refuse('conflict', why, { details: { status: told.row.status } })
    const person = await personOf(ctx, told)
    const criteria = await listCriteria(ctx, dayOf(told.row.writtenAt))
    ctx.opened({ residentId: told.row.residentId, basis: 'referral', thing: `${thingOf(params.id)}/form` })
    const bytes = await renderForm(formOf({ told, person, criteria, now: ctx.now, publicUrl }))
    return { bytes, fileName: `${told.row.number}.pdf` }
  },
}
