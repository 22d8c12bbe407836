import { mineCodes } from '@tongmai/api/notice/mine'
import { caseEvents } from '../../kernel/case.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Heard, type Reaction, when } from '../../kernel/module.ts'
import { capacityEvents } from '../capacity/index.ts'
import { careplanEvents } from '../careplan/index.ts'
import { contractEvents } from '../contract/index.ts'
import { dispatchEvents } from '../dispatch/index.ts'
import { pharmacyEvents } from '../pharmacy/index.ts'
import { recognitionEvents } from '../recognition/index.ts'
import { adviceEvents, greenEvents, referralEvents } from '../referral/index.ts'
import { residentEvents } from '../resident/index.ts'
import { onDuty } from '../workforce/index.ts'
import { tellPeople } from './actions/tell-people.ts'
import { tellResident } from './actions/tell-resident.ts'
import {
  type Recipient,
  recipientsOf,
  recipientsOfGreen,
  recipientsOfRide,
  recipientsOfShortage,
  toldEvents,
  toldRides,
} from './recipient.ts'

/** Whoever is on the rota as duty officer at this hour; where the rota has a hole, all who hold the duty. */
async function reachable(ctx: Ctx, institutionId: string, duty: string): Promise<Recipient[]> {
  const shift = duty === 'duty.officer' ? await onDuty(ctx, institutionId) : []
  const there = shift.filter((one) => one.kind === 'dutyOfficer')
  return there.length > 0
    ? there.map(({ practitionerId }) => ({ institutionId, practitionerId }))
    : [{ institutionId, duty }]
}

/** What the family doctor is told of those cared for over time. */
const cared = [
  'careplan.due-today',
  'careplan.overdue',
  'careplan.alert-raised',
  'careplan.critical',
  'careplan.unsatisfactory-twice',
  'careplan.follow-ups-planned',
  'careplan.answered',
  'careplan.answered-urgently',
] as const

const all = { ...referralEvents, ...contractEvents, ...careplanEvents, ...capacityEvents, ...residentEvents }

/** Of these somebody else is told as well, in the same transaction. */
const withOthers = new Set<string>([...toldEvents, ...cared, 'capacity.filled-from-waiting'])
const isMine = new Set<string>(mineCodes)

/** What a resident alone is told of their own care. */
const mine = mineCodes
  .filter((name) => !withOthers.has(name))
  .map((name) => when(all, name, { name: `notice.mine.${name}`, run: tellResident }))

/** The resident is told where it is theirs to know; then the others. */
const tellBoth = async (ctx: Ctx, event: Heard<unknown>, others: () => Promise<void>): Promise<void> => {
  if (isMine.has(event.name)) await tellResident(ctx, event)
  await others()
}

