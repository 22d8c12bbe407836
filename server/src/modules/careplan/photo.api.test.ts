import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount, type Signed } from '../../../test/given-identity.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

async function upload(who: Signed, bytes: string): Promise<string> {
  const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'
  const payload = Buffer.concat([
    Buffer.from(head),
    Buffer.from(bytes, 'latin1'),
    Buffer.from('\r\n--x--\r\n'),
  ])
  const headers = { ...who.headers, 'content-type': 'multipart/form-data; boundary=x' }
  const answer = await g.world.app.inject({ method: 'POST', url: '/api/files', headers, payload })
  return answer.json().hash
}

test('the photograph of a display stays beside the figures that were written; the doctor sees it, a stranger does not', async () => {
  const residentId = await g.resident()
  const me = await givenResidentAccount(g.world, residentId)
  const other = await givenResidentAccount(g.world, await g.resident())
  const photoHash = await upload(me, '\xff\xd8\xff\xe0 what the display showed')
  const body = {
    ...{ residentId, kind: 'bloodPressure', at: g.world.world.now().toISOString() },
    ...{ value: 138, value2: 84 },
  }
  const paper = await upload(me, '%PDF-1.7 no photograph')
  const refused = await g.post(me.headers, '/me/readings', { ...body, photoHash: paper })
  expect(refused.json.code).toBe('careplan.photo-of-another-kind')
  expect((await g.post(me.headers, '/me/readings', { ...body, photoHash })).json.accepted).toBe(1)
  const mine = await g.get(me.headers, `/me/reading-photos?residentId=${residentId}`)
  expect(mine.json).toMatchObject({ total: 1, items: [{ kind: 'bloodPressure', value: 138, value2: 84 }] })
  const { id } = mine.json.items[0]
  const picture = (headers: Readonly<Record<string, string>>, path: string) =>
    g.world.app.inject({ method: 'GET', url: `/api${path}`, headers })
  const seen = await picture(g.boss, `/residents/${residentId}/reading-photos/${id}`)
  expect(seen.headers['content-type']).toContain('image/jpeg')
  expect(seen.rawPayload.toString('latin1')).toContain('what the display showed')
  expect((await picture(me.headers, `/me/reading-photos/${id}?residentId=${residentId}`)).statusCode).toBe(
    200,
  )
  for (const who of [g.elsewhere, other.headers]) {
    const path = who === g.elsewhere ? `/residents/${residentId}/reading-photos/${id}` : null
    const asked = path ?? `/me/reading-photos/${id}?residentId=${residentId}`
    expect((await picture(who, asked)).statusCode).toBe(404)
  }
})
