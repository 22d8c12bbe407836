import { afterAll, beforeAll, expect, test } from 'vitest'
import { hl7 } from '../../../test/given-hl7.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'

let g: ReferralRegion
let sender: Readonly<Record<string, string>>
let receiver: Readonly<Record<string, string>>
let codes: { hospital: string; cardiology: string }

beforeAll(async () => {
  g = await referralRegion()
  sender = (await givenClient(g.world, g.centre)).headers
  receiver = (await givenClient(g.world, g.hospital)).headers
  const [row] = await g.world.sql<{ hospital: string; cardiology: string }>(
    `select i.code as hospital, d.code as cardiology from network.institution i
      join network.department d on d.institution_id = i.id where i.id = $1 and d.id = $2`,
    [g.hospital, g.cardiology],
  )
  codes = row as typeof codes
})
afterAll(() => g.world.close())

const post = async (message: string, headers: Readonly<Record<string, string>>) => {
  const answer = await g.world.app.inject({
    ...{ method: 'POST', url: '/api/hl7', payload: message },
    headers: { ...headers, 'content-type': 'application/hl7-v2' },
  })
  const text = answer.rawPayload.toString()
  return {
    text,
    code: /\rMSA\|(A[AER])/.exec(text)?.[1],
    reason: /\rERR\|.*\|([\w.-]+)\^\^99TONGMAI/.exec(text)?.[1],
    rf1: /\rRF1\|([^\r]*)/.exec(text)?.[1]?.split('|') ?? [],
  }
}

let patients = 0
const patient = () => `PID|1||REF${++patients}^^^HIS^MR||王^转诊||19620304|M`
const own = (name: string, text: string, n: number) => `OBX|${n}|TX|${name}^^99TONGMAI||${text}||||||F`
/** A segment by the numbers of its fields. */
const segment = (name: string, fields: Readonly<Record<number, string>>): string =>
  [name, ...Array.from({ length: 25 }, (_, n) => fields[n + 1] ?? '')].join('|').replace(/\|+$/, '')
const consent = (status: string) =>
  segment('CON', { 1: '1', 11: status, 13: '20261123090000', 24: '王转诊', 25: '0' })

/** A referral as a hospital's system writes it. */
const ref = (
  control: string,
  number: string,
  more: { pid?: string; consent?: string; department?: string } = {},
) =>
  hl7('REF^I12^REF_I12', control, [
    `RF1|P|A|up^向上^99TONGMAI|||${number}^HIS||||^反复胸痛两周`,
    `PRD|RP|全科^医生|||||${g.gpDoctor.id}`,
    `PRD|RT|||${more.department ?? codes.cardiology}^^^${codes.hospital}`,
    more.pid ?? patient(),
    'DG1|1||I20.0^不稳定型心绞痛^I10',
    'AL1|1|DA|^青霉素',
    own('pastHistory', '高血压十年', 1),
    own('treatmentSoFar', '阿司匹林', 2),
    own('firstImpression', '不稳定型心绞痛', 3),
    own('indications', 'up.needsExamination', 4),
    consent(more.consent ?? 'A'),
  ])
const statusOf = async (number: string) => {
  const [row] = await g.world.sql<{ id: string; status: string }>(
    'select id, status from referral.referral where number = $1',
    [number],
  )
  return row
}
const ourNumber = (rf1: readonly string[]) => rf1[10]?.split('^')[0] ?? ''

test('REF^I12 writes and sends a referral by the rules of the web; RRI says its number here', async () => {
  const sent = await post(ref('r-1', 'Z-1'), sender)
  expect([sent.code, sent.text.includes('\rERR|') ? sent.text : '']).toEqual(['AA', ''])
  expect(sent.text).toContain('|RRI^I12^RRI_I12|')
  expect([sent.rf1[0], sent.rf1[5]]).toEqual(['P', 'Z-1^^HIS'])
  const stands = await statusOf(ourNumber(sent.rf1))
  expect(stands?.status).toBe('submitted')
  const shown = (await g.get('clerk', `/referrals/${stands?.id}`)).json
  expect(shown).toMatchObject({ urgency: 'urgent', form: { allergies: '青霉素', pastHistory: '高血压十年' } })
})

test('the same number under another control id is the same referral', async () => {
  const pid = patient()
  const first = await post(ref('r-2', 'Z-2', { pid }), sender)
  const again = await post(ref('r-3', 'Z-2', { pid }), sender)
  expect(again.code).toBe('AA')
  expect(ourNumber(again.rf1)).toBe(ourNumber(first.rf1))
})

test('what the web refuses is refused with its code, and so is a receiver nobody knows', async () => {
  const noConsent = await post(ref('r-4', 'Z-4', { consent: 'R' }), sender)
  expect([noConsent.code, noConsent.reason]).toEqual(['AE', 'referral.no-consent'])
  const nowhere = await post(ref('r-5', 'Z-5', { department: 'NOPE' }), sender)
  expect([nowhere.code, nowhere.reason]).toEqual(['AE', 'interop.bad-value'])
})

test('the receiver’s system answers by RRI, the sender’s calls back by REF^I14', async () => {
  const sent = await post(ref('r-6', 'Z-6'), sender)
  const number = ourNumber(sent.rf1)
  const rri = (control: string, status: string, more: readonly string[] = []) =>
    hl7('RRI^I12^RRI_I12', control, [
      `RF1|${status}||||||||||${number}^TONGMAI`,
      `PRD|RT||||||${g.heartDoctor.id}`,
      ...more,
    ])
  const vague = await post(rri('a-1', 'P'), receiver)
  expect([vague.code, vague.reason]).toEqual(['AE', 'interop.bad-value'])
  const stranger = await post(rri('a-2', 'A'), sender)
  expect(stranger.code).not.toBe('AA')
  const unknown = await post(hl7('RRI^I12^RRI_I12', 'a-3', ['RF1|A||||||||||NONE^TONGMAI']), receiver)
  expect([unknown.code, unknown.reason]).toEqual(['AE', 'interop.unknown-referral'])

  const accepted = await post(rri('a-4', 'A'), receiver)
  // An acceptance names the appointment: without it the web refuses too.
  expect([accepted.code, accepted.reason]).toEqual(['AE', 'referral.incomplete'])
  const turned = await post(
    hl7('RRI^I12^RRI_I12', 'a-5', [
      segment('RF1', { 1: 'R', 10: 'notIndicated^无转诊指征^99TONGMAI', 11: `${number}^TONGMAI` }),
      `PRD|RT||||||${g.heartDoctor.id}`,
      own('advice', '继续社区随访', 1),
    ]),
    receiver,
  )
  expect([turned.code, turned.text.includes('\rERR|') ? turned.text : '']).toEqual(['AA', ''])

  expect((await statusOf(number))?.status).toBe('rejected')

  const other = await post(ref('r-8', 'Z-8'), sender)
  const back = hl7('REF^I14^REF_I12', 'r-7', [
    segment('RF1', { 1: 'E', 6: 'Z-8^HIS', 10: 'improved^症状好转^99TONGMAI' }),
    segment('PRD', { 1: 'RP', 7: g.gpDoctor.id }),
    'NTE|1||症状好转，患者要求取消',
  ])
  const recalled = await post(back, sender)
  expect([recalled.code, recalled.text.includes('\rERR|') ? recalled.text : '']).toEqual(['AA', ''])
  expect((await statusOf(ourNumber(other.rf1)))?.status).toBe('withdrawn')
})