/** Whoever must know of a step is told it; whom a passed deadline reaches is told that. */
export const reactions: readonly Reaction[] = [
  ...mine,
  ...toldEvents.map((name) =>
    when(referralEvents, name, {
      name: `notice.${name}`,
      run: (ctx, event) => {
        const { number, direction, urgency, move } = event.data
        const data = { number, direction, urgency, move }
        const news = { code: event.name, thing: event.thing, residentId: event.residentId, data }
        const tellOthers = () => tellPeople(ctx, recipientsOf(name, event.data), news, event.actorId)
        // Of a draft that is dropped the patient has never heard.
        const isNews = event.data.from !== 'draft' || name === 'referral.submitted'
        return isNews ? tellBoth(ctx, event, tellOthers) : tellOthers()
      },
    }),
  ),
  ...(['referral.advice-asked', 'referral.advice-answered'] as const).map((name) =>
    when(adviceEvents, name, {
      name: `notice.${name}`,
      run: (ctx, event) => {
        const { kind, fromInstitutionId, fromPractitionerId, toInstitutionId, toPractitionerId } = event.data
        const asked = name === 'referral.advice-asked'
        const institutionId = asked ? toInstitutionId : fromInstitutionId
        const practitionerId = asked ? toPractitionerId : fromPractitionerId
        const who = practitionerId
          ? { institutionId, practitionerId }
          : { institutionId, duty: asked ? 'referral.treat' : 'referral.write' }
        const news = { code: event.name, thing: event.thing, residentId: event.residentId, data: { kind } }
        return tellPeople(ctx, [who], news, event.actorId)
      },
    }),
  ),
  when(contractEvents, 'contract.advice-asked', {
    name: 'notice.contract.advice-asked',
    run: (ctx, event) => {
      const { communityId: institutionId, practitionerId } = event.data
      const news = { code: event.name, thing: event.thing, residentId: event.residentId, data: {} }
      return tellPeople(ctx, [{ institutionId, practitionerId }], news, event.actorId)
    },
  }),
  when(recognitionEvents, 'recognition.answered', {
    name: 'notice.recognition.answered',
    run: async (ctx, event) => {
      const { institutionId, practitionerId, answered } = event.data
      if (!answered || !practitionerId) return
      const news = { code: event.name, thing: event.thing, residentId: event.residentId, data: {} }
      return tellPeople(ctx, [{ institutionId, practitionerId }], news, event.actorId)
    },
  }),
  when(capacityEvents, 'capacity.filled-from-waiting', {
    name: 'notice.capacity.filled-from-waiting',
    run: async (ctx, event) => {
      const { byId, byInstitutionId, at, until } = event.data
      await tellResident(ctx, event)
      // What a referral waits for is told by the referral.
      if (!event.data.for.startsWith('booking:') || !byId || !byInstitutionId) return
      const news = { code: event.name, thing: event.thing, residentId: event.residentId, data: { at, until } }
      return tellPeople(ctx, [{ institutionId: byInstitutionId, accountId: byId }], news)
    },
  }),
  ...cared.map((name) =>
    when(careplanEvents, name, {
      name: `notice.${name}`,
      run: (ctx, event) => {
        const { institutionId, practitionerId } = event.data
        const who = practitionerId
          ? { institutionId, practitionerId }
          : { institutionId, duty: 'careplan.follow' }
        const count = 'count' in event.data ? { count: event.data.count } : {}
        const news = { code: event.name, thing: event.thing, residentId: event.residentId, data: count }
        return tellBoth(ctx, event, () => tellPeople(ctx, [who], news, event.actorId))
      },
    }),
  ),
  ...toldRides.map((name) =>
    when(dispatchEvents, name, {
      name: `notice.${name}`,
      run: (ctx, event) => {
        const { number, kind, urgency } = event.data
        const about = { thing: event.thing, residentId: event.residentId, data: { number, kind, urgency } }
        const people = recipientsOfRide(name, event.data)
        return tellPeople(ctx, people, { code: event.name, ...about }, event.actorId)
      },
    }),
  ),
  ...(['opened', 'acknowledged', 'closed'] as const).map((what) =>
    when(greenEvents, `referral.green-channel-${what}`, {
      name: `notice.green-channel-${what}`,
      run: (ctx, event) => {
        const about = { thing: event.thing, residentId: event.residentId, data: { kind: event.data.kind } }
        const people = recipientsOfGreen(what, event.data)
        return tellPeople(ctx, people, { code: event.name, ...about }, event.actorId)
      },
    }),
  ),
  ...(['reported', 'procuring', 'arrived', 'ended'] as const).map((what) =>
    when(pharmacyEvents, `pharmacy.shortage-${what}`, {
      name: `notice.shortage-${what}`,
      run: (ctx, event) => {
        const people = recipientsOfShortage(what, event.data)
        const news = { code: event.name, thing: event.thing, data: { medicine: event.data.medicine } }
        return tellPeople(ctx, people, news, event.actorId)
      },
    }),
  ),
  when(caseEvents, 'case.escalated', {
    name: 'notice.case-escalated',
    run: async (ctx, event) => {
      const { kind, step, duty, level, institutionId } = event.data
      const news = {
        code: event.name,
        thing: event.thing,
        residentId: event.residentId,
        data: { kind, step, level },
      }
      return tellPeople(ctx, await reachable(ctx, institutionId, duty), news)
    },
  }),
]
