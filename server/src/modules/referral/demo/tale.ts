import type { ReferralMove } from '@tongmai/api/referral/flow'
import { isEnded } from '@tongmai/api/referral/flow'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import { ended } from '../actions/advance.ts'
import { referralNumber } from '../number.ts'
import type { WholeReferral, WholeStep } from '../store/region.ts'
import type { Cast } from './cast.ts'
import { type Condition, formOf, outcomeOf, returnNoteOf } from './condition.ts'
import { hoursOf, statusAfter } from './plan.ts'

const HOUR = 3_600_000

/** A referral of the region with its whole story. */
export interface Tale {
  readonly row: WholeReferral
  readonly steps: readonly WholeStep[]
}

export interface Script {
  readonly n: string
  readonly index: number
  readonly direction: 'up' | 'down' | 'sideways'
  readonly path: readonly ReferralMove[]
  readonly urgency: 'routine' | 'urgent' | 'emergency'
  readonly cast: Cast
  readonly condition: Condition
  /** When the last step was taken. */
  readonly lastAt: Date
  readonly parentId: string | null
  /** How much of the usual time each step takes; an emergency takes minutes. */
  readonly pace?: number
}

/** When each step was taken, the last one at `lastAt`; the first is the writing. */
function timesOf({ path, lastAt, pace = 1 }: Script): Date[] {
  const times = [lastAt]
  for (const move of [...path].reverse()) {
    times.unshift(new Date((times[0] as Date).getTime() - hoursOf(move) * HOUR * pace))
  }
  return times
}

const comments: Partial<Record<ReferralMove, string>> = {
  askSupplement: '请补充近三个月检查结果。',
  supplement: '已补充化验与心电图。',
  accept: '请按时到诊，带既往资料。',
  reject: '本科暂无床位。',
  decline: '患者希望先在社区观察。',
  withdraw: '症状好转，暂不转诊。',
  cancel: '患者已迁往外地。',
  treat: '病情稳定，准予出院。',
  followUp: '血压平稳，按时服药。',
}

const senderMoves: readonly ReferralMove[] = [
  'submit',
  'sendToReview',
  'supplement',
  'withdraw',
  'depart',
  'decline',
  'settle',
]

/** What a step leaves in the row. */
function traces(script: Script, move: ReferralMove, at: Date): Partial<WholeReferral> {
  const { cast, condition, index } = script
  const all: Partial<Record<ReferralMove, () => Partial<WholeReferral>>> = {
    submit: () => ({ submittedAt: at, validUntil: new Date(at.getTime() + 168 * HOUR) }),
    accept: () => ({
      confirmedAt: at,
      validUntil: new Date(at.getTime() + 168 * HOUR),
      arrangement: {
        departmentId: cast.toDepartmentId ?? '',
        practitionerId: cast.toPractitionerId,
        at: new Date(Math.ceil((at.getTime() + 30 * HOUR) / HOUR) * HOUR),
        placeId: null,
        place: `门诊 ${3 + (index % 4)} 楼 ${10 + (index % 9)} 诊室`,
        instructions: '请提前 20 分钟到门诊一楼转诊窗口报到',
      },
    }),
    depart: () => ({ departedAt: at }),
    arrive: () => ({ arrivedAt: at }),
    startCare: () => ({ treatingPractitionerId: cast.toPractitionerId }),
    admit: () => ({ treatingPractitionerId: cast.toPractitionerId }),
    treat: () => ({ outcome: outcomeOf(condition, index, at) }),
    takeOver: () => ({ arrivedAt: at }),
    followUp: () => ({
      followUp: {
        at,
        method: 'visit',
        finding: 'stable',
        note: '血压平稳，按时服药，无不适。',
        nextOn: null,
      },
    }),
    reject: () => ({
      endedAt: at,
      ending: ended('noCapacity', '', { advice: '建议转老年病分院，该院有空床' }),
    }),
    settle: () => ({
      settledAt: at,
      ending: {
        ...ended('noCapacity', '', { advice: '建议转老年病分院，该院有空床' }),
        settled: 'referredElsewhere',
      },
    }),
    decline: () => ({ endedAt: at, ending: ended('prefersHere', '') }),
    withdraw: () => ({ endedAt: at, ending: ended('improved', '') }),
    cancel: () => ({ endedAt: at, ending: ended('movedAway', '患者已迁往外地') }),
    close: () => ({
      endedAt: at,
      outcomeReadAt: at,
      ending: ended(
        script.direction === 'down' || script.path.includes('planDown') ? 'loopClosed' : 'noFurtherCare',
        '',
      ),
    }),
  }
  return all[move]?.() ?? {}
}

