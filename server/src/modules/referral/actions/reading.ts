import type { referralBookApi } from '@tongmai/api/referral/book'
import type { Referral } from '@tongmai/api/referral/shape'
import type { Actor } from '../../../kernel/actor.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { requireResident } from '../../resident/index.ts'
import { isGenuine } from '../form-check.ts'
import { tidyNumber } from '../number.ts'
import { actsOf, ownerOf } from '../policy.ts'
import * as lines from '../store/line.ts'
import { listLive } from '../store/live.ts'
import * as store from '../store/referral.ts'
import { listCriteria } from '../store/rule.ts'
import { addMessage, findStory, type Told } from '../store/story.ts'
import { countLists } from '../store/work-list.ts'
import { announce, thingOf } from './announce.ts'
import { closeUnlicensed } from './licensed.ts'
import { offerTo } from './placing.ts'

const DAY_MS = 24 * 3_600_000
const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null)

/** The case page's data for this viewer. */
function shown(actor: Actor, told: Told, now: Date): Referral {
  const { row, names, childId } = told
  const { residentId: _, authorId: __, fromInstitutionId, toInstitutionId, ...facts } = row
  const owned = row.due ? ownerOf(row) : null
  const arranged = row.arrangement && {
    ...row.arrangement,
    department: names.arrangedDepartment,
    practitioner: names.arrangedPractitioner,
  }
  return {
    ...facts,
    resident: names.resident,
    from: names.from,
    to: names.to,
    department: names.arrangedDepartment ?? names.toDepartment,
    diagnosis: row.form.diagnosis?.text ?? null,
    arrangedAt: row.arrangement?.at ?? null,
    fromDepartment: named(row.fromDepartmentId, names.fromDepartment),
    fromPractitioner: named(row.fromPractitionerId, names.fromPractitioner),
    toDepartment: named(row.toDepartmentId, names.toDepartment),
    toPractitioner: named(row.toPractitionerId, names.toPractitioner),
    treating: named(row.treatingPractitionerId, names.treating),
    arrangement: arranged,
    owner: owned && {
      institution: owned.institutionId === fromInstitutionId ? names.from : names.to,
      duty: owned.duty,
      practitioner: named(owned.practitionerId, nameAmong(told, owned.practitionerId)),
      step: owned.step,
    },
    ours: owned?.institutionId === actor.institutionId,
    childId,
    children: told.children,
    heldBy: heldBy(actor, told, now),
    offer: null,
    moves: actsOf(actor, { ...row, toInstitutionId }, childId !== null),
    steps: told.steps,
    messages: told.messages,
  }
}

/** Who works on it at this moment, with the name that the parties know. */
function heldBy(actor: Actor, { row, names }: Told, now: Date): Referral['heldBy'] {
  const { holderId, heldUntil } = row
  if (!holderId || !heldUntil || heldUntil <= now) return null
  const mine = holderId === actor.id
  return { name: names.holder ?? '', institution: names.holderInstitution ?? '', mine, until: heldUntil }
}

function nameAmong({ row, names }: Told, id: string | null): string | null {
  if (id === row.treatingPractitionerId) return names.treating
  if (id === row.arrangement?.practitionerId) return names.arrangedPractitioner
  return id === row.fromPractitionerId ? names.fromPractitioner : names.toPractitioner
}

type Reading = Pick<
  Actions<typeof referralBookApi>,
  'read' | 'list' | 'board' | 'workLists' | 'live' | 'criteria' | 'verify' | 'post'
>

export const reading: Reading = {
  async read(ctx, { params }) {
    const told = await findStory(ctx, params.id)
    ctx.opened({ residentId: told.row.residentId, basis: 'referral', thing: thingOf(params.id) })
    const seen = { ...shown(ctx.actor, told, ctx.now), offer: await offerTo(ctx, told.row) }
    if (told.row.external) return seen
    return { ...seen, moves: await closeUnlicensed(ctx, ctx.actor.institutionId ?? '', seen.moves) }
  },

  list(ctx, { query }) {
    const number = query.number === undefined ? {} : { number: tidyNumber(query.number) }
    return lines.list(ctx, { ...query, ...number })
  },

  board: (ctx, { query }) =>
    lines.countByStatus(ctx, query.days > 0 ? new Date(ctx.now.getTime() - query.days * DAY_MS) : null),

  workLists: (ctx) => countLists(ctx),

  async live(ctx, { query }) {
    await requireResident(ctx, query.residentId)
    return listLive(ctx, query.residentId)
  },

  criteria: (ctx) => listCriteria(ctx, dayOf(ctx.now)),

  verify: async (_ctx, { query }) => ({ genuine: isGenuine(query) }),

  async post(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    const id = await addMessage(ctx, row, body.text)
    await announce(ctx, row, 'post')
    return { id, at: ctx.now }
  },
}
