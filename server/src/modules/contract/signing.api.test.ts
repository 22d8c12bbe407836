import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount } from '../../../test/given-identity.ts'
import { dayAfter } from '../../kernel/day.ts'
import { bindSmsGateway } from '../identity/index.ts'
import { currentContract } from './index.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const current = (residentId: string) => g.world.system((ctx) => currentContract(ctx, residentId))

test('a signature takes a code sent to the telephone once, and no other', async () => {
  const residentId = await g.resident()
  const messages: { phone: string; code: string; purpose: string }[] = []
  bindSmsGateway({ send: async (message) => void messages.push(message) })
  const codeFor = async (id: string): Promise<string> => {
    const sent = await g.post(g.boss, '/contract-codes', { residentId: id })
    expect(sent.json).toMatchObject({ phoneMasked: expect.stringMatching(/^139\*/) })
    const queued = await g.world.sql(
      `select payload from graphile_worker._private_jobs where payload::text like '%sign%' order by id`,
    )
    for (const { payload } of queued) await g.world.runJob('identity.send-code', payload)
    return messages.at(-1)?.code ?? ''
  }
  const code = await codeFor(residentId)
  const wrong = code === '000000' ? '111111' : '000000'
  const by = (typed: string) =>
    g.sign(residentId, { signature: { kind: 'sms', signer: '王小明', code: typed } })
  expect(await by(wrong)).toMatchObject({ status: 403, json: { code: 'contract.wrong-code' } })
  expect((await by(code)).status).toBe(200)
  const other = await g.resident()
  const again = await g.sign(other, { signature: { kind: 'sms', signer: '王小明', code } })
  expect(again.json.code).toBe('contract.code-over')
  // Of a household each may have been sent one: that of any of them signs.
  const household = [other, await g.resident()]
  const [, second] = [await codeFor(household[0] ?? ''), await codeFor(household[1] ?? '')]
  const all = await g.sign(other, {
    members: household.map((id) => ({ residentId: id, packageIds: [g.basic] })),
    signature: { kind: 'sms', signer: '王小明', code: second },
  })
  expect(all.status).toBe(200)
})

test('residents renew on the phone in the last days; once the team accepts it goes on the day after, with nothing between', async () => {
  const residentId = await g.resident()
  const before = await g.signed(residentId)
  const { endsOn } = (await g.get(g.boss, `/contracts/${before}`)).json
  const me = await givenResidentAccount(g.world, residentId)
  await g.world.setNow(new Date(new Date(`${endsOn}T01:00:00Z`).getTime() - 10 * 86_400_000))
  await g.stayIn()
  await g.world.runJob('contract.turn')
  const [mine] = (await g.get(me.headers, '/me/contracts')).json.items
  expect(mine).toMatchObject({ status: 'expiring', again: { teamId: g.team, packageCodes: ['JC'] } })
  const [shown] = await g.world.sql<{ state: string }>(
    `select content::json #>> '{legalState,coding,0,code}' as state from kernel.resource where type = 'Contract' and id = $1`,
    [before],
  )
  expect(shown?.state).toBe('expiring')
  const body = g.signBody(residentId, {
    tertiaryId: null,
    members: [{ residentId, packageIds: [g.basic], changesTeam: true }],
  })
  const applied = await g.post(me.headers, '/me/contracts', body)
  expect(applied).toMatchObject({ status: 200, json: { contracts: [{ status: 'pendingReview' }] } })
  const { id } = applied.json.contracts[0]
  const accepted = await g.post(g.boss, `/contracts/${id}/accept`)
  expect(accepted.json.startsOn).toBe(dayAfter(endsOn, 1))
  expect((await g.get(me.headers, '/me/contracts')).json.items).toMatchObject([
    { id, status: 'active', upcoming: true },
    { id: before, status: 'expiring' },
  ])
  expect((await current(residentId))?.id).toBe(before)
  await g.world.setNow(new Date(new Date(`${endsOn}T01:00:00Z`).getTime() + 2 * 86_400_000))
  await g.world.runJob('contract.turn')
  expect((await current(residentId))?.id).toBe(id)
  expect((await g.get(g.boss, `/contracts/${before}`)).json.status).toBe('renewed')
})