function stepOf(script: Script, i: number, at: Date): WholeStep {
  const { cast, path, direction, n } = script
  const move = i === 0 ? 'write' : (path[i - 1] as ReferralMove)
  const bySender = move === 'write' || senderMoves.includes(move)
  const by = move === 'expire' ? null : bySender ? cast.sender : cast.receiverOf(move)
  return {
    residentId: cast.resident.id,
    referralId: demoId('referral', n),
    id: demoId('referral', `${n} step ${i}`),
    at,
    move,
    fromStatus: i === 0 ? null : statusAfter(direction, path.slice(0, i - 1)),
    toStatus: statusAfter(direction, path.slice(0, i)),
    actorKind: by ? 'staff' : 'system',
    actorId: by?.accountId ?? 'system',
    practitionerId: by?.practitionerId ?? null,
    institutionId: by ? demoId('network', by.institution) : null,
    comment: i === 0 ? null : (comments[move as ReferralMove] ?? null),
    client: by ? 'web' : 'clock',
  }
}

/** Tells a script to its end: the row as it stands now, and every step that led there. */
export function tell(script: Script): Tale {
  const { cast, condition, direction, path, n } = script
  const times = timesOf(script)
  const writtenAt = times[0] as Date
  const id = demoId('referral', n)
  const status = statusAfter(direction, path)
  const down = direction === 'down'
  const empty: WholeReferral = {
    ...{
      id,
      residentId: cast.resident.id,
      parentId: script.parentId,
      direction,
      status,
      urgency: script.urgency,
    },
    number: referralNumber(id, writtenAt),
    retroEntry: false,
    begunBy: 'sender',
    disputedAt: null,
    authorId: cast.sender.accountId,
    fromInstitutionId: demoId('network', cast.sender.institution),
    fromDepartmentId: demoId('network', `${cast.sender.institution}/${cast.sender.department}`),
    fromPractitionerId: cast.sender.practitionerId,
    toInstitutionId: cast.toInstitutionId,
    toDepartmentId: down ? null : cast.toDepartmentId,
    toPractitionerId: down ? cast.toPractitionerId : null,
    wantedOn: null,
    form: formOf(condition, cast.resident.name, writtenAt),
    returnNote: down ? returnNoteOf(condition, script.index, dayAfter(dayOf(times.at(-1) as Date), 7)) : null,
    ...{
      arrangement: null,
      outcome: null,
      followUp: null,
      ending: null,
      treatingPractitionerId: null,
      noShows: 0,
    },
    ...{
      external: false,
      episodeId: script.parentId ?? id,
      specialty: null,
      redirectedFrom: [],
      noSlotSince: null,
    },
    ...{ settledAt: null, outcomeReadAt: null, holderId: null, holderInstitutionId: null, heldUntil: null },
    ...{ since: times.at(-1) as Date, writtenAt, submittedAt: null, confirmedAt: null, departedAt: null },
    ...{ arrivedAt: null, endedAt: null, validUntil: null, version: path.length + 1 },
  }
  const row: WholeReferral = Object.assign(
    {},
    empty,
    ...path.map((move, i) => traces(script, move, times[i + 1] as Date)),
  )
  if (isEnded(status) !== (row.endedAt !== null)) throw new Error(`${n} ends without an end`)
  return { row, steps: times.map((at, i) => stepOf(script, i, at)) }
}
