import type { Alliance, allianceApi, Membership } from '@tongmai/api/network/alliance'
import { gridForms } from '@tongmai/api/network/alliance'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { isDuring } from '../day.ts'
import { tell } from '../events.ts'
import { isLead } from '../policy.ts'
import * as agreements from '../store/agreement.ts'
import * as store from '../store/alliance.ts'
import * as institutions from '../store/institution.ts'
import * as memberships from '../store/membership.ts'
import * as rules from '../store/service-rule.ts'
import { requireFresh, requirePeriod } from './require.ts'
import { showAlliance, showMembership } from './show.ts'

/** The alliance, held, where the caller acts for its lead of today; else 403. */
export async function lockLed(ctx: Ctx, allianceId: string): Promise<Alliance> {
  const alliance = await store.lock(ctx, allianceId)
  allow(isLead(ctx.actor, await store.findLead(ctx, alliance.id)), 'network.only-the-lead-manages')
  return alliance
}

/** What is past stays as it was: changes begin today or later. */
function requireFromToday(ctx: Ctx, since: string): void {
  if (since < dayOf(ctx.now)) {
    refuse('unprocessable', 'network.past-stays', { fields: [{ path: 'since', problem: 'past' }] })
  }
}

type Joining = Pick<Membership, 'institutionId' | 'grade' | 'since' | 'until'>

/** Refuses a second tight city alliance or county community during these days. */
async function requireOneTight(ctx: Ctx, alliance: Alliance, joining: Joining): Promise<void> {
  if (joining.grade !== 'tight' || !gridForms.includes(alliance.form)) return
  const { institutionId, since, until } = joining
  const other = await memberships.findOtherTight(ctx, {
    institutionId,
    allianceId: alliance.id,
    since,
    until,
  })
  if (other) refuse('conflict', 'network.tight-elsewhere', { details: { alliance: other } })
}

async function lockMembership(ctx: Ctx, id: string): Promise<{ alliance: Alliance; membership: Membership }> {
  const { allianceId } = await memberships.find(ctx, id)
  const alliance = await lockLed(ctx, allianceId)
  const membership = await memberships.find(ctx, id)
  if (membership.role === 'lead') refuse('conflict', 'network.hand-the-lead-first')
  return { alliance, membership }
}

async function tellMember(
  ctx: Ctx,
  name: 'network.member-joined' | 'network.member-changed',
  m: Membership,
): Promise<void> {
  await showMembership(ctx, m)
  const about = { thing: `alliance:${m.allianceId}`, audience: [m.institutionId] }
  const { allianceId, institutionId, role, grade, since, until } = m
  if (name === 'network.member-joined') {
    await tell(ctx, name, { ...about, data: { allianceId, institutionId, role, grade, since } })
  } else await tell(ctx, name, { ...about, data: { allianceId, institutionId, grade, until } })
}

/** The one membership of an institution that holds on a day and from then on without end; refuses otherwise. */
async function requireLasting(
  ctx: Ctx,
  allianceId: string,
  institutionId: string,
  since: string,
): Promise<Membership> {
  const touching = await memberships.listTouching(ctx, { allianceId, institutionId, since, until: null })
  const [membership] = touching
  if (!membership || !isDuring(since, membership.since, membership.until)) {
    refuse('conflict', 'network.party-not-member', { details: { institutionId } })
  }
  if (touching.length > 1 || membership.until !== null) refuse('conflict', 'network.lead-needs-open-end')
  return membership
}

