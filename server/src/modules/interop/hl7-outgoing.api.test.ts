import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hl7 } from '../../../test/given-hl7.ts'
import { givenStaff } from '../../../test/given-identity.ts'
import { answerTo, fieldOf } from '../../../test/given-mllp-partner.ts'
import { destinationAt, givenTelling, type Telling } from '../../../test/given-telling.ts'

let x: Telling

beforeAll(async () => {
  x = await givenTelling()
})
afterAll(() => x.close())

test('the hospital’s system is told of a referral, of its answer and of its end, by REF', async () => {
  const { id, number } = await x.submitted()
  await x.turn()
  const [ref = ''] = x.his.received
  expect(fieldOf(ref, 'MSH', 9)).toBe('REF^I12^REF_I12')
  expect([fieldOf(ref, 'MSH', 5), fieldOf(ref, 'MSH', 6)]).toEqual(['HIS', 'HIS-B'])
  expect(fieldOf(ref, 'RF1', 6)).toBe(`${number}^TONGMAI`)
  expect(fieldOf(ref, 'RF1', 1)).toBe('P')
  expect(ref).toContain(`\rPRD|RP|林晓||^^^COMM^^^^^河湾社区|||${x.g.gpDoctor.id}^TONGMAI\r`)
  expect(ref).toContain('^^^LEAD^^^^^市一院 心内科')
  expect(fieldOf(ref, 'PID', 5)).toMatch(/^王/)
  expect(fieldOf(ref, 'PID', 13)).toMatch(/^1390\d{7}$/)
  expect(ref).toContain('\rDG1|1||I20.0^不稳定型心绞痛^I10\r')
  expect(ref).toContain('|TX|pastHistory^^99TONGMAI||高血压十年|')

  expect((await x.accept(id)).status).toBe(200)
  await x.turn()
  const changed = x.his.received[1] ?? ''
  expect([fieldOf(changed, 'MSH', 9), fieldOf(changed, 'RF1', 1)]).toEqual(['REF^I13^REF_I12', 'A'])
  expect(changed).toContain('|TX|arrangement.place^^99TONGMAI||门诊三楼 12 诊室|')

  expect((await x.g.post('gp', `/referrals/${id}/withdraw`, { reason: 'improved' })).status).toBe(200)
  await x.turn()
  const ended = x.his.received[2] ?? ''
  expect([fieldOf(ended, 'MSH', 9), fieldOf(ended, 'RF1', 10)]).toEqual([
    'REF^I14^REF_I12',
    'improved^^99TONGMAI',
  ])
  expect(ended).not.toContain('pastHistory')
  expect((await x.outgoing()).map(({ kind, state }) => [kind, state])).toEqual([
    ['REF^I14', 'done'],
    ['REF^I13', 'done'],
    ['REF^I12', 'done'],
  ])
  const [{ opened = 0 } = {}] = await x.g.world.sql<{ opened: number }>(
    `select count(*)::int as opened from kernel.access where purpose = 'send' and actor_id = $1`,
    [x.hospital.id],
  )
  expect(opened).toBe(3)
})

test('a receiver’s system may answer at once in its RRI; its own number is named from then on', async () => {
  await x.afresh()
  const { id, number } = await x.submitted()
  const rf1 = `RF1|R|||||${number}^TONGMAI||||notIndicated^无转诊指征^99TONGMAI|H-77^^HIS`
  const rt = `PRD|RT||||||${x.g.heartDoctor.id}`
  const advice = 'OBX|1|TX|advice^^99TONGMAI||继续社区随访||||||F'
  x.his.answers = answerTo('AA', [rf1, rt, advice], 'RRI^I12^RRI_I12')
  await x.turn()
  const incoming = (await x.g.ask('GET', '/messages?direction=in&limit=1', { headers: x.it })).json.items[0]
  expect([incoming?.kind, incoming?.state, incoming?.problem]).toEqual(['RRI^I12', 'done', null])
  expect((await x.g.get('gp', `/referrals/${id}`)).json.status).toBe('rejected')
  const [known] = await x.g.world.sql<{ given_by: string }>(
    'select given_by from interop.known_referral where referral_id = $1',
    [id],
  )
  expect(known?.given_by).toBe('HIS')
})

