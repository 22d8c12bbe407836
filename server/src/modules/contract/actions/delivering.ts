import { isInForce } from '@tongmai/api/contract/flow'
import type { Delivery, fulfilmentApi } from '@tongmai/api/contract/fulfilment'
import { delivery } from '@tongmai/api/contract/fulfilment'
import type { EvidenceKind } from '@tongmai/api/contract/package'
import * as z from 'zod/mini'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { attach } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { findPractitioner, requireLicensed } from '../../workforce/index.ts'
import { tell } from '../events.ts'
import * as contracts from '../store/contract.ts'
import * as store from '../store/due.ts'
import * as flags from '../store/flag.ts'
import { lay } from '../store/lay.ts'
import type { ContractRow } from '../store/row.ts'
import { raiseFlags } from './flagging.ts'
import { askSurvey } from './surveying.ts'

const TOLERANCE_MS = 5 * 60_000
const PAST_DAYS = 31

const given: Readonly<Record<EvidenceKind, (d: Delivery) => boolean>> = {
  visitNote: (d) => d.note !== '',
  measurement: (d) => d.measurements.length > 0,
  photo: (d) => d.photos.length > 0,
  signature: (d) => d.signature !== null,
  placeAndTime: (d) => d.place !== null,
}

/** Refuses 422 with everything that the item asks for and is not there. */
export function requireEvidence(asked: readonly EvidenceKind[], proof: Delivery): void {
  const missing = asked.filter((kind) => !given[kind](proof))
  if (missing.length === 0) return
  const fields = missing.map((kind) => ({ path: `body.${kind}`, problem: `contract.evidence-${kind}` }))
  refuse('unprocessable', 'contract.evidence-missing', { fields, details: { missing: missing.join(',') } })
}

/** Refuses a time that has not come, lies too far back, or is before the service was owed. */
function requireTime(ctx: Ctx, at: Date, dueFrom: string | null): void {
  const ago = ctx.now.getTime() - at.getTime()
  const wrong = (problem: string) => {
    const fields = [{ path: 'body.at', problem: `contract.${problem}` }]
    refuse('unprocessable', `contract.${problem}`, { fields, details: dueFrom ? { dueFrom } : {} })
  }
  if (ago < -TOLERANCE_MS) wrong('delivered-in-future')
  if (ago > PAST_DAYS * 86_400_000) wrong('delivered-too-long-ago')
  if (dueFrom && dayOf(at) < dueFrom) wrong('not-due-yet')
}

/** Keeps what was delivered with its evidence, and raises flags where it looks odd. */
async function keep(ctx: Ctx, row: store.ServiceRow, proof: Delivery) {
  const { practitionerId } = ctx.actor
  if (row.performer === 'physician' || row.performer === 'nurse') {
    await requireLicensed(ctx, practitionerId, 'followUp', row.communityId)
  }
  requireEvidence(row.evidence, proof)
  requireTime(ctx, proof.at, row.dueFrom)
  await attach(ctx, [...proof.photos, ...(proof.signature ? [proof.signature] : [])])
  await store.change(ctx, row, {
    ...{ status: 'done', doneAt: proof.at, doneBy: practitionerId, recordedAt: ctx.now },
    ...{ note: proof.note || null, proof: JSON.stringify(z.encode(delivery, proof)) },
  })
  await raiseFlags(ctx, row, proof)
  await tell(ctx, 'contract.service-delivered', {
    thing: `contract:${row.contractId}`,
    residentId: row.residentId,
    audience: [row.communityId],
    data: { id: row.id, itemCode: row.itemCode, practitionerId, at: proof.at.toISOString() },
  })
  const { contractId, residentId, itemName: subject } = row
  await askSurvey(ctx, { contractId, residentId, about: 'service', subject })
  return store.find(ctx, row.id)
}

/** The next one owed of an item; for what is given as needed a new one. Held under the contract's row. */
async function nextOf(ctx: Ctx, contract: ContractRow, itemCode: string): Promise<store.ServiceRow> {
  const found = contract.packages
    .flatMap((one) => one.items.map((item) => ({ packageCode: one.code, item })))
    .find((one) => one.item.code === itemCode)
  if (!found) return refuse('unprocessable', 'contract.item-not-in-contract')
  const { packageCode, item } = found
  if (item.period !== 'asNeeded') {
    const next = await store.lockNext(ctx, contract.id, itemCode)
    return next ?? refuse('conflict', 'contract.quota-used-up', { details: { item: item.name } })
  }
  const today = dayOf(ctx.now)
  const id = ctx.id()
  const of = { residentId: contract.residentId, contractId: contract.id, id, template: 0, assigneeId: null }
  await lay(
    ctx,
    [of],
    [
      {
        ...{ communityId: contract.communityId, teamId: contract.teamId, packageCode, itemCode },
        ...{ itemName: item.name, seq: 0, performer: item.performer, evidence: item.evidence, priceFen: 0 },
        ...{ dueFrom: contract.startsOn, dueOn: today },
      },
    ],
  )
  return store.lock(ctx, id)
}

/** Records an item of a contract in force as delivered: the next one owed, or one as needed. */
export async function deliverNext(ctx: Ctx, contractId: string, itemCode: string, proof: Delivery) {
  const contract = await contracts.lock(ctx, contractId)
  if (contract.communityId !== ownInstitution(ctx.actor)) refuse('forbidden', 'contract.community-part')
  if (!isInForce(contract.status) || contract.upcoming) refuse('conflict', 'contract.not-in-force')
  return keep(ctx, await nextOf(ctx, contract, itemCode), proof)
}

export const delivering: Actions<typeof fulfilmentApi> = {
  listServices: (ctx, { query }) => store.list(ctx, query),

  countServices: (ctx, { query }) => flags.count(ctx, query),

  async deliver(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (row.status !== 'due') refuse('conflict', `contract.service-${row.status}-already`)
    return keep(ctx, row, body)
  },

  deliverItem: (ctx, { params, body: { itemCode, ...proof } }) =>
    deliverNext(ctx, params.id, itemCode, proof),

  async refuseService(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (row.status !== 'due') refuse('conflict', `contract.service-${row.status}-already`)
    const by = { doneBy: ctx.actor.practitionerId, recordedAt: ctx.now }
    await store.change(ctx, row, { status: 'refused', note: body.note, ...by })
    await tell(ctx, 'contract.service-refused', {
      thing: `contract:${row.contractId}`,
      residentId: row.residentId,
      audience: [row.communityId],
      data: { id: row.id, itemCode: row.itemCode },
    })
    return store.find(ctx, row.id)
  },

  async assignServices(ctx, { body }) {
    const person = await findPractitioner(ctx, body.practitionerId)
    const here = person.sites.some((site) => site.institutionId === ownInstitution(ctx.actor))
    if (!here) refuse('unprocessable', 'contract.practitioner-not-here')
    return { assigned: await store.assign(ctx, body.ids, body.practitionerId) }
  },

  listFlags: (ctx, { query }) => flags.list(ctx, query),

  async reviewFlag(ctx, { params, body }) {
    await flags.review(ctx, params.id, body)
    return { state: body.verdict }
  },

  listMyServices: (ctx, { query }) => store.listOwn(ctx, query),
}
