import type { Draft, referralBookApi } from '@tongmai/api/referral/book'
import type { ReferralForm, ReturnNote } from '@tongmai/api/referral/shape'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { attach } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { requireDepartment } from '../../network/index.ts'
import { requireResident } from '../../resident/index.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { referralNumber } from '../number.ts'
import { notDownFrom, notEditable, notOnwardFrom } from '../policy.ts'
import type { AdviceRow } from '../store/advice.ts'
import * as store from '../store/referral.ts'
import type { ReferralRow } from '../store/row.ts'
import { brief, open } from './advance.ts'
import { announce } from './announce.ts'
import { requireDates, requireDoctorAt, requireReceiver, requireSender } from './check.ts'
import { requireFree } from './held.ts'

const FIRST_FOLLOW_UP_DAYS = 7

/** Refuses a draft that names what cannot be; answers whether the receiver is outside the network. */
async function checkDraft(ctx: Ctx, fromInstitutionId: string, body: Draft): Promise<boolean> {
  if (body.sender) await requireSender(ctx, body.sender, body)
  const { external } = await requireReceiver(ctx, fromInstitutionId, body.toInstitutionId)
  if (body.toDepartmentId) await requireDepartment(ctx, body.toInstitutionId, body.toDepartmentId)
  if (body.fromDepartmentId) await requireDepartment(ctx, fromInstitutionId, body.fromDepartmentId)
  if (external && (body.toDepartmentId || body.toPractitionerId)) {
    refuse('conflict', 'referral.receiver-outside-network')
  }
  await requireDoctorAt(ctx, body.toPractitionerId, body.toInstitutionId)
  requireDates(ctx, body)
  await attach(
    ctx,
    body.form.attachments.map((file) => file.hash),
  )
  return external
}

async function begin(
  ctx: Ctx,
  { sender, ...body }: Draft & { residentId: string },
  under: { external: boolean; parent: ReferralRow | null },
): Promise<ReferralRow> {
  const id = ctx.id()
  const { parent, external } = under
  const row = await store.add(ctx, {
    ...body,
    external,
    id,
    parentId: parent?.id ?? null,
    episodeId: parent?.episodeId ?? id,
    number: referralNumber(id, ctx.now),
    status: 'draft',
    authorId: ctx.actor.id,
    begunBy: sender ? 'receiver' : 'sender',
    retroEntry: body.retroEntry || sender !== null,
    fromInstitutionId: sender?.institutionId ?? ownInstitution(ctx.actor),
    fromPractitionerId: sender ? sender.practitionerId : ctx.actor.practitionerId,
    treatingPractitionerId: sender ? ctx.actor.practitionerId : null,
    since: ctx.now,
    writtenAt: ctx.now,
  })
  await open(ctx, row)
  await announce(ctx, row, 'write', null)
  return row
}

/** What the receiver changes of who sent the patient. */
const placedBy = (sender: Draft['sender']) =>
  sender
    ? { fromInstitutionId: sender.institutionId, fromPractitionerId: sender.practitionerId, retroEntry: true }
    : {}

const emptyForm: ReferralForm = {
  firstImpression: '',
  reason: '',
  pastHistory: '',
  allergies: '',
  treatmentSoFar: '',
  attention: '',
  diagnosis: null,
  indications: [],
  consent: null,
  attachments: [],
  excerpts: [],
}

/** A draft that goes where advice was asked, with what was said as its reason. */
export async function beginFromAdvice(ctx: Ctx, asked: AdviceRow, said: string): Promise<ReferralRow> {
  await requireLicensed(ctx, ctx.actor.practitionerId, 'refer', asked.fromInstitutionId)
  const { residentId, toInstitutionId, toDepartmentId, toPractitionerId } = asked
  const draft = {
    ...{ residentId, toInstitutionId, toDepartmentId, toPractitionerId, fromDepartmentId: null },
    ...({
      direction: 'up',
      urgency: 'routine',
      retroEntry: false,
      wantedOn: null,
      returnNote: null,
      sender: null,
    } as const),
    form: { ...emptyForm, reason: said.slice(0, 4000) },
  }
  return begin(ctx, draft, { external: false, parent: null })
}

