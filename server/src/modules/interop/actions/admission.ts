import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { resourceIn } from '../../../kernel/resource/exact.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import { createResource, requireShape, updateResource } from '../../../kernel/resource/write.ts'
import { linkResidents, matchPatient, unlinkResidents } from '../../resident/index.ts'
import { allergiesIn } from '../hl7-allergy.ts'
import { at, type Message, type Segment, segmentOf, segmentsOf } from '../hl7-message.ts'
import { numbersIn, patientIn } from '../hl7-patient.ts'
import { proceduresIn } from '../hl7-procedure.ts'
import { Wrong } from '../hl7-value.ts'
import { encounterIn, needsVisit, visitNumber } from '../hl7-visit.ts'
import { type Prepared, prepareDiagnoses } from './diagnoses.ts'
import { aliasOf, requireScope, storedAs, takeListed, upsert } from './upsert.ts'

/** What came of a message: whom it was about and what it made, as `Type/id`. */
export interface Outcome {
  readonly residentId: string | null
  readonly made: readonly string[]
  /** Segments for the sender beside the acknowledgement. */
  readonly more?: { readonly type: string; readonly lines: readonly string[] }
}

const about = (ctx: Ctx) => ({ institutionId: ownInstitution(ctx.actor), today: dayOf(ctx.now) })

export interface Person {
  readonly patientId: string
  readonly residentId: string
}

/** Registers whom PID describes, or finds who is known by one of the numbers; `correct` takes over what is said now. */
export async function registered(ctx: Ctx, pid: Segment | undefined, correct: boolean): Promise<Person> {
  const patient = patientIn(pid, about(ctx))
  requireShape(patient)
  requireScope(ctx, 'Patient', 'c')
  const { stored, isNew } = await createResource(ctx, patient)
  if (!isNew && correct) {
    requireScope(ctx, 'Patient', 'u')
    const { sealed_: _, ...before } = resourceIn(stored.content)
    await updateResource(ctx, { ...(before as Resource), ...patient, id: stored.id })
  }
  return { patientId: stored.id, residentId: stored.residentId ?? stored.ownId }
}

const corrects = new Set(['A08', 'A31'])
/** About the person, whatever stay is named. */
const personal = new Set(['A28', 'A31'])
type VisitNumber = NonNullable<ReturnType<typeof visitNumber>>

/** ADT of one person: registration, the stay where there is one, its diagnoses and operations, and the person's allergies. */
export async function admit(ctx: Ctx, message: Message, trigger: string): Promise<Outcome> {
  const { patientId, residentId } = await registered(ctx, segmentOf(message, 'PID'), corrects.has(trigger))
  const number = personal.has(trigger) ? undefined : stayNumber(ctx, message, trigger)
  const visit = number ? `${number.system}|${number.value}` : ''
  const diagnoses = await prepareDiagnoses(ctx, message, { patientId, visit })
  const stay = number && (await takeStay(ctx, message, { trigger, patientId, number, diagnoses }))
  const of = { patientId, encounterId: stay, institutionId: about(ctx).institutionId }
  const made = [
    ...[`Patient/${patientId}`, ...(stay ? [`Encounter/${stay}`] : [])],
    ...(await diagnoses.store(stay)),
    ...(await takeListed(ctx, 'Procedure', [patientId, visit], proceduresIn(message, of))),
    ...(await takeListed(ctx, 'AllergyIntolerance', [patientId], allergiesIn(message, of))),
  ]
  return { residentId, made }
}

/** The number of the stay that the trigger is about; undefined where the message names none and need not. */
function stayNumber(ctx: Ctx, message: Message, trigger: string): VisitNumber | undefined {
  const number = visitNumber(message, about(ctx).institutionId)
  if (!number && needsVisit.has(trigger)) throw new Wrong('interop.field-missing', 'PV1-19')
  return number
}

interface Stay {
  readonly trigger: string
  readonly patientId: string
  readonly number: VisitNumber
  readonly diagnoses: Prepared
}

/** The id of the stay as it is now. */
async function takeStay(
  ctx: Ctx,
  message: Message,
  { trigger, patientId, number, diagnoses }: Stay,
): Promise<string> {
  const alias = aliasOf('Encounter', String(number.system), String(number.value))
  const before = await storedAs(ctx, alias)
  if (!before && (trigger === 'A11' || trigger === 'A13')) throw new Wrong('interop.unknown-visit', 'PV1-19')
  const { institutionId } = about(ctx)
  const { ofStay } = diagnoses
  const resource = encounterIn(message, { trigger, patientId, institutionId, before, diagnoses: ofStay })
  return upsert(ctx, alias, resource)
}

/** Whom these numbers name, if it is exactly one whom the institution treats. */
async function treated(ctx: Ctx, numbers: readonly Json[]): Promise<string | undefined> {
  if (numbers.length === 0) return undefined
  const patient: Resource = { resourceType: 'Patient', identifier: [...numbers] }
  const found = await matchPatient(ctx, patient)
  const certain = found.filter(({ grade, score }) => grade === 'certain' && score === 1)
  const [one, another] = certain
  if (!one || another) return undefined
  return (await findStored(ctx, 'Patient', one.residentId)) ? one.residentId : undefined
}

/** Whom a merge leaves: many systems send no more than the number of somebody who is known by it. */
async function survivor(
  ctx: Ctx,
  pid: Segment | undefined,
): Promise<{ patientId: string; residentId: string }> {
  requireScope(ctx, 'Patient', 'c')
  const isNumberOnly = pid !== undefined && at(pid, 5) === ''
  const residentId = isNumberOnly ? await treated(ctx, numbersIn(pid, 3, about(ctx))) : undefined
  if (isNumberOnly && !residentId) throw new Wrong('interop.unknown-patient', 'PID-3')
  return residentId ? { patientId: residentId, residentId } : registered(ctx, pid, false)
}

/** A40: two numbers of the sender's are one person; the link can be undone, and nothing is copied. */
export async function merge(ctx: Ctx, message: Message): Promise<Outcome> {
  const prior = segmentOf(message, 'MRG')
  if (!prior) throw new Wrong('interop.segment-missing', 'MRG')
  const otherId = await treated(ctx, numbersIn(prior, 1, about(ctx)))
  if (!otherId) throw new Wrong('interop.unknown-patient', 'MRG-1')
  const { patientId, residentId } = await survivor(ctx, segmentOf(message, 'PID'))
  if (residentId !== otherId)
    await linkResidents(ctx, { residentId, otherId, survivorId: residentId, reason: 'HL7 v2 ADT^A40' })
  return { residentId, made: [`Patient/${patientId}`, `Patient/${otherId}`] }
}

/** A37: what was merged is two persons after all. */
export async function separate(ctx: Ctx, message: Message): Promise<Outcome> {
  const [one, other] = segmentsOf(message, 'PID')
  if (!one || !other) throw new Wrong('interop.segment-missing', 'PID')
  const residentId = await treated(ctx, numbersIn(one, 3, about(ctx)))
  const otherId = await treated(ctx, numbersIn(other, 3, about(ctx)))
  if (!residentId || !otherId) throw new Wrong('interop.unknown-patient', 'PID-3')
  await unlinkResidents(ctx, { residentId, otherId, reason: 'HL7 v2 ADT^A37' })
  return { residentId, made: [`Patient/${residentId}`, `Patient/${otherId}`] }
}
