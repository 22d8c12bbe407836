import { statuses } from '@tongmai/api/referral/flow'
import { describe, expect, test } from 'vitest'
import { setMasterKey } from '../../kernel/secret.ts'
import { lacksOf } from './completeness.ts'
import { toServiceRequest, toTask } from './fhir.ts'
import { hashOf, isGenuine, verdictPage } from './form-check.ts'
import { ageOn } from './form-content.ts'
import { isNumber, referralNumber, tidyNumber } from './number.ts'
import { notPrintable, type Parties } from './policy.ts'
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
  const nobody = { toPractitionerId: null, external: false, returnNote: null }
  const draft = { direction: 'up', urgency: 'routine', ...nobody, form }

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
})
