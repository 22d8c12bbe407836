import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { onlyMatch } from '../../../kernel/resource/conditional.ts'
import type { Resource, Stored } from '../../../kernel/resource/owner.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import { createResource, requireShape } from '../../../kernel/resource/write.ts'
import { departmentsOf, findInstitutionByCode } from '../../network/index.ts'
import { type Message, segmentOf } from '../hl7-message.ts'
import {
  answerLines,
  departmentIn,
  NUMBER,
  numberIn,
  originIn,
  receiverIn,
  requestIn,
  taskIn,
} from '../hl7-referral.ts'
import { Wrong } from '../hl7-value.ts'
import * as known from '../store/known-referral.ts'
import { type Outcome, registered } from './admission.ts'
import { aliasOf, knownAs, remember, requireScope } from './upsert.ts'

/** The institution to which it goes, and the department of it where one is named. */
async function receiverOf(ctx: Ctx, message: Message) {
  const codes = receiverIn(message)
  const institution = await findInstitutionByCode(ctx, codes.institution)
  if (!institution) throw new Wrong('interop.bad-value', 'PRD-4.4', `no institution is ${codes.institution}`)
  const { id } = institution
  return { organizationId: id, departmentId: await departmentCalled(ctx, id, codes.department) }
}

/** The department of an institution by its code; none where none is named. */
async function departmentCalled(ctx: Ctx, institutionId: string, code: string): Promise<string | undefined> {
  if (code === '') return undefined
  const department = (await departmentsOf(ctx, institutionId)).find((one) => one.code === code)
  if (!department) throw new Wrong('interop.bad-value', 'PRD-4.1', `no department is ${code}`)
  return department.id
}

const aliasIn = (message: Message): string => {
  const { number, by } = originIn(message)
  return aliasOf('ServiceRequest', by, number)
}

/** Our number of a referral and where the work on it stands. */
async function standingOf(
  ctx: Ctx,
  id: string,
): Promise<{ number: string; taskStatus: string; residentId: string | null }> {
  const [request, task] = [await findStored(ctx, 'ServiceRequest', id), await findStored(ctx, 'Task', id)]
  if (!request || !task) throw new Wrong('interop.unknown-referral', 'RF1-6')
  const { identifier } = JSON.parse(request.content) as { identifier?: { system?: string; value?: string }[] }
  const number = identifier?.find(({ system }) => system === NUMBER)?.value ?? ''
  const { status } = JSON.parse(task.content) as { status: string }
  return { number, taskStatus: status, residentId: request.residentId }
}

/** The outcome with the response that HL7 wants for a referral: RRI of the same trigger. */
async function answered(ctx: Ctx, message: Message, id: string): Promise<Outcome> {
  const stands = await standingOf(ctx, id)
  const trigger = message.header.fields[9]?.split(message.header.delimiters.component)[1] ?? 'I12'
  return {
    residentId: stands.residentId,
    made: [`ServiceRequest/${id}`],
    more: { type: `RRI^${trigger}^RRI_I12`, lines: answerLines(message, stands) },
  }
}

async function store(ctx: Ctx, resource: Resource): Promise<Stored> {
  requireShape(resource)
  requireScope(ctx, resource.resourceType, 'c')
  return (await createResource(ctx, resource)).stored
}

/** REF^I12: a referral is written and sent by the rules of the web; the same number again answers where it stands. */
export async function takeReferral(ctx: Ctx, message: Message): Promise<Outcome> {
  const alias = aliasIn(message)
  const before = (await knownAs(ctx, alias))?.split('/')[1]
  if (before) return answered(ctx, message, before)
  const receiver = await receiverOf(ctx, message)
  const { patientId } = await registered(ctx, segmentOf(message, 'PID'), false)
  const about = { patientId, ...receiver, institutionId: ownInstitution(ctx.actor) }
  const { id } = await store(ctx, requestIn(message, about))
  await remember(ctx, alias, { type: 'ServiceRequest', id })
  await known.put(ctx, { institutionId: about.institutionId, referralId: id }, originIn(message))
  return answered(ctx, message, id)
}

/** Makes the move that a message asks for, as a Task of another system would. */
async function move(ctx: Ctx, message: Message, requestId: string): Promise<void> {
  const { number } = await standingOf(ctx, requestId)
  const institutionId = ownInstitution(ctx.actor)
  const departmentId = await departmentCalled(ctx, institutionId, departmentIn(message))
  const of = { requestId, number, institutionId, departmentId }
  await store(ctx, taskIn(message, of))
}

/** REF^I14: the sender calls its referral back. */
export async function cancelReferral(ctx: Ctx, message: Message): Promise<Outcome> {
  const id = (await knownAs(ctx, aliasIn(message)))?.split('/')[1]
  if (!id) throw new Wrong('interop.unknown-referral', 'RF1-6')
  await move(ctx, message, id)
  return answered(ctx, message, id)
}

/** RRI: the receiver's system accepts or rejects a referral that was sent to it, by our number. */
export async function takeAnswer(ctx: Ctx, message: Message): Promise<Outcome> {
  const query = `identifier=${encodeURIComponent(`${NUMBER}|${numberIn(message)}`)}`
  const request = await onlyMatch(ctx, 'ServiceRequest', query)
  if (!request) throw new Wrong('interop.unknown-referral', 'RF1-11')
  const { id } = request
  await move(ctx, message, id)
  const { residentId } = await standingOf(ctx, id)
  return { residentId, made: [`Task/${id}`] }
}
