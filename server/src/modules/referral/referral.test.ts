import {
  isEnded,
  mainLine,
  moves,
  nextStatus,
  type ReferralDirection,
  type ReferralStatus,
  referralFlow,
  statuses,
} from '@tongmai/api/referral/flow'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { actsOf, confirmerOf, notNow, notTheirs, officeOf, ownerOf, type Parties, parts } from './policy.ts'

const FROM = '00000000-0000-7000-8000-00000000000a'
const TO = '00000000-0000-7000-8000-00000000000b'
const DOCTOR = '00000000-0000-7000-8000-00000000000d'
const now = new Date('2026-11-23T09:00:00+08:00')

const parties = (more: Partial<Parties> = {}): Parties => ({
  direction: 'up',
  status: 'submitted',
  urgency: 'routine',
  retroEntry: false,
  begunBy: 'sender',
  disputedAt: null,
  fromInstitutionId: FROM,
  fromPractitionerId: DOCTOR,
  toInstitutionId: TO,
  toPractitionerId: null,
  external: false,
  settledAt: null,
  arrangement: null,
  treatingPractitionerId: null,
  confirmedAt: null,
  submittedAt: now,
  ...more,
})
const actor = (
  institutionId: string,
  permissions: string[],
  practitionerId: string | null = null,
): Actor => ({
  kind: 'staff',
  id: 'x',
  institutionId,
  practitionerId,
  residentIds: [],
  permissions: new Set(permissions),
  scopes: [],
  sessionId: null,
})
const everything = Object.values(parts).flatMap((part) => part.any)
const directions: ReferralDirection[] = ['up', 'sideways', 'down']

describe('the flow', () => {
  test('knows every state in every direction, and leads only to states that exist', () => {
    for (const direction of directions) {
      const flow = referralFlow[direction]
      expect(Object.keys(flow).sort()).toEqual([...statuses].sort())
      for (const [from, open] of Object.entries(flow)) {
        for (const [move, to] of Object.entries(open)) {
          expect(moves, `${from}.${move}`).toContain(move)
          expect(statuses).toContain(to)
        }
      }
    }
  })

  test('every state × move that is not in the table leads nowhere', () => {
    for (const direction of directions) {
      for (const from of statuses) {
        for (const move of moves) {
          const open: Record<string, string> = referralFlow[direction][from]
          expect(nextStatus(direction, from, move)).toBe(open[move])
        }
      }
    }
  })

  test.each(directions)(
    '%s: every state that can be reached can be ended by a person; no end leads on',
    (direction) => {
      const reached = new Set<ReferralStatus>(['draft'])
      for (const status of reached)
        for (const to of Object.values(referralFlow[direction][status])) reached.add(to)
      const open = (status: ReferralStatus) => Object.entries(referralFlow[direction][status])
      const [ends, others] = [[...reached].filter(isEnded), [...reached].filter((status) => !isEnded(status))]
      // A refusal stays before its sender, who says what became of the patient; its state stays.
      expect(ends.flatMap(open)).toEqual(ends.includes('rejected') ? [['settle', 'rejected']] : [])
      const endless = others.filter((s) => !open(s).some(([move, to]) => move !== 'expire' && isEnded(to)))
      expect(endless).toEqual([])
    },
  )

  test('a refusal comes only from what was sent or asked for; nobody calls back a patient who has arrived', () => {
    for (const status of statuses) {
      const up: Record<string, string> = referralFlow.up[status]
      if (up.reject) expect(['submitted', 'infoRequested']).toContain(status)
      if (up.withdraw || up.decline) {
        expect(['draft', 'internalReview', 'submitted', 'infoRequested', 'accepted', 'inTransfer']).toContain(
          status,
        )
      }
      if (up.expire) expect(['submitted', 'infoRequested', 'accepted']).toContain(status)
    }
  })

  test('what ran out is no end: a person reopens or closes it', () => {
    for (const direction of directions) {
      expect(Object.keys(referralFlow[direction].expired).sort()).toEqual(['cancel', 'reopen'])
      expect(isEnded('expired')).toBe(false)
    }
  })

  test('the state line follows the flow', () => {
    for (const direction of directions) {
      const line = mainLine[direction]
      for (const [i, status] of line.slice(0, -1).entries()) {
        expect(Object.values(referralFlow[direction][status]), `${direction} ${status}`).toContain(
          line[i + 1],
        )
      }
    }
  })
})

