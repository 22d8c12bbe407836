import type { Duty, dutyApi, Team } from '@tongmai/api/workforce/duty'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { holdsIt, practisesAt } from '../policy.ts'
import { shiftOf } from '../shift-of.ts'
import * as rota from '../store/duty.ts'
import * as store from '../store/practitioner.ts'
import * as answering from '../store/responsible.ts'
import * as teams from '../store/team.ts'
import { checkSpan } from './practitioner.ts'
import { handOverResponsible } from './responsible.ts'

/** Refuses unless all of them practise at an institution today. */
async function requirePractisingHere(ctx: Ctx, institutionId: string, ids: readonly string[]): Promise<void> {
  const today = dayOf(ctx.now)
  for (const id of new Set(ids)) {
    if (!practisesAt(await store.listSites(ctx, id), institutionId, today)) {
      refuse('unprocessable', 'workforce.not-registered-here', { details: { practitionerId: id } })
    }
  }
}

async function shownTeams(ctx: Ctx, rows: readonly teams.TeamRow[]): Promise<Team[]> {
  const members = await teams.listMembers(
    ctx,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ ...row, members: members.filter((m) => m.teamId === row.id) }))
}

const shownTeam = async (ctx: Ctx, row: teams.TeamRow): Promise<Team> =>
  (await shownTeams(ctx, [row]))[0] ?? refuse('missing', 'workforce.missing')

const tellTeam = (ctx: Ctx, { id, institutionId }: teams.TeamRow) =>
  tell(ctx, 'workforce.team-changed', {
    thing: `team:${id}`,
    audience: [institutionId],
    data: { teamId: id, institutionId },
  })

/** Who is on duty at an institution at this moment: one person per kind of duty, none where the rota has a hole. */
export const onDuty = (ctx: Ctx, institutionId: string): Promise<Duty[]> =>
  rota.listShift(ctx, { institutionId, ...shiftOf(ctx.now) })

export const dutyActions: Actions<typeof dutyApi> = {
  async listTeams(ctx, { query }) {
    const { institutionId = ownInstitution(ctx.actor), ...paging } = query
    const found = await teams.list(ctx, { institutionId, today: dayOf(ctx.now), ...paging })
    return { items: await shownTeams(ctx, found.items), total: found.total }
  },

  async addTeam(ctx, { body }) {
    const { leaderId, memberIds, ...rest } = body
    const institutionId = ownInstitution(ctx.actor)
    checkSpan(ctx, { since: rest.since, until: null })
    const others = [...new Set(memberIds)].filter((id) => id !== leaderId)
    await requirePractisingHere(ctx, institutionId, [leaderId, ...others])
    const row = await teams.add(ctx, { ...rest, id: ctx.id(), institutionId, until: null })
    const member = (practitionerId: string) => ({
      ...{ institutionId, teamId: row.id, practitionerId },
      ...{ leads: practitionerId === leaderId, since: rest.since, until: null },
    })
    await teams.addMembers(ctx, [leaderId, ...others].map(member))
    await tellTeam(ctx, row)
    return shownTeam(ctx, row)
  },

  async editTeam(ctx, { params, body }) {
    const { leaderId, memberIds, version, ...rest } = body
    const row = await teams.lock(ctx, params.id)
    const after = new Set([leaderId, ...memberIds])
    const before = await teams.listMembers(ctx, [row.id])
    const stays = (m: { practitionerId: string; leads: boolean }) =>
      after.has(m.practitionerId) && m.leads === (m.practitionerId === leaderId)
    const staying = new Set(before.filter(stays).map((m) => m.practitionerId))
    const coming = [...after].filter((id) => !staying.has(id))
    await requirePractisingHere(ctx, row.institutionId, coming)
    const changed = await teams.change(ctx, { ...row, version }, rest)
    const today = dayOf(ctx.now)
    const leaving = before.filter((m) => !staying.has(m.practitionerId)).map((m) => m.practitionerId)
    await teams.endMembers(ctx, row, leaving, today)
    const { institutionId, id: teamId } = row
    const member = (id: string) => ({ practitionerId: id, leads: id === leaderId, since: today, until: null })
    await teams.addMembers(
      ctx,
      coming.map((id) => ({ institutionId, teamId, ...member(id) })),
    )
    await tellTeam(ctx, changed)
    return shownTeam(ctx, changed)
  },

  async endTeam(ctx, { params, body }) {
    const row = await teams.lock(ctx, params.id)
    if (row.until !== null && row.until <= body.until) refuse('conflict', 'workforce.ended-already')
    checkSpan(ctx, { since: row.since, until: body.until })
    const changed = await teams.change(ctx, row, { until: body.until })
    await tellTeam(ctx, changed)
    return shownTeam(ctx, changed)
  },

  readRota: (ctx, { query }) =>
    rota.list(ctx, {
      institutionId: ownInstitution(ctx.actor),
      from: query.from,
      to: dayAfter(query.from, 6),
    }),

  async setRota(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    const today = dayOf(ctx.now)
    for (const [i, { day }] of body.cells.entries()) {
      const path = `body.cells.${i}.day`
      if (day < today || day > dayAfter(today, 366)) {
        refuse('invalid', 'workforce.day-out-of-range', {
          fields: [{ path, problem: 'workforce.day-out-of-range' }],
        })
      }
    }
    const put = body.cells.flatMap((c) =>
      c.practitionerId ? [{ ...c, practitionerId: c.practitionerId }] : [],
    )
    await requirePractisingHere(
      ctx,
      institutionId,
      put.map((c) => c.practitionerId),
    )
    await rota.add(ctx, institutionId, onePerShift(put))
    for (const cell of body.cells) if (!cell.practitionerId) await rota.remove(ctx, institutionId, cell)
    const data = { institutionId, changed: body.cells.length }
    await tell(ctx, 'workforce.rota-set', { thing: `rota:${institutionId}`, audience: [institutionId], data })
    return { changed: body.cells.length }
  },

  whoIsOnDuty: (ctx, { query }) => onDuty(ctx, query.institutionId ?? ownInstitution(ctx.actor)),

  async listResponsible(ctx, { params, query }) {
    await store.find(ctx, params.id)
    const found = await answering.listOf(ctx, { practitionerId: params.id, ...query })
    return {
      items: found.items.map((row) => ({ ...row, until: null, institution: row.institution ?? '' })),
      total: found.total,
    }
  },

  async readResponsible(ctx, { query }) {
    const [now, before] = await Promise.all([
      answering.listNow(ctx, query.thing),
      answering.listBefore(ctx, query.thing),
    ])
    const rows = [...now.map((row) => ({ ...row, until: row.releasedAt })), ...before]
    return rows.map((row) => ({ ...row, institution: row.institution ?? '' }))
  },

  async handOver(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    const row = await answering.findOpen(ctx, body.thing)
    if (!row) refuse('missing', 'workforce.nobody-responsible')
    allow(holdsIt(ctx.actor, row), 'workforce.not-your-part')
    await requirePractisingHere(ctx, institutionId, [body.toPractitionerId])
    await handOverResponsible(ctx, { ...body, institutionId })
    const [now] = await answering.listNow(ctx, body.thing)
    if (!now) refuse('missing', 'workforce.nobody-responsible')
    return { ...now, until: now.releasedAt, institution: now.institution ?? '' }
  },
}

const onePerShift = <C extends rota.Cell>(cells: readonly C[]): C[] => [
  ...new Map(cells.map((c) => [`${c.kind} ${c.day} ${c.shift}`, c])).values(),
]