/** A referral as the centre's own system writes it. */
const refOf = (control: string, number: string, hospital: string, department: string) =>
  hl7('REF^I12^REF_I12', control, [
    `RF1|P|A|up^向上^99TONGMAI|||${number}^HIS||||^反复胸痛两周`,
    `PRD|RP|全科^医生|||||${x.g.gpDoctor.id}`,
    `PRD|RT|||${department}^^^${hospital}`,
    'PID|1||OUT-1^^^HIS^MR||王^来函||19620304|M',
    'DG1|1||I20.0^不稳定型心绞痛^I10',
    'AL1|1|DA|^青霉素',
    ...['pastHistory', 'treatmentSoFar', 'firstImpression'].map(
      (name, n) => `OBX|${n + 1}|TX|${name}^^99TONGMAI||高血压十年||||||F`,
    ),
    'OBX|4|TX|indications^^99TONGMAI||up.needsExamination||||||F',
    `CON|1||||||||||A||20261123080000${'|'.repeat(11)}王来函|0`,
  ])

/** The centre's system, as a client and as a listener over HTTP that wants to be authorised. */
async function givenCentre() {
  const taken: { type: string; authorization: string; body: string }[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString()
      const { 'content-type': type = '', authorization = '' } = request.headers
      taken.push({ type, authorization, body })
      response.end(answerTo('AA')(body))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hl7`
  const headers = (await givenStaff(x.g.world, x.g.centre, ['it'])).headers
  await x.g.world.sql(`update identity.session set until = '2036-01-01', seen_at = '2035-01-01'`)
  const partner = await x.addPartner(headers, 'CENTRE', x.centre.id)
  const facts = { road: 'http', charset: 'utf-8', authorization: 'Bearer centre' }
  const set = await x.setDestination(destinationAt(url, facts), headers, partner)
  expect(set.json.destination).toMatchObject({ hasAuthorization: true, road: 'http' })
  return { taken, close: () => server.close() }
}

test('what the sender’s system sent by REF is answered by RRI under its own number, and not told back', async () => {
  await x.afresh()
  const away = await givenCentre()
  const [codes] = await x.g.world.sql<{ hospital: string; department: string }>(
    `select i.code as hospital, d.code as department from network.institution i
      join network.department d on d.institution_id = i.id where d.id = $1`,
    [x.g.cardiology],
  )
  const sent = await x.g.world.app.inject({
    ...{
      method: 'POST',
      url: '/api/hl7',
      payload: refOf('c-1', 'Z-9', codes?.hospital ?? '', codes?.department ?? ''),
    },
    headers: { ...(await x.signed(x.centre)), 'content-type': 'application/hl7-v2' },
  })
  const number = fieldOf(sent.body, 'RF1', 11).split('^')[0] ?? ''
  expect(number, sent.body).not.toBe('')
  await x.turn()
  expect(away.taken).toEqual([])
  expect(fieldOf(x.his.received[0] ?? '', 'RF1', 6)).toBe(`${number}^TONGMAI`)
  const [{ id = '' } = {}] = await x.g.world.sql<{ id: string }>(
    'select id from referral.referral where number = $1',
    [number],
  )
  expect((await x.accept(id)).status).toBe(200)
  await x.turn()
  const [rri] = away.taken
  expect([rri?.type, rri?.authorization]).toEqual(['application/hl7-v2; charset=utf-8', 'Bearer centre'])
  const body = rri?.body ?? ''
  expect([fieldOf(body, 'MSH', 9), fieldOf(body, 'RF1', 1)]).toEqual(['RRI^I12^RRI_I12', 'A'])
  expect([fieldOf(body, 'RF1', 6), fieldOf(body, 'RF1', 11)]).toEqual(['Z-9^^HIS', `${number}^TONGMAI`])
  expect(body).toContain('\rPID|1||OUT-1^^^HIS^MR||')
  away.close()
})

test('an RRI that names the appointment accepts', async () => {
  const { id, number } = await x.submitted()
  const message = hl7('RRI^I12^RRI_I12', 'rri-accept', [
    `RF1|A||||||||||${number}^TONGMAI`,
    `PRD|RT||||||${x.g.heartDoctor.id}`,
    'OBX|1|TX|arrangement.at^^99TONGMAI||20261201093000||||||F',
    'OBX|2|TX|arrangement.place^^99TONGMAI||门诊三楼||||||F',
  ]).replace('PRD|RT||||||', `PRD|RT|||${x.g.cardiology.slice(0, 8)}^^^LEAD|||`)
  const codes = await x.g.world.sql<{ code: string }>('select code from network.department where id = $1', [
    x.g.cardiology,
  ])
  const answer = await x.g.world.app.inject({
    ...{ method: 'POST', url: '/api/hl7' },
    payload: message.replace(x.g.cardiology.slice(0, 8), codes[0]?.code ?? ''),
    headers: { ...(await x.signed(x.hospital)), 'content-type': 'application/hl7-v2' },
  })
  expect(fieldOf(answer.body, 'MSA', 1), answer.body).toBe('AA')
  const shown = (await x.g.get('gp', `/referrals/${id}`)).json
  expect([shown.status, shown.arrangement.place]).toEqual(['accepted', '门诊三楼'])
})
