import type { AreaDuty, Duty, governanceApi } from '@tongmai/api/network/governance'
import { ownInstitution } from '../../../kernel/actor.ts'
import { closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { endOf } from '../day.ts'
import { tell } from '../events.ts'
import { isOwn } from '../policy.ts'
import * as alliances from '../store/alliance.ts'
import * as areas from '../store/area-duty.ts'
import * as departments from '../store/department.ts'
import * as divisions from '../store/division.ts'
import * as store from '../store/governance.ts'
import * as institutions from '../store/institution.ts'
import * as memberships from '../store/membership.ts'
import { lockLed } from './alliance.ts'
import { requireFresh, requirePeriod } from './require.ts'

async function requireMember(ctx: Ctx, allianceId: string, institutionId: string): Promise<void> {
  const today = dayOf(ctx.now)
  const found = await memberships.listTouching(ctx, { allianceId, institutionId, since: today, until: today })
  if (found.length === 0) refuse('conflict', 'network.party-not-member', { details: { institutionId } })
}

type NewDuty = Pick<Duty, 'title' | 'institutionId' | 'departmentId' | 'personName' | 'due'>

async function addDuty(
  ctx: Ctx,
  resolution: { id: string; allianceId: string },
  duty: NewDuty,
): Promise<void> {
  await requireMember(ctx, resolution.allianceId, duty.institutionId)
  if (duty.departmentId) await requireDepartmentOf(ctx, duty.institutionId, duty.departmentId)
  const id = ctx.id()
  const { id: resolutionId, allianceId } = resolution
  await store.addDuties(ctx, [{ ...duty, id, resolutionId, allianceId, doneAt: null, evidence: null }])
  await openCase(ctx, {
    kind: 'network.duty',
    thing: `duty:${id}`,
    institutionId: duty.institutionId,
    duty: 'office.head',
    step: 'report',
    due: endOf(duty.due),
  })
}

async function requireDepartmentOf(ctx: Ctx, institutionId: string, departmentId: string): Promise<void> {
  const department = await departments.find(ctx, departmentId)
  if (department.institutionId !== institutionId) refuse('conflict', 'network.department-of-another')
  if (department.closedOn) refuse('conflict', 'network.department-closed')
}

async function lockOwnArea(ctx: Ctx, id: string, version: number): Promise<AreaDuty> {
  const area = await areas.lock(ctx, id)
  allow(isOwn(ctx.actor, area.institutionId), 'network.not-your-institution')
  requireFresh(area, version)
  return area
}

async function tellArea(ctx: Ctx, area: AreaDuty): Promise<void> {
  await tell(ctx, 'network.area-changed', {
    thing: `area-duty:${area.id}`,
    audience: [area.institutionId, ...(area.communityId ? [area.communityId] : [])],
    data: { areaDutyId: area.id, until: area.until },
  })
}

export const governanceActions: Actions<typeof governanceApi> = {
  async listResolutions(ctx, { params, query }) {
    await alliances.find(ctx, params.id)
    return store.listResolutions(ctx, params.id, query)
  },

  async adoptResolution(ctx, { params, body }) {
    const alliance = await lockLed(ctx, params.id)
    requirePeriod(ctx, { since: body.adoptedOn, until: null })
    if (body.adoptedOn > dayOf(ctx.now)) refuse('unprocessable', 'network.adopted-in-the-future')
    if (body.votesFor <= body.votesAgainst) refuse('unprocessable', 'network.not-carried')
    for (const { due } of body.duties) requirePeriod(ctx, { since: body.adoptedOn, until: due })
    const { duties, ...words } = body
    const resolution = await store.addResolution(ctx, { ...words, id: ctx.id(), allianceId: alliance.id })
    for (const duty of duties) await addDuty(ctx, resolution, duty)
    await tell(ctx, 'network.resolution-adopted', {
      thing: `resolution:${resolution.id}`,
      audience: [...new Set(duties.map((duty) => duty.institutionId))],
      data: {
        resolutionId: resolution.id,
        allianceId: alliance.id,
        number: resolution.number,
        duties: duties.length,
      },
    })
    return resolution
  },

  async listDuties(ctx, { query }) {
    const { items, total } = await store.listDuties(ctx, query)
    const head = ctx.actor.permissions.has('office.head')
    const may = (duty: Duty) => head && isOwn(ctx.actor, duty.institutionId) && duty.doneAt === null
    return { items: items.map((duty) => ({ ...duty, mayReport: may(duty) })), total }
  },

  async reportDuty(ctx, { params, body }) {
    const duty = await store.lockDuty(ctx, params.id)
    allow(isOwn(ctx.actor, duty.institutionId), 'network.not-your-institution')
    if (duty.doneAt) refuse('conflict', 'network.duty-reported-already')
    requireFresh(duty, body.version)
    const done = { doneAt: ctx.now, doneBy: ctx.actor.id, evidence: body.evidence }
    const reported = await store.changeDuty(ctx, duty.id, done)
    await closeCase(ctx, `duty:${duty.id}`)
    const { id: dutyId, allianceId, institutionId } = reported
    await tell(ctx, 'network.duty-reported', {
      thing: `duty:${dutyId}`,
      data: { dutyId, allianceId, institutionId },
    })
    return reported
  },

  async listAreaDuties(ctx, { query }) {
    const { items, total } = await areas.list(ctx, query)
    const manages = ctx.actor.permissions.has('network.manage')
    const may = (area: AreaDuty) => manages && isOwn(ctx.actor, area.institutionId)
    return { items: items.map((area) => ({ ...area, mayChange: may(area) })), total }
  },

  async assignArea(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    await alliances.find(ctx, body.allianceId)
    requirePeriod(ctx, body)
    await requireMember(ctx, body.allianceId, institutionId)
    await requireDepartmentOf(ctx, institutionId, body.departmentId)
    if (!body.communityId && !body.divisionCode) refuse('unprocessable', 'network.community-or-division')
    if (body.communityId) await institutions.find(ctx, body.communityId)
    if (body.divisionCode && !(await divisions.find(ctx, body.divisionCode))) {
      refuse('unprocessable', 'network.division-unknown')
    }
    const area = await areas.add(ctx, { ...body, id: ctx.id(), institutionId, evidence: null })
    await tell(ctx, 'network.area-assigned', {
      thing: `area-duty:${area.id}`,
      audience: [institutionId, ...(area.communityId ? [area.communityId] : [])],
      data: { areaDutyId: area.id, allianceId: area.allianceId, institutionId },
    })
    return area
  },

  async noteAreaEvidence(ctx, { params, body }) {
    const area = await lockOwnArea(ctx, params.id, body.version)
    const noted = await areas.change(ctx, area.id, { evidence: body.evidence })
    await tellArea(ctx, noted)
    return noted
  },

  async endArea(ctx, { params, body }) {
    const area = await lockOwnArea(ctx, params.id, body.version)
    requirePeriod(ctx, { since: area.since, until: body.until })
    const ended = await areas.change(ctx, area.id, { until: body.until })
    await tellArea(ctx, ended)
    return ended
  },
}