/** What the hospital found and did, as far as the parent's outcome says it already. */
function returnNoteOf(ctx: Ctx, parent: ReferralRow): ReturnNote {
  const { outcome } = parent
  return {
    diagnosisResult: outcome?.diagnosis.text ?? '',
    inpatientNumber: outcome?.inpatientNumber ?? '',
    mainResults: outcome?.mainResults ?? '',
    treatment: outcome?.treatment || outcome?.summary || '',
    nextPlan: outcome?.nextPlan ?? '',
    rehabPlan: '',
    medicines: [],
    followUpOn: dayAfter(dayOf(ctx.now), FIRST_FOLLOW_UP_DAYS),
    followUps: [],
  }
}

/** The referral in whose course the patient goes on, where that is ours to say. */
async function requireParent(ctx: Ctx, parentId: string, residentId: string): Promise<ReferralRow> {
  const parent = await store.lock(ctx, parentId)
  if (parent.residentId !== residentId) refuse('missing', 'referral.missing')
  const why = notOnwardFrom(ctx.actor, parent)
  allow(why !== 'referral.receivers-part', why ?? '')
  if (why) refuse('conflict', why)
  return parent
}

export const writing: Pick<Actions<typeof referralBookApi>, 'write' | 'change' | 'writeDown'> = {
  async write(ctx, { body }) {
    await requireResident(ctx, body.residentId)
    const own = ownInstitution(ctx.actor)
    await requireLicensed(ctx, ctx.actor.practitionerId, body.sender ? 'treat' : 'refer', own)
    const external = await checkDraft(ctx, body.sender?.institutionId ?? own, body)
    const { parentId, ...draft } = body
    const parent = parentId === null ? null : await requireParent(ctx, parentId, body.residentId)
    return brief(await begin(ctx, draft, { external, parent }))
  },

  async change(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    const why = notEditable(ctx.actor, row)
    allow(!why || why === 'referral.cannot-change-after-submission', why ?? '')
    if (why) refuse('conflict', why)
    const { version, sender, ...draft } = body
    if ((sender !== null) !== (row.begunBy === 'receiver')) refuse('conflict', 'referral.beginner-is-fixed')
    if (draft.direction !== row.direction) refuse('conflict', 'referral.direction-is-fixed')
    await requireFree(ctx, row)
    const external = await checkDraft(ctx, sender?.institutionId ?? row.fromInstitutionId, body)
    const changed = await store.change(ctx, row, { ...draft, ...placedBy(sender), external }, version)
    await announce(ctx, changed, 'change')
    return brief(changed)
  },

  async writeDown(ctx, { params }) {
    const parent = await store.lock(ctx, params.id)
    const child = await store.findChild(ctx, parent.id)
    const why = notDownFrom(ctx.actor, parent, child !== undefined)
    allow(why !== 'referral.receivers-part' && why !== 'kernel.not-permitted', why ?? '')
    if (why) refuse('conflict', why)
    await requireResident(ctx, parent.residentId)
    await requireLicensed(ctx, ctx.actor.practitionerId, 'refer', parent.toInstitutionId)
    const row = await begin(
      ctx,
      {
        residentId: parent.residentId,
        direction: 'down',
        urgency: 'routine',
        retroEntry: false,
        sender: null,
        fromDepartmentId: parent.arrangement?.departmentId ?? parent.toDepartmentId,
        toInstitutionId: parent.fromInstitutionId,
        toDepartmentId: null,
        toPractitionerId: parent.fromPractitionerId,
        wantedOn: null,
        form: {
          ...emptyForm,
          diagnosis: parent.outcome?.diagnosis ?? parent.form.diagnosis,
          pastHistory: parent.form.pastHistory,
          allergies: parent.form.allergies,
        },
        returnNote: returnNoteOf(ctx, parent),
      },
      { external: false, parent },
    )
    return brief(row)
  },
}
