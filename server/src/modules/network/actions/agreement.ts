import {
  type Agreement,
  type AgreementMove,
  type AgreementPage,
  type agreementApi,
  agreementFlow,
  agreementMoves,
} from '@tongmai/api/network/agreement'
import { ownInstitution } from '../../../kernel/actor.ts'
import { closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { earlierOf, endOf, isDuring, laterOf } from '../day.ts'
import { tell } from '../events.ts'
import { movesOf, type Standing, whyNotNow, whyNotYours } from '../policy.ts'
import * as store from '../store/agreement.ts'
import * as alliances from '../store/alliance.ts'
import * as cooperations from '../store/cooperation.ts'
import * as memberships from '../store/membership.ts'
import { enterWhenDue, stop } from './agreement-turns.ts'
import { lockLed } from './alliance.ts'
import { requireFresh, requirePeriod } from './require.ts'

/** The work-list line of one party that has to sign. */
const signatureOf = (agreementId: string, institutionId: string) =>
  `agreement:${agreementId}/${institutionId}`

const about = (agreement: Agreement) => ({
  thing: `agreement:${agreement.id}`,
  audience: agreement.parties,
  data: { agreementId: agreement.id, allianceId: agreement.allianceId, institutionIds: agreement.parties },
})

async function standingOf(ctx: Ctx, agreement: Agreement): Promise<Standing> {
  return {
    status: agreement.status,
    parties: agreement.parties,
    leadId: await alliances.findLead(ctx, agreement.allianceId),
    signatories: await store.listSignatories(ctx, agreement.id),
    renewalOpen: await store.isRenewed(ctx, agreement.id),
  }
}

async function pageOf(ctx: Ctx, agreement: Agreement): Promise<AgreementPage> {
  const alliance = await alliances.find(ctx, agreement.allianceId)
  return {
    ...agreement,
    allianceName: alliance.shortName,
    signatories: await store.listSignatories(ctx, agreement.id),
    services: await cooperations.listServices(ctx, agreement.id),
    history: await store.listSteps(ctx, agreement.id),
    moves: movesOf(ctx.actor, await standingOf(ctx, agreement), agreementMoves),
  }
}

/** The agreement, held, where this actor may make the move now: else 403 before 409. */
async function lockFor(
  ctx: Ctx,
  id: string,
  move: AgreementMove,
): Promise<{ agreement: Agreement; standing: Standing }> {
  const agreement = await store.lock(ctx, id)
  const standing = await standingOf(ctx, agreement)
  const notYours = whyNotYours(ctx.actor, standing, move)
  if (notYours) allow(false, notYours)
  if (!Object.hasOwn(agreementFlow[agreement.status], move)) {
    refuse('conflict', `network.cannot-${move}-when-${agreement.status}`)
  }
  const notNow = whyNotNow(ctx.actor, standing, move)
  if (notNow) refuse('conflict', notNow)
  return { agreement, standing }
}

const unborn = { status: 'draft', inForceAt: null, endedAt: null } as const

type Words = Pick<Agreement, 'allianceId' | 'parties' | 'since' | 'until'>

/** Each party once, all of them members of the alliance on the first day; no end long past. */
async function requireParties(ctx: Ctx, words: Words): Promise<void> {
  requirePeriod(ctx, words)
  if (words.until < dayOf(ctx.now)) {
    refuse('unprocessable', 'network.over-before-signed', { fields: [{ path: 'until', problem: 'past' }] })
  }
  if (new Set(words.parties).size !== words.parties.length) refuse('unprocessable', 'network.party-twice')
  const from = laterOf(words.since, dayOf(ctx.now))
  const members = await memberships.listTouching(ctx, {
    allianceId: words.allianceId,
    since: from,
    until: from,
  })
  for (const institutionId of words.parties) {
    if (members.some((m) => m.institutionId === institutionId && isDuring(from, m.since, m.until))) continue
    refuse('conflict', 'network.party-not-member', { details: { institutionId } })
  }
}

async function closeSignatures(ctx: Ctx, agreement: Agreement): Promise<void> {
  for (const institutionId of agreement.parties)
    await closeCase(ctx, signatureOf(agreement.id, institutionId))
}

export const agreementActions: Actions<typeof agreementApi> = {
  listAgreements: (ctx, { query }) => store.list(ctx, query),
  readAgreement: async (ctx, { params }) => pageOf(ctx, await store.find(ctx, params.id)),

  async draftAgreement(ctx, { body }) {
    await lockLed(ctx, body.allianceId)
    await requireParties(ctx, body)
    const draft = { ...body, ...unborn, id: ctx.id(), renews: null }
    const agreement = await store.add(ctx, draft, ownInstitution(ctx.actor))
    await store.addStep(ctx, agreement.id, { move: 'draft' })
    await tell(ctx, 'network.agreement-drafted', about(agreement))
    return pageOf(ctx, agreement)
  },

  async changeAgreement(ctx, { params, body }) {
    const { agreement } = await lockFor(ctx, params.id, 'change')
    requireFresh(agreement, body.version)
    await requireParties(ctx, { ...body, allianceId: agreement.allianceId })
    const { version: _, ...words } = body
    const changed = await store.change(ctx, agreement.id, words)
    await store.addStep(ctx, agreement.id, { move: 'change' })
    await tell(ctx, 'network.agreement-changed', about(changed))
    return pageOf(ctx, changed)
  },

  async proposeAgreement(ctx, { params, body }) {
    const { agreement } = await lockFor(ctx, params.id, 'propose')
    requireFresh(agreement, body.version)
    await requireParties(ctx, agreement)
    const proposed = await store.move(ctx, agreement, 'propose')
    await store.changeSignatories(ctx, proposed)
    for (const institutionId of proposed.parties) {
      await openCase(ctx, {
        kind: 'network.agreement',
        thing: signatureOf(proposed.id, institutionId),
        institutionId,
        duty: 'network.sign',
        step: 'sign',
        due: signingDue(ctx, proposed),
      })
    }
    await store.addStep(ctx, proposed.id, { move: 'propose' })
    await tell(ctx, 'network.agreement-proposed', about(proposed))
    return pageOf(ctx, proposed)
  },

  async signAgreement(ctx, { params, body }) {
    const { agreement, standing } = await lockFor(ctx, params.id, 'sign')
    requireFresh(agreement, body.version)
    if (agreement.until < dayOf(ctx.now)) refuse('conflict', 'network.over-before-signed')
    const institutionId = ownInstitution(ctx.actor)
    const signature = { signedAt: ctx.now, signerId: ctx.actor.id, signerName: body.signerName }
    await store.changeSignatory(ctx, { agreementId: agreement.id, institutionId }, signature)
    await closeCase(ctx, signatureOf(agreement.id, institutionId))
    await store.addStep(ctx, agreement.id, { move: 'sign', personName: body.signerName })
    const complete = standing.signatories.every(
      (s) => s.signedAt !== null || s.institutionId === institutionId,
    )
    const { data, ...rest } = about(agreement)
    await tell(ctx, 'network.agreement-signed', {
      ...rest,
      data: { ...data, signedById: institutionId, complete },
    })
    if (!complete) return pageOf(ctx, await store.move(ctx, agreement, 'sign'))
    const signed = await store.move(ctx, agreement, 'complete')
    return pageOf(ctx, await enterWhenDue(ctx, signed))
  },

  async returnAgreement(ctx, { params, body }) {
    const { agreement } = await lockFor(ctx, params.id, 'return')
    await closeSignatures(ctx, agreement)
    const returned = await store.move(ctx, agreement, 'return')
    await store.changeSignatories(ctx, returned)
    // The next signature is for another version, whatever the lead changes.
    const draft = await store.change(ctx, returned.id, {})
    await store.addStep(ctx, draft.id, { move: 'return', note: body.note })
    const { data, ...rest } = about(draft)
    await tell(ctx, 'network.agreement-returned', { ...rest, data: { ...data, note: body.note } })
    return pageOf(ctx, draft)
  },

  async withdrawAgreement(ctx, { params, body }) {
    const { agreement } = await lockFor(ctx, params.id, 'withdraw')
    await closeSignatures(ctx, agreement)
    const withdrawn = await store.move(ctx, agreement, 'withdraw', { endedAt: ctx.now })
    await store.addStep(ctx, withdrawn.id, { move: 'withdraw', note: body.note })
    const { data, ...rest } = about(withdrawn)
    await tell(ctx, 'network.agreement-withdrawn', { ...rest, data: { ...data, note: body.note } })
    return pageOf(ctx, withdrawn)
  },

  async renewAgreement(ctx, { params, body }) {
    const { agreement, standing } = await lockFor(ctx, params.id, 'renew')
    const parties = standing.signatories.filter((s) => s.leftAt === null).map((s) => s.institutionId)
    const words = { ...agreement, ...body, parties }
    if (body.since > dayAfter(agreement.until, 1)) refuse('conflict', 'network.renewal-leaves-a-gap')
    await requireParties(ctx, words)
    const { version: _, ...draft } = words
    const next = { ...draft, ...unborn, id: ctx.id(), renews: agreement.id }
    const renewal = await store.add(ctx, next, ownInstitution(ctx.actor))
    await store.addStep(ctx, agreement.id, { move: 'renew', note: renewal.number })
    await store.addStep(ctx, renewal.id, { move: 'draft', note: agreement.number })
    await tell(ctx, 'network.agreement-drafted', about(renewal))
    return pageOf(ctx, renewal)
  },

  async leaveAgreement(ctx, { params, body }) {
    const { agreement } = await lockFor(ctx, params.id, 'leave')
    const institutionId = ownInstitution(ctx.actor)
    await store.changeSignatory(ctx, { agreementId: agreement.id, institutionId }, { leftAt: ctx.now })
    const bound = await store.move(ctx, agreement, 'leave')
    await store.addStep(ctx, agreement.id, { move: 'leave', note: body.note })
    await stop(ctx, bound, 'left', institutionId)
    return pageOf(ctx, bound)
  },

  async exitAgreement(ctx, { params, body }) {
    const { agreement } = await lockFor(ctx, params.id, 'exit')
    const exited = await store.move(ctx, agreement, 'exit', { endedAt: ctx.now })
    await store.addStep(ctx, agreement.id, { move: 'exit', note: body.note })
    await stop(ctx, exited, 'exited', null)
    return pageOf(ctx, exited)
  },
}

const SIGNING_DAYS = 14

/** Parties sign before the first day; where that is near or past, within two weeks, but before the last day. */
function signingDue(ctx: Ctx, agreement: Agreement): Date {
  const start = startOf(agreement.since)
  if (start > ctx.now) return start
  const weeks = dayAfter(dayOf(ctx.now), SIGNING_DAYS - 1)
  return endOf(earlierOf(weeks, agreement.until))
}
