import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import { answerTo, fieldOf, givenMllpPartner } from '../../../test/given-mllp-partner.ts'
import { destinationAt, givenTelling, type Telling } from '../../../test/given-telling.ts'

const MINUTE_MS = 60_000

let x: Telling

beforeAll(async () => {
  x = await givenTelling()
})
afterAll(() => x.close())

test('what the other side refuses stands in error with its words, is mended and sent under a number of its own', async () => {
  await x.afresh()
  x.his.answers = answerTo('AE', ['ERR||PID^1^11|101^Required field missing^HL70357|E||||缺少地址'])
  await x.submitted()
  await x.turn()
  const [failed] = await x.outgoing('&state=failed')
  expect(failed?.problem).toEqual({ code: 'interop.partner-error', place: 'PID-11', text: '缺少地址' })

  x.his.answers = answerTo('AA')
  const whole = (await x.g.ask('GET', `/messages/${failed?.id}`, { headers: x.it })).json
  const text = whole.text.replace('\rDG1|', '\rNTE|2||已补地址\rDG1|')
  const mended = await x.g.ask('POST', `/messages/${failed?.id}/mend`, {
    headers: x.it,
    body: { text, note: '补地址' },
  })
  expect([mended.status, mended.json.state]).toEqual([200, 'waiting'])
  await x.turn()
  expect(x.his.received[1]).toContain('已补地址')
  expect(fieldOf(x.his.received[1] ?? '', 'MSH', 10)).toBe(mended.json.controlId)
  expect(mended.json.controlId).not.toBe(failed?.controlId)
  expect((await x.g.ask('GET', `/messages/${failed?.id}`, { headers: x.it })).json.state).toBe('mended')
})

test('without an answer it is sent again under the same number, and none overtakes it', async () => {
  await x.afresh()
  x.his.answers = () => null
  await x.submitted()
  await x.submitted()
  await x.turn()
  expect(x.his.received).toHaveLength(1)
  expect(await x.destinationNow()).toMatchObject({ waiting: 2, tries: 1, problem: 'interop.receiver-late' })
  await x.turn()
  expect(x.his.received).toHaveLength(1)

  x.his.answers = answerTo('AA')
  await x.g.world.setNow(new Date(x.g.world.world.now().getTime() + MINUTE_MS))
  await x.turn()
  const numbers = x.his.received.map((one) => fieldOf(one, 'MSH', 10))
  expect(numbers).toHaveLength(3)
  expect(numbers[1]).toBe(numbers[0])
  expect(numbers[2]).not.toBe(numbers[0])
  expect(await x.destinationNow()).toMatchObject({ waiting: 0, tries: 0, problem: null })
})

test('an answer that speaks of another message does not count', async () => {
  await x.afresh()
  x.his.answers = () =>
    'MSH|^~\\&|HIS|OTHER|TONGMAI|ALLIANCE|20261123090000||ACK|A-1|P|2.5.1\rMSA|AA|SOMETHING\r'
  await x.submitted()
  await x.turn()
  expect((await x.destinationNow()).problem).toBe('interop.answer-of-another')
  x.his.answers = () => '乱码'
  await x.g.ask('POST', `/message-partners/${x.partnerId}/send`, { headers: x.it, body: {} })
  await x.turn()
  expect(await x.destinationNow()).toMatchObject({
    waiting: 1,
    tries: 2,
    problem: 'interop.unreadable-answer',
  })
  const [waiting] = await x.outgoing('&state=waiting')
  const aside = await x.g.ask('POST', `/messages/${waiting?.id}/set-aside`, {
    headers: x.it,
    body: { note: '已电话告知' },
  })
  expect(aside.status).toBe(200)
  expect((await x.destinationNow()).waiting).toBe(0)
})

test('a partner that is away gets everything once it is back, in order; whoever lets it go sees what did not arrive', async () => {
  await x.afresh()
  const port = Number(x.his.address.split(':')[1])
  await x.his.close()
  const first = await x.submitted()
  await x.turn()
  expect((await x.destinationNow()).problem).toBe('interop.receiver-away')
  const second = await x.submitted()
  await x.turn()
  x.his = await givenMllpPartner({ port, charset: 'gb18030' })
  await x.g.world.setNow(new Date(x.g.world.world.now().getTime() + 2 * 3_600_000))
  await x.turn()
  const arrived = x.his.received.map((one) => fieldOf(one, 'RF1', 6).split('^')[0])
  expect(arrived.filter((one) => one === first.number || one === second.number)).toEqual([
    first.number,
    second.number,
  ])

  x.his.answers = () => null
  await x.submitted()
  await x.turn()
  const gone = await x.setDestination(null)
  expect(gone.json.destination).toBeNull()
  const [stranded] = await x.outgoing('&state=failed')
  expect(stranded?.problem?.code).toBe('interop.no-destination')
  const again = () => x.g.ask('POST', `/messages/${stranded?.id}/replay`, { headers: x.it, body: {} })
  expect((await again()).status).toBe(409)
  x.his.answers = answerTo('AA')
  await x.listenAt(x.his.address)
  expect((await again()).status).toBe(200)
  await x.turn()
  expect(fieldOf(x.his.received.at(-1) ?? '', 'MSH', 10)).toBe(stranded?.controlId)
})

test('over TLS only whom its certificate vouches for is told', async () => {
  const material = join(import.meta.dirname, '../../../test/material/tls')
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(material, name), 'utf8'))
  const secure = await givenMllpPartner({ charset: 'gb18030' }, { key: key ?? '', cert: cert ?? '' })
  await x.listenAt(secure.address, { secured: true })
  await x.submitted()
  await x.turn()
  expect([secure.received.length, (await x.destinationNow()).problem]).toEqual([
    0,
    'interop.receiver-not-trusted',
  ])
  await x.listenAt(secure.address, { secured: true, authority: cert })
  await x.turn()
  expect(secure.received.length).toBeGreaterThan(0)
  await x.listenAt(x.his.address)
  await secure.close()
})

test('an address is checked, and only the institution’s own people set it', async () => {
  const wrong = await x.setDestination(destinationAt('http://x'))
  expect([wrong.status, wrong.json.code]).toEqual([400, 'interop.bad-destination'])
  const other = (await givenStaff(x.g.world, x.g.third, ['it'])).headers
  const theirs = await x.setDestination(destinationAt(x.his.address), other)
  expect(theirs.status).toBe(404)
})
