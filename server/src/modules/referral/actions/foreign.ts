import { referralBookApi } from '@tongmai/api/referral/book'
import { cannot, type ReferralMove } from '@tongmai/api/referral/flow'
import { referralMoveApi } from '@tongmai/api/referral/move'
import * as z from 'zod/mini'
import type { Ctx } from '../../../kernel/ctx.ts'
import { allow, Refusal, refuse } from '../../../kernel/refusal.ts'
import { residentOf } from '../../../kernel/resource/next.ts'
import type { Json, Resource, Stored } from '../../../kernel/resource/owner.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import { peekDepartment } from '../../network/index.ts'
import { isSender } from '../policy.ts'
import { draftIn, elementOf, moveIn, patientOf, recallIn, requestOf, saidWith } from '../received.ts'
import * as store from '../store/referral.ts'
import type { ReferralRow } from '../store/row.ts'
import { actions } from './actions.ts'

/** What another system does with a referral over FHIR: the same actions, permissions and shapes as the web's. */
type Move = keyof typeof referralMoveApi

/** The body as the API takes it; 422 names what is wrong with it. */
function bodyOf<T extends z.ZodMiniType>(shape: T, given: Json): z.output<T> {
  const read = z.safeDecode(shape, given as never)
  if (read.success) return read.data
  const fields = read.error.issues.slice(0, 50).map((issue) => ({
    path: issue.path.join('.'),
    problem: issue.code === 'custom' ? issue.message : issue.code,
  }))
  return refuse('unprocessable', 'referral.incomplete', { fields })
}

const permitted = (ctx: Ctx, may: string): void =>
  allow(ctx.actor.permissions.has(may), 'kernel.not-permitted')

async function run(ctx: Ctx, id: string, move: Move, said: Record<string, Json>): Promise<void> {
  const { may, body } = referralMoveApi[move]
  permitted(ctx, may)
  const input = { params: { id }, body: bodyOf(body as z.ZodMiniType, said) }
  await (actions[move] as (ctx: Ctx, input: unknown) => Promise<unknown>)(ctx, input)
}

/** Whatever is wrong is named where it stands in the resource. */
async function inFhir<T>(type: 'ServiceRequest' | 'Task', work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof Refusal) || !error.extra.fields) throw error
    const fields = error.extra.fields.map(({ path, problem }) => ({
      path: /^[A-Z]/.test(path) ? path : elementOf(type, path),
      problem,
    }))
    throw new Refusal(error.kind, error.code, { ...error.extra, fields })
  }
}

/** What lies in the store of it now. */
async function shown(ctx: Ctx, type: string, id: string): Promise<Stored> {
  return (await findStored(ctx, type, id)) ?? refuse('missing', 'record.no-such-resource')
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A performer that is a department, or what it offers, stands for its institution too. */
async function placed(ctx: Ctx, draft: Record<string, Json>): Promise<Record<string, Json>> {
  const { toInstitutionId, toDepartmentId } = draft
  const isId = typeof toInstitutionId === 'string' && uuid.test(toInstitutionId)
  const department = isId ? await peekDepartment(ctx, toInstitutionId) : undefined
  if (!department) return draft
  return {
    ...draft,
    ...{ toInstitutionId: department.institutionId, toDepartmentId: toDepartmentId ?? department.id },
  }
}

/** Writes it as the web does; a receiver who is not there is a reference that leads nowhere. */
async function written(ctx: Ctx, draft: Record<string, Json>): Promise<string> {
  const body = bodyOf(referralBookApi.write.body, await placed(ctx, draft))
  const write = actions.write as (ctx: Ctx, input: unknown) => Promise<{ id: string }>
  try {
    return (await write(ctx, { body })).id
  } catch (error) {
    const isReceiver =
      error instanceof Refusal && error.kind === 'missing' && error.code.startsWith('network.')
    if (!isReceiver) throw error
    const fields = [{ path: 'ServiceRequest.performer', problem: error.code }]
    return refuse('unprocessable', 'record.unresolved-reference', { fields })
  }
}

/** A new ServiceRequest is written and sent at once: drafts stay in the system that writes them. */
export async function sendReceived(ctx: Ctx, resource: Resource): Promise<Stored> {
  if (resource.status !== 'active')
    refuse('unprocessable', 'referral.sent-active-only', {
      fields: [{ path: 'ServiceRequest.status', problem: 'must be active' }],
    })
  permitted(ctx, referralBookApi.write.may)
  permitted(ctx, referralMoveApi.submit.may)
  const patient = patientOf(resource)
  const residentId = patient ? await residentOf(ctx, patient) : undefined
  if (!residentId)
    return refuse('unprocessable', 'record.no-such-patient', {
      fields: [{ path: 'ServiceRequest.subject', problem: 'is not known here' }],
    })
  const sent = async () => {
    const id = await written(ctx, draftIn(resource, residentId))
    await run(ctx, id, 'submit', {})
    return shown(ctx, 'ServiceRequest', id)
  }
  return inFhir('ServiceRequest', sent())
}

/** Makes the move that a Task asks for; where it asks for nothing, nothing happens. */
async function moved(ctx: Ctx, row: ReferralRow, resource: Resource): Promise<Stored> {
  const move = moveIn(resource, row, isSender(ctx.actor, row))
  if (!move) refuse('conflict', 'referral.no-way-there', { details: { status: row.status } })
  else if (move !== 'nothing')
    await inFhir('Task', run(ctx, row.id, requireMove(move, row), saidWith(resource)))
  return shown(ctx, 'Task', row.id)
}

const requireMove = (move: ReferralMove, { status }: ReferralRow): Move =>
  Object.hasOwn(referralMoveApi, move) ? (move as Move) : refuse('conflict', cannot(move, status))

/** A Task of another system speaks of the referral in its focus; it is not made, it is there. */
export async function joinTask(ctx: Ctx, resource: Resource): Promise<Stored> {
  const focus = requestOf(resource)
  const request = focus === undefined ? undefined : await findStored(ctx, 'ServiceRequest', focus)
  if (!request)
    return refuse('unprocessable', 'record.unresolved-reference', {
      fields: [{ path: 'Task.focus', problem: 'is no referral that is known here' }],
    })
  return moved(ctx, await store.find(ctx, request.ownId), resource)
}

export const changeTask = async (ctx: Ctx, id: string, resource: Resource): Promise<Stored> =>
  moved(ctx, await store.find(ctx, id), resource)

/** What was sent is not written anew; it can be called back. */
export async function changeRequest(ctx: Ctx, id: string, resource: Resource): Promise<Stored> {
  const row = await store.find(ctx, id)
  const recall = recallIn(resource, row.status)
  if (!recall) refuse('conflict', 'referral.cannot-change-after-submission')
  else if (recall === 'withdraw') await inFhir('ServiceRequest', run(ctx, id, 'withdraw', saidWith(resource)))
  return shown(ctx, 'ServiceRequest', id)
}
