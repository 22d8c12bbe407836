import type { Arrangement, ReferralForm, ReturnNote } from '@tongmai/api/referral/shape'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { agreementAllows, findInstitution, requireDepartment } from '../../network/index.ts'
import { findPractitioner } from '../../workforce/index.ts'
import { type Lack, lacksOf } from '../completeness.ts'
import type { ReferralRow } from '../store/row.ts'

const MINUTE = 60_000
/** How far ahead an appointment may be made. */
const ARRANGEMENT_DAYS_MAX = 90
const WISH_DAYS_MAX = 366
/** A patient is not sent round in circles. */
const REDIRECTS_MAX = 5
/** Clocks of desks are not ours to judge by the minute. */
const TOLERANCE_MS = 5 * MINUTE

const within = (path: string, problem: string) => ({ fields: [{ path, problem }] })

/** Refuses 422 for a moment that has not come yet, or lies more than a month back. */
export function requirePast(ctx: Ctx, path: string, at: Date | null | undefined): void {
  if (!at) return
  const ago = ctx.now.getTime() - at.getTime()
  if (ago < -TOLERANCE_MS) refuse('unprocessable', 'referral.date-in-future', within(path, 'future'))
  if (ago > 31 * 24 * 60 * MINUTE) refuse('unprocessable', 'referral.date-too-old', within(path, 'too old'))
}

/** Refuses 422 for a day that has passed or is more than a year away. */
export function requireComing(ctx: Ctx, path: string, day: string | null | undefined): void {
  if (!day) return
  const today = dayOf(ctx.now)
  if (day < today) refuse('unprocessable', 'referral.date-passed', within(path, 'passed'))
  if (day > dayAfter(today, WISH_DAYS_MAX))
    refuse('unprocessable', 'referral.date-too-far', within(path, 'too far'))
}

/** Refuses unless the doctor practises at the institution. */
export async function requireDoctorAt(
  ctx: Ctx,
  practitionerId: string | null,
  institutionId: string,
): Promise<void> {
  if (!practitionerId) return
  const doctor = await findPractitioner(ctx, practitionerId)
  const today = dayOf(ctx.now)
  const there = doctor.sites.some(
    (site) => site.institutionId === institutionId && (site.until === null || site.until >= today),
  )
  if (!there) refuse('unprocessable', 'referral.doctor-not-there')
}

/** Refuses an arrangement with a department or doctor of somewhere else, or at a time that makes no sense. */
export async function requireArrangement(
  ctx: Ctx,
  row: ReferralRow,
  arrangement: Arrangement,
): Promise<void> {
  const ahead = arrangement.at.getTime() - ctx.now.getTime()
  if (ahead > ARRANGEMENT_DAYS_MAX * 24 * 60 * MINUTE) {
    refuse('unprocessable', 'referral.arrangement-too-far', {
      ...within('body.arrangement.at', 'too far'),
      details: { days: ARRANGEMENT_DAYS_MAX },
    })
  }
  const afterwards = row.urgency === 'emergency' || row.retroEntry
  if (ahead < -TOLERANCE_MS && !afterwards) {
    refuse('unprocessable', 'referral.arrangement-passed', within('body.arrangement.at', 'passed'))
  }
  if (row.external) return
  if (!arrangement.departmentId) {
    refuse('unprocessable', 'referral.incomplete', within('body.arrangement.departmentId', 'missing'))
  }
  await requireDepartment(ctx, row.toInstitutionId, arrangement.departmentId)
  await requireDoctorAt(ctx, arrangement.practitionerId, row.toInstitutionId)
}

/** The receiver, which is not the sender itself; one outside the network is owned by the sender all along. */
export async function requireReceiver(
  ctx: Ctx,
  fromInstitutionId: string,
  toInstitutionId: string,
): Promise<{ external: boolean }> {
  if (toInstitutionId === fromInstitutionId) refuse('unprocessable', 'referral.to-itself')
  return findInstitution(ctx, toInstitutionId)
}

/** The named sender of a patient who came without paper: a member, and the writer is the receiver. */
export async function requireSender(
  ctx: Ctx,
  sender: { institutionId: string; practitionerId: string | null },
  to: { direction: string; toInstitutionId: string },
): Promise<void> {
  if (to.direction === 'down')
    refuse('unprocessable', 'referral.entered-up-only', within('body.direction', 'down'))
  if (to.toInstitutionId !== ctx.actor.institutionId)
    refuse('unprocessable', 'referral.entered-by-receiver-only', within('body.toInstitutionId', 'not ours'))
  const { external } = await findInstitution(ctx, sender.institutionId)
  if (external) refuse('unprocessable', 'referral.sender-outside-network', within('body.sender', 'external'))
  await requireDoctorAt(ctx, sender.practitionerId, sender.institutionId)
}

/** Refuses 409 where no agreement in force lets the two refer; emergencies go all the same. */
export async function requireAgreement(ctx: Ctx, row: ReferralRow): Promise<void> {
  const { external } = await requireReceiver(ctx, row.fromInstitutionId, row.toInstitutionId)
  if (external || row.urgency === 'emergency') return
  const allowed = await agreementAllows(ctx, row.fromInstitutionId, row.toInstitutionId, 'referral')
  if (!allowed) refuse('conflict', 'referral.no-agreement')
}

/** Refuses to pass it on to where it has been already, or to whom the sender has no agreement with. */
export async function requireOnward(
  ctx: Ctx,
  row: ReferralRow,
  to: { toInstitutionId: string; toDepartmentId: string | null },
): Promise<void> {
  const { toInstitutionId, toDepartmentId } = to
  const same = toInstitutionId === row.toInstitutionId
  if (same && (!toDepartmentId || toDepartmentId === row.toDepartmentId)) {
    refuse('unprocessable', 'referral.same-target', within('body.toDepartmentId', 'same'))
  }
  if (!same && row.redirectedFrom.includes(toInstitutionId)) {
    refuse('conflict', 'referral.redirected-from-there')
  }
  if (row.redirectedFrom.length >= REDIRECTS_MAX) refuse('conflict', 'referral.redirected-too-often')
  await requireAgreement(ctx, { ...row, toInstitutionId })
  const { external } = await findInstitution(ctx, toInstitutionId)
  if (external) refuse('conflict', 'referral.receiver-outside-network')
  if (toDepartmentId) await requireDepartment(ctx, toInstitutionId, toDepartmentId)
}

/** Refuses 422 with every field that is still missing. */
export function requireComplete(row: Parameters<typeof lacksOf>[0]): void {
  const lacks: Lack[] = lacksOf(row)
  if (lacks.length === 0) return
  const code = lacks.every((lack) => lack.problem === 'consent')
    ? 'referral.no-consent'
    : 'referral.incomplete'
  refuse('unprocessable', code, { fields: lacks })
}

/** Refuses dates in a form that cannot be. */
export function requireDates(
  ctx: Ctx,
  body: { form: ReferralForm; returnNote: ReturnNote | null; wantedOn: string | null },
): void {
  requirePast(ctx, 'body.form.consent.at', body.form.consent?.at)
  requireComing(ctx, 'body.wantedOn', body.wantedOn)
  requireComing(ctx, 'body.returnNote.followUpOn', body.returnNote?.followUpOn)
  for (const [i, one] of (body.returnNote?.followUps ?? []).entries()) {
    requireComing(ctx, `body.returnNote.followUps.${i}.dueOn`, one.dueOn)
  }
}