export const allianceActions: Actions<typeof allianceApi> = {
  listAlliances: (ctx, { query }) => store.list(ctx, query),

  async readAlliance(ctx, { params }) {
    const shown = await store.findShown(ctx, params.id)
    const mayManage = isLead(ctx.actor, shown.leadId) && ctx.actor.permissions.has('network.manage')
    return { ...shown, serviceRules: await rules.list(ctx, params.id, dayOf(ctx.now)), mayManage }
  },

  async foundAlliance(ctx, { body }) {
    const leadId = ownInstitution(ctx.actor)
    requirePeriod(ctx, { since: body.since, until: null })
    if ((body.form === 'specialtyAlliance') !== (body.specialty !== null)) {
      refuse('unprocessable', 'network.specialty-for-specialty-alliance', {
        fields: [{ path: 'specialty', problem: 'only and always for a specialty alliance' }],
      })
    }
    await memberships.lockInstitution(ctx, leadId)
    const alliance = await store.add(ctx, { ...body, id: ctx.id(), until: null }, leadId)
    const joining = { institutionId: leadId, grade: 'tight', since: body.since, until: null } as const
    await requireOneTight(ctx, alliance, joining)
    const lead = await memberships.add(ctx, {
      ...joining,
      id: ctx.id(),
      allianceId: alliance.id,
      role: 'lead',
      layer: 'inCity',
    })
    await rules.addDefaults(ctx, alliance.id, body.since)
    await showAlliance(ctx, alliance)
    await tell(ctx, 'network.alliance-founded', {
      thing: `alliance:${alliance.id}`,
      data: { allianceId: alliance.id, name: alliance.name, form: alliance.form },
    })
    await tellMember(ctx, 'network.member-joined', lead)
    return alliance
  },

  async changeAlliance(ctx, { params, body }) {
    const alliance = await lockLed(ctx, params.id)
    requireFresh(alliance, body.version)
    const { version: _, ...set } = body
    const changed = await store.change(ctx, alliance.id, set)
    await showAlliance(ctx, changed)
    await tell(ctx, 'network.alliance-changed', {
      thing: `alliance:${changed.id}`,
      data: { allianceId: changed.id, name: changed.name },
    })
    return changed
  },

  async listMembers(ctx, { params, query }) {
    await store.find(ctx, params.id)
    return memberships.list(ctx, params.id, query)
  },

  async addMember(ctx, { params, body }) {
    const institution = await institutions.find(ctx, body.institutionId)
    const alliance = await lockLed(ctx, params.id)
    requirePeriod(ctx, body)
    if (institution.external) refuse('conflict', 'network.external-is-never-member')
    await memberships.lockInstitution(ctx, institution.id)
    const before = await memberships.listTouching(ctx, { allianceId: alliance.id, ...body })
    if (before.length > 0) refuse('conflict', 'network.member-already')
    await requireOneTight(ctx, alliance, body)
    const membership = await memberships.add(ctx, { ...body, id: ctx.id(), allianceId: alliance.id })
    await tellMember(ctx, 'network.member-joined', membership)
    return membership
  },

  async changeMember(ctx, { params, body }) {
    const { alliance, membership } = await lockMembership(ctx, params.id)
    requireFresh(membership, body.version)
    requirePeriod(ctx, body)
    if (body.since !== membership.since) requireFromToday(ctx, body.since)
    if (!isDuring(body.since, membership.since, membership.until))
      refuse('conflict', 'network.outside-the-membership')
    await memberships.lockInstitution(ctx, membership.institutionId)
    const { institutionId } = membership
    const later = await memberships.listTouching(ctx, { allianceId: alliance.id, institutionId, ...body })
    if (later.some((other) => other.id !== membership.id)) refuse('conflict', 'network.member-already')
    await requireOneTight(ctx, alliance, { ...body, institutionId })
    await requireUnbound(ctx, membership, body.until)
    const changed = await memberships.changeFrom(ctx, membership, body)
    if (changed.id !== membership.id) await showMembership(ctx, await memberships.find(ctx, membership.id))
    await tellMember(ctx, 'network.member-changed', changed)
    return changed
  },

  async endMember(ctx, { params, body }) {
    const { membership } = await lockMembership(ctx, params.id)
    requireFresh(membership, body.version)
    requirePeriod(ctx, { since: membership.since, until: body.until })
    await requireUnbound(ctx, membership, body.until)
    const ended = await memberships.change(ctx, membership.id, { until: body.until })
    await tellMember(ctx, 'network.member-changed', ended)
    return ended
  },

  async handLead(ctx, { params, body }) {
    const alliance = await lockLed(ctx, params.id)
    requireFresh(alliance, body.version)
    requirePeriod(ctx, { since: body.since, until: null })
    requireFromToday(ctx, body.since)
    const fromId = ownInstitution(ctx.actor)
    if (fromId === body.institutionId) refuse('conflict', 'network.leads-already')
    const old = await requireLasting(ctx, alliance.id, fromId, body.since)
    const next = await requireLasting(ctx, alliance.id, body.institutionId, body.since)
    const span = { since: body.since, until: null }
    // The old lead's own row last: whoever has led on no day may not write the rest.
    const changed = await store.change(ctx, alliance.id, {})
    const led = await memberships.changeFrom(ctx, next, { ...next, role: 'lead', ...span })
    const left = await memberships.changeFrom(ctx, old, { ...old, role: 'member', ...span })
    for (const id of new Set([next.id, old.id, led.id, left.id])) {
      await showMembership(ctx, await memberships.find(ctx, id))
    }
    await tell(ctx, 'network.lead-handed', {
      thing: `alliance:${alliance.id}`,
      audience: [fromId, body.institutionId],
      data: { allianceId: alliance.id, fromId, toId: body.institutionId, since: body.since },
    })
    return changed
  },

  async setServices(ctx, { params, body }) {
    const alliance = await lockLed(ctx, params.id)
    requireFresh(alliance, body.version)
    requirePeriod(ctx, { since: body.since, until: null })
    requireFromToday(ctx, body.since)
    const { grade, services, since } = body
    await rules.change(ctx, { allianceId: alliance.id, grade, services, since })
    await store.change(ctx, alliance.id, {})
    await tell(ctx, 'network.services-set', {
      thing: `alliance:${alliance.id}`,
      data: { allianceId: alliance.id, grade, services, since },
    })
    return { serviceRules: await rules.list(ctx, alliance.id, dayOf(ctx.now)) }
  },
}

/** Refuses to end a membership before an agreement that binds it has ended. */
async function requireUnbound(ctx: Ctx, membership: Membership, until: string | null): Promise<void> {
  if (until === null) return
  const { allianceId, institutionId } = membership
  const title = await agreements.findBinding(ctx, { allianceId, institutionId, until })
  if (title) refuse('conflict', 'network.bound-by-agreement', { details: { title } })
}
