import { createHash } from 'node:crypto'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { enqueue } from '../../../kernel/job.ts'
import type { Heard } from '../../../kernel/module.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { findStored, present } from '../../../kernel/resource/read.ts'
import { seal } from '../../../kernel/secret.ts'
import { clientActor, scopeAllows } from '../../identity/index.ts'
import { findDepartment, findInstitution } from '../../network/index.ts'
import { findReferral, type Moved, type ReferralRow } from '../../referral/index.ts'
import { findPractitioner } from '../../workforce/index.ts'
import { type Outgoing, outgoingText, type Party } from '../hl7-outgoing.ts'
import { encoded } from '../hl7-text.ts'
import { type Telling, tellingsOf } from '../hl7-told.ts'
import * as destinations from '../store/destination.ts'
import * as known from '../store/known-referral.ts'
import * as messages from '../store/message.ts'

export const SEND = 'interop.send-messages'

/** Has what waits for a partner sent, after this transaction. */
export const sendSoon = (ctx: Ctx, institutionId: string, partnerId: string, runAt?: Date): Promise<void> =>
  enqueue(
    ctx,
    SEND,
    { institutionId, partnerId },
    { key: `${SEND}:${partnerId}`, ...(runAt ? { runAt } : {}) },
  )

type Partner = Awaited<ReturnType<typeof destinations.listTold>>[number]

/**
 * Queues what the partners of both sides are told of a referral, in the transaction in which this is heard. Whoever did
 * it by its own client knows it.
 */
export async function tellPartners(ctx: Ctx, event: Heard<Moved>): Promise<void> {
  const { id } = event.data
  const before =
    event.data.move === 'redirect' ? (await findReferral(ctx, id)).redirectedFrom.at(-1) : undefined
  for (const telling of tellingsOf(event.data, before)) {
    const partners = await destinations.listTold(ctx, telling.institutionId, event.at)
    const others = partners.filter(({ clientId }) => clientId !== event.actorId)
    for (const partner of others) await queue(ctx, { event, telling, partner })
  }
}

/** The same event makes the same number for a partner, and so one message only. */
const controlIdOf = (eventId: string, partnerId: string): string =>
  `T${createHash('sha256').update(`${eventId}|${partnerId}`).digest('hex').slice(0, 19).toUpperCase()}`

interface ToQueue {
  readonly event: Heard<Moved>
  readonly telling: Telling
  readonly partner: Partner
}

async function queue(ctx: Ctx, { event, telling, partner }: ToQueue): Promise<void> {
  const { institutionId, kind } = telling
  const client = await clientActor(ctx, partner.clientId)
  if (client?.institutionId !== institutionId || !scopeAllows(client.scopes, 'ServiceRequest', 'r')) return
  const row = await findReferral(ctx, event.data.id)
  const { charset, facility, application } = partner
  const controlId = controlIdOf(event.id, partner.id)
  const text = outgoingText({
    ...{ kind, controlId, charset, at: ctx.now, to: { institutionId, facility, application } },
    referral: row,
    ownNumber: await known.find(ctx, { institutionId, referralId: row.id }),
    ...(await partiesOf(ctx, row, institutionId)),
    patient: scopeAllows(client.scopes, 'Patient', 'r') ? await patientOf(ctx, row.residentId) : null,
  })
  await messages.addOnce(ctx, {
    ...{ institutionId, id: ctx.id(), direction: 'out', road: partner.road, clientId: partner.clientId },
    ...{ partnerId: partner.id, kind, application, facility, controlId, state: 'waiting', charset },
    rawSealed: seal(encoded(text, charset).toString('base64')),
    digest: `event:${event.id}`,
    ...{ answerSealed: null, problemCode: null, problemPlace: null, problemText: null },
    ...{ residentId: row.residentId, made: [`ServiceRequest/${row.id}`], mendsId: null, note: null },
    ...{ tries: 0, at: ctx.now, doneAt: null },
  })
  await sendSoon(ctx, institutionId, partner.id, partner.nextTryAt)
}

async function patientOf(ctx: Ctx, residentId: string): Promise<Resource | null> {
  const stored = await findStored(ctx, 'Patient', residentId)
  return stored && !stored.deleted ? (JSON.parse(await present(ctx, stored)) as Resource) : null
}

/** Both sides; whoever is no side any more is told as the receiver it was. */
async function partiesOf(
  ctx: Ctx,
  row: ReferralRow,
  told: string,
): Promise<Pick<Outgoing, 'sender' | 'receiver'>> {
  const { fromInstitutionId, fromDepartmentId, fromPractitionerId, toInstitutionId, arrangement } = row
  const doctor = row.treatingPractitionerId ?? arrangement?.practitionerId ?? row.toPractitionerId
  const isParty = told === fromInstitutionId || told === toInstitutionId
  const departmentId = arrangement?.departmentId ?? row.toDepartmentId
  return {
    sender: await partyOf(ctx, fromInstitutionId, fromDepartmentId, fromPractitionerId),
    receiver: isParty
      ? await partyOf(ctx, toInstitutionId, departmentId, doctor)
      : await partyOf(ctx, told, null, null),
  }
}

async function partyOf(
  ctx: Ctx,
  institutionId: string,
  departmentId: string | null,
  practitionerId: string | null,
): Promise<Party> {
  const { code, name } = await findInstitution(ctx, institutionId)
  const department = departmentId ? await findDepartment(ctx, departmentId) : null
  const practitioner = practitionerId
    ? await asSystem(ctx, (all) => findPractitioner(all, practitionerId))
    : null
  return {
    ...{ code, name },
    department: department && { code: department.code, name: department.name },
    practitioner: practitioner && { id: practitioner.id, name: practitioner.name },
  }
}
