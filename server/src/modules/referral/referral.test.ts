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
import { setMasterKey } from '../../kernel/secret.ts'
import { lacksOf } from './completeness.ts'
import { clockOf, keepsClock } from './deadline.ts'
import { countOf, plans, statusAfter } from './demo/plan.ts'
import { toServiceRequest, toTask } from './fhir.ts'
import { hashOf, isGenuine, verdictPage } from './form-check.ts'
import { ageOn } from './form-content.ts'
import { isNumber, referralNumber, tidyNumber } from './number.ts'
import {
  actsOf,
  notNow,
  notPrintable,
  notTheirs,
  officeOf,
  ownerOf,
  type Parties,
  type PersonMove,
  parts,
} from './policy.ts'
import type { ReferralRow } from './store/row.ts'

const FROM = '00000000-0000-7000-8000-00000000000a'
const TO = '00000000-0000-7000-8000-00000000000b'
const DOCTOR = '00000000-0000-7000-8000-00000000000d'
const now = new Date('2026-11-23T09:00:00+08:00')

const parties = (more: Partial<Parties> = {}): Parties => ({
  direction: 'up',
  status: 'submitted',
  urgency: 'routine',
  retroEntry: false,
  fromInstitutionId: FROM,
  fromPractitionerId: DOCTOR,
  toInstitutionId: TO,
  toPractitionerId: null,
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
      expect(ends.flatMap(open)).toEqual([])
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
  test('every state that has not ended has exactly one owner, at one of the parties', () => {
    for (const direction of directions) {
      for (const status of statuses) {
        const owned = ownerOf(parties({ direction, status }))
        if (isEnded(status)) expect(owned).toBeNull()
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

describe('the printed form', () => {
  test('exists only after acceptance with an arrangement', () => {
    const arrangement = { practitionerId: null }
    for (const status of ['draft', 'internalReview', 'submitted', 'infoRequested'] as const) {
      expect(notPrintable(parties({ status }))).toBe('referral.no-form-before-acceptance')
    }
    expect(notPrintable(parties({ status: 'inTransfer' }))).toBe('referral.no-form-before-acceptance')
    expect(notPrintable(parties({ status: 'accepted', arrangement }))).toBeUndefined()
    expect(notPrintable(parties({ status: 'closed', arrangement }))).toBeUndefined()
  })

  test('of what was entered afterwards exists only once the receiver has confirmed', () => {
    const after = { status: 'inTransfer', retroEntry: true, arrangement: { practitionerId: null } } as const
    expect(notPrintable(parties(after))).toBe('referral.no-form-before-confirmation')
    expect(notPrintable(parties({ ...after, confirmedAt: now }))).toBeUndefined()
  })

  test('proves by its code that it was issued here, and only what it says', () => {
    setMasterKey(Buffer.alloc(32, 1))
    const claim = { n: 'ZZ20261123-7K3M9QXC', at: '2026-11-23T01:00:00.000Z', to: '市一院' }
    const h = hashOf(claim)
    expect(isGenuine({ ...claim, h })).toBe(true)
    expect(isGenuine({ ...claim, to: '市二院', h })).toBe(false)
    expect(verdictPage({ ...claim, h })).toContain('2026-11-23 09:00')
    const forged = verdictPage({ ...claim, to: '<script>', h })
    expect(forged).toContain('不是本平台签发')
    expect(forged).not.toContain('<script>')
  })

  test('counts full years', () => {
    expect(ageOn('1961-11-24', '2026-11-23')).toBe(64)
    expect(ageOn('1961-11-23', '2026-11-23')).toBe(65)
    expect(ageOn(null, '2026-11-23')).toBeNull()
  })
})

describe('the clock', () => {
  const at = new Date('2026-11-24T09:00:00+08:00')
  const arrangement = { departmentId: FROM, practitionerId: null, at, place: '', instructions: '' }

  test('of an accepted one ends at the arranged time at the latest; of one on the way it starts there', () => {
    expect(clockOf({ status: 'accepted', arrangement, returnNote: null }, now)).toMatchObject({
      from: now,
      atMost: at,
    })
    expect(clockOf({ status: 'inTransfer', arrangement, returnNote: null }, now)).toMatchObject({ from: at })
  })

  test('of a first follow-up is the end of the day that the hospital named', () => {
    const returnNote = { followUpOn: '2026-11-30' } as never
    const fixed = new Date('2026-11-30T23:59:59+08:00')
    expect(clockOf({ status: 'takenOver', arrangement: null, returnNote }, now)?.fixed).toEqual(fixed)
  })

  test('stands still in every end, and a confirmation does not restart it', () => {
    for (const status of statuses) {
      expect(clockOf({ status, arrangement: null, returnNote: null }, now) === null).toBe(isEnded(status))
    }
    expect(keepsClock('confirm', 'inCare')).toBe(true)
    expect(keepsClock('accept', 'accepted')).toBe(false)
  })
})

describe('the number', () => {
  const id = '01936b2e-8f5a-7c3d-9e21-4b7f0a6c5d18'
  test('says the day and survives the telephone', () => {
    const number = referralNumber(id, new Date('2026-11-22T20:00:00Z'))
    expect(number).toMatch(/^ZZ20261123-[0-9A-Z]{8}$/)
    expect(isNumber(number)).toBe(true)
    expect(tidyNumber(` ${number.toLowerCase().replaceAll('0', 'o')} `)).toBe(number)
  })

  test('notices one wrong character', () => {
    const number = referralNumber(id, now)
    const last = number.at(-2) === '7' ? '8' : '7'
    expect(isNumber(number.slice(0, -2) + last + number.at(-1))).toBe(false)
  })
})

describe('completeness', () => {
  const form = {
    firstImpression: '',
    reason: '胸痛',
    pastHistory: '',
    allergies: '',
    treatmentSoFar: '',
    attention: '',
    diagnosis: { code: 'I20.0', text: '心绞痛' },
    indications: [],
    consent: { agreed: true, signer: '王', relation: '0' as const, at: now },
    attachments: [],
    excerpts: [],
  }
  const draft = { direction: 'up', urgency: 'routine', toPractitionerId: null, form, returnNote: null }

  test('asks for reason, diagnosis and consent; an emergency goes with a reason alone', () => {
    expect(lacksOf(draft)).toEqual([])
    expect(lacksOf({ ...draft, form: { ...form, consent: null } })).toEqual([
      { path: 'form.consent', problem: 'consent' },
    ])
    const bare = { ...form, diagnosis: null, consent: null }
    expect(lacksOf({ ...draft, urgency: 'emergency', form: bare })).toEqual([])
    expect(lacksOf({ ...draft, form: { ...bare, reason: '' } })).toHaveLength(3)
  })

  test('of a down-referral asks for the family doctor and how it goes on', () => {
    const lacks = lacksOf({ ...draft, direction: 'down' }).map((lack) => lack.path)
    expect(lacks).toContain('toPractitionerId')
    expect(lacks).toContain('returnNote.followUpOn')
  })
})

test('in FHIR it is a ServiceRequest with the referral category and a Task that says our state', () => {
  const row = {
    ...parties({ status: 'accepted' }),
    id: 'a',
    residentId: 'p',
    number: 'ZZ1',
    parentId: null,
    since: now,
    due: now,
    writtenAt: now,
    ending: null,
    arrangement: { departmentId: TO, practitionerId: null, at: now, place: '', instructions: '' },
    form: { diagnosis: { code: 'I20.0', text: '心绞痛' }, reason: 'x', excerpts: [] },
  } as unknown as ReferralRow
  expect(toServiceRequest(row)).toMatchObject({
    resourceType: 'ServiceRequest',
    status: 'active',
    subject: { reference: 'Patient/p' },
    category: [{ coding: [{ code: '3457005' }] }],
  })
  expect(toTask(row)).toMatchObject({
    status: 'accepted',
    businessStatus: { coding: [{ code: 'accepted' }] },
  })
  const all = statuses.map((status) => toTask({ ...row, status }).status)
  expect(all.every(Boolean)).toBe(true)
  const made = (Object.keys(parts) as PersonMove[]).length
  expect(made).toBe(moves.length - 1)
})

describe('the demonstration region', () => {
  test('has 120 referrals, in every state, each by a way that the flow allows', () => {
    expect(countOf(plans)).toBe(120)
    const ways = plans.flatMap((plan) => [
      statusAfter(plan.direction, plan.path),
      ...(plan.down ? [statusAfter('down', plan.down)] : []),
    ])
    expect([...new Set(ways)].sort()).toEqual([...statuses].sort())
  })
})