describe('who', () => {
  test('every state that has not ended has exactly one owner, at one of the parties; a refusal is the sender’s', () => {
    for (const direction of directions) {
      for (const status of statuses) {
        const owned = ownerOf(parties({ direction, status }))
        if (status === 'rejected') expect(owned?.institutionId).toBe(FROM)
        else if (isEnded(status)) expect(owned).toBeNull()
        else expect([FROM, TO]).toContain(owned?.institutionId)
      }
    }
  })

  test.each(directions)('%s: the owner of a state has a move that leads on from it', (direction) => {
    const open = statuses.filter((s) => Object.keys(referralFlow[direction][s]).length > 0)
    const stuck = open.filter((status) => {
      const toPractitionerId = direction === 'down' ? DOCTOR : null
      const r = parties({ direction, status, toPractitionerId, arrangement: { practitionerId: DOCTOR } })
      const owned = ownerOf(r)
      const owner = actor(owned?.institutionId ?? '', [owned?.duty ?? ''], DOCTOR)
      return !actsOf(owner, r, false).some((act) => act.open && act.move !== 'print')
    })
    expect(stuck).toEqual([])
  })

  test('the sender cannot answer for the receiver, nor the receiver take back for the sender', () => {
    const r = parties()
    expect(notTheirs(actor(FROM, everything), r, 'accept')).toBe('referral.receivers-part')
    expect(notTheirs(actor(TO, everything), r, 'withdraw')).toBe('referral.senders-part')
    expect(notTheirs(actor(TO, ['referral.read']), r, 'accept')).toBe('kernel.not-permitted')
    expect(notTheirs(actor(TO, ['referral.answer']), r, 'accept')).toBeUndefined()
  })

  test('outside the network the sender owns every step, enters it, and is asked for nothing that takes two', () => {
    for (const direction of directions) {
      for (const status of statuses.filter((one) => !isEnded(one))) {
        const r = parties({ direction, status, external: true })
        expect(ownerOf(r)?.institutionId).toBe(FROM)
        const acts = actsOf(actor(FROM, ['referral.write'], DOCTOR), r, false)
        expect(acts.map((act) => act.move)).not.toContain('redirect')
      }
    }
    const outside = parties({ external: true })
    expect(notTheirs(actor(FROM, ['referral.write']), outside, 'accept')).toBeUndefined()
    expect(notTheirs(actor(TO, everything), outside, 'accept')).toBe('referral.receivers-part')
  })

  test('of a patient entered afterwards the receiver has the care, the named sender the word, and nothing goes back before it', () => {
    const entered = { begunBy: 'receiver', retroEntry: true, treatingPractitionerId: DOCTOR } as const
    const draft = parties({ ...entered, status: 'draft', submittedAt: null })
    expect(ownerOf(draft)).toMatchObject({ institutionId: TO, practitionerId: DOCTOR, step: 'entry' })
    expect(actsOf(actor(TO, everything, DOCTOR), draft, false).map(({ move }) => move)).toEqual([
      ...['enter', 'cancel', 'change', 'print'],
    ])
    const r = parties({ ...entered, status: 'treated' })
    expect(ownerOf(r)?.institutionId).toBe(TO)
    expect(confirmerOf(r)).toMatchObject({ institutionId: FROM, step: 'confirmation' })
    expect(notTheirs(actor(TO, everything), r, 'confirm')).toBe('referral.senders-part')
    expect(notNow(r, 'planDown')).toBe('referral.sender-has-not-confirmed')
    expect(confirmerOf({ ...r, disputedAt: now })).toMatchObject({ institutionId: TO, step: 'disputed' })
    expect(notNow({ ...r, disputedAt: now }, 'close')).toBeUndefined()
    expect(confirmerOf({ ...r, confirmedAt: now })).toBeNull()
  })

  test('only the named family doctor takes over', () => {
    const r = parties({ direction: 'down', status: 'downReferralSubmitted', toPractitionerId: DOCTOR })
    expect(notTheirs(actor(TO, everything), r, 'takeOver')).toBe('referral.named-doctors-part')
    expect(notTheirs(actor(TO, everything, DOCTOR), r, 'takeOver')).toBeUndefined()
  })

  test('what runs out lies with the office of the hospital, whichever way the patient goes', () => {
    expect(officeOf(parties({ direction: 'up' }))).toBe(TO)
    expect(officeOf(parties({ direction: 'down' }))).toBe(FROM)
  })

  test('only an emergency goes before it has been accepted', () => {
    expect(notNow(parties({ status: 'draft' }), 'depart')).toBe('referral.only-emergency-departs-first')
    expect(notNow(parties({ status: 'draft', urgency: 'emergency' }), 'depart')).toBeUndefined()
    expect(notNow(parties({ status: 'accepted' }), 'depart')).toBeUndefined()
  })

  test('every move of a person has a part, and every closed act says why', () => {
    expect(Object.keys(parts).sort()).toEqual(moves.filter((m) => m !== 'expire').sort())
    for (const status of statuses) {
      for (const act of actsOf(actor(FROM, []), parties({ status }), false)) {
        expect(act.open || Boolean(act.why)).toBe(true)
      }
    }
  })
})
