import type { Act, newLicence } from '@tongmai/api/workforce/practitioner'
import type * as z from 'zod/mini'
import { asSystem } from '../../../kernel/as-system.ts'
import { caseOf, closeCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { blindIndex, seal } from '../../../kernel/secret.ts'
import { accountsWith } from '../../identity/index.ts'
import { findInstitution } from '../../network/index.ts'
import { tell } from '../events.ts'
import { maskNumber } from '../licence-number.ts'
import { type Hindrance, hindranceOf } from '../licence-rule.ts'
import * as licences from '../store/licence.ts'
import * as store from '../store/practitioner.ts'
import { findStanding } from '../store/standing.ts'
import { projectPractitioner } from './project.ts'

/** Records a licence and takes the reminder of the one before it off the admin's list. */
export async function addLicenceTo(
  ctx: Ctx,
  row: store.PractitionerRow,
  given: z.output<typeof newLicence>,
): Promise<licences.LicenceRow> {
  const number = given.number.normalize('NFKC').replace(/\s/gu, '').toUpperCase()
  const added = await licences.add(ctx, {
    practitionerId: row.id,
    id: ctx.id(),
    kind: given.kind,
    numberSealed: seal(number),
    numberMasked: maskNumber(number),
    numberBlind: blindIndex('workforce.licence', `${given.kind}|${number}`),
    scopes: given.scopes,
    since: given.since,
    until: given.until,
  })
  for (const earlier of await licences.list(ctx, row.id)) {
    const outlived = earlier.kind === added.kind && earlier.until !== null && earlier.id !== added.id
    if (outlived && (added.until === null || added.until > (earlier.until ?? '')))
      await forget(ctx, earlier.id)
  }
  await projectPractitioner(ctx, row)
  await tell(ctx, 'workforce.licence-added', {
    thing: `practitioner:${row.id}`,
    audience: row.institutionId ? [row.institutionId] : [],
    data: { practitionerId: row.id, licenceId: added.id, until: added.until },
  })
  return added
}

async function forget(ctx: Ctx, licenceId: string): Promise<void> {
  const thing = `licence:${licenceId}`
  if (await caseOf(ctx, thing)) await closeCase(ctx, thing)
}

/** Lets a licence end earlier than it says; never later, that is a renewal. */
export async function endLicenceOf(
  ctx: Ctx,
  row: store.PractitionerRow,
  licence: licences.LicenceRow,
  until: string,
): Promise<void> {
  if (licence.until !== null && licence.until <= until) refuse('conflict', 'workforce.ended-already')
  // Ended before it ever began: it keeps its first day, so that the history stays readable.
  await licences.end(ctx, licence.id, until < licence.since ? licence.since : until)
  await projectPractitioner(ctx, row)
  await tell(ctx, 'workforce.licence-ended', {
    thing: `practitioner:${row.id}`,
    audience: row.institutionId ? [row.institutionId] : [],
    data: { practitionerId: row.id, licenceId: licence.id, until },
  })
}

/**
 * Refuses with 403 unless this practitioner may do this act at this institution today: practises here, holds a
 * current licence of a kind, scope and title that the act asks for. The refusal says which, since when, whom to call.
 * The system itself needs none: what it does, a person has caused under a licence.
 */
export async function requireLicensed(
  ctx: Ctx,
  practitionerId: string | null,
  act: Act,
  institutionId: string,
): Promise<void> {
  if (ctx.actor.kind === 'system') return
  if (practitionerId === null) refuse('forbidden', 'workforce.name-a-practitioner', { details: { act } })
  const hindrance = await hindranceTo(ctx, { practitionerId, act, institutionId })
  if (!hindrance) return
  const call = await whomToCall(ctx, institutionId)
  const since = hindrance.details.until ? { since: dayAfter(String(hindrance.details.until), 1) } : {}
  refuse('forbidden', `workforce.${hindrance.code}`, {
    details: { practitionerId, ...hindrance.details, ...since, ...call },
  })
}

/** What stands between a practitioner and an act today; undefined where nothing does. */
export async function hindranceTo(
  ctx: Ctx,
  asked: { practitionerId: string; act: Act; institutionId: string },
): Promise<Hindrance | undefined> {
  const { practitionerId, act, institutionId } = asked
  const day = dayOf(ctx.now)
  const { external, rules, ...holder } = await findStanding(ctx, { practitionerId, act, day })
  if (external) return { code: 'no-licence', details: { act, needs: [] } }
  return hindranceOf(holder, { act, institutionId, day, rules })
}

/** The institution's admin and telephone: a refusal about a licence is put right there. */
async function whomToCall(ctx: Ctx, institutionId: string): Promise<{ call: string; phone: string }> {
  return asSystem(ctx, async (all) => {
    const institution = await findInstitution(all, institutionId)
    const admins = await accountsWith(all, institutionId, 'workforce.manage')
    const ids = admins.flatMap((a) => (a.practitionerId ? [a.practitionerId] : []))
    const admin = ids[0] ? (await store.find(all, ids[0])).name : ''
    return { call: `${institution.name}${admin ? ` ${admin}` : ''}`, phone: institution.phone ?? '' }
  })
}
