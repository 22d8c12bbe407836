import type { Endpoint } from '@tongmai/api/kernel'
import { referralApi } from '@tongmai/api/referral'
import {
  cannot,
  kebab,
  moves,
  nextStatus,
  type ReferralMove,
  type ReferralStatus,
  statuses,
} from '@tongmai/api/referral/flow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putInState, type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { type Person, storyOf } from '../../../test/referral-story.ts'
import { type PersonMove, parts } from './policy.ts'

let g: ReferralRegion
let story: ReturnType<typeof storyOf>
beforeAll(async () => {
  g = await referralRegion()
  story = storyOf(g)
})
afterAll(() => g.world.close())

describe('every state × move', () => {
  const bodies = () => ({
    returnToDraft: { comment: 'x' },
    askSupplement: { comment: 'x' },
    supplement: { comment: 'x' },
    accept: { arrangement: g.arrangement() },
    arrange: { arrangement: g.arrangement() },
    reject: { reason: 'noCapacity', advice: '转二院' },
    withdraw: { reason: 'improved' },
    decline: { reason: 'cost' },
    treat: { outcome: g.outcome() },
    assign: { practitionerId: g.gpDoctor.id },
    followUp: { followUp: g.followUp() },
    cancel: { reason: 'other', comment: 'x' },
    redirect: { toInstitutionId: g.third, reason: 'noCapacity', comment: 'x' },
    awaitSlot: { comment: 'x' },
    settle: { reason: 'treatedHere' },
    enter: { arrangement: g.arrangement(0) },
    dispute: { comment: 'x' },
  })
  const fingerprint = async (id: string) =>
    JSON.stringify(
      await g.world.sql(
        `select r.*, (select count(*) from referral.step s where s.referral_id = r.id) as steps,
          (select count(*) from kernel."case" c where c.thing = 'referral:' || r.id) as cases
          from referral.referral r where r.id = $1`,
        [id],
      ),
    )

  const tried = moves.filter((move): move is PersonMove => move !== 'expire')
  const doer = (direction: 'up' | 'down', move: PersonMove): Person => {
    const atHospital = (parts[move].side === 'from') === (direction === 'down')
    return atHospital ? 'wholeHospital' : 'wholeCentre'
  }
  async function tryMove(
    id: string,
    direction: 'up' | 'down',
    { status, move }: { status: ReferralStatus; move: PersonMove },
  ) {
    const body = (bodies() as Partial<Record<ReferralMove, object>>)[move] ?? {}
    const verb = move === 'returnToDraft' ? 'return' : kebab(move)
    const answer = await g.post(doer(direction, move), `/referrals/${id}/${verb}`, body)
    const right = answer.status === 409 && answer.json.code === cannot(move, status)
    return right ? [] : [`${status} ${move}: ${answer.status} ${answer.json.code}`]
  }

  test.each(['up', 'down'] as const)(
    '%s: what is not in the flow is 409 and changes nothing',
    async (direction) => {
      const id = direction === 'up' ? await story.submitted() : await story.writeDown()
      if (direction === 'down') await story.must('specialist', `/referrals/${id}/submit`)
      const wrong: string[] = []
      for (const status of statuses) {
        await putInState(g.world, id, status)
        const before = await fingerprint(id)
        for (const move of tried.filter((m) => nextStatus(direction, status, m) === undefined)) {
          wrong.push(...(await tryMove(id, direction, { status, move })))
        }
        if ((await fingerprint(id)) !== before) wrong.push(`${status} was changed`)
      }
      expect(wrong).toEqual([])
    },
    120_000,
  )
})

test('a third institution is told that it does not exist, at every endpoint', async () => {
  const id = await story.accepted()
  const full: Record<string, object> = {
    change: { ...g.draftBody(), version: 1 },
    post: { text: 'x' },
    returnToDraft: { comment: 'x' },
    askSupplement: { comment: 'x' },
    supplement: { comment: 'x' },
    accept: { arrangement: g.arrangement() },
    arrange: { arrangement: g.arrangement() },
    reject: { reason: 'noCapacity', advice: 'x' },
    withdraw: { reason: 'improved' },
    decline: { reason: 'cost' },
    treat: { outcome: g.outcome() },
    assign: { practitionerId: g.gpDoctor.id },
    followUp: { followUp: g.followUp() },
    cancel: { reason: 'other', comment: 'x' },
    redirect: { toInstitutionId: g.third, reason: 'noCapacity', comment: 'x' },
    awaitSlot: { comment: 'x' },
    settle: { reason: 'treatedHere' },
    enter: { arrangement: g.arrangement(0) },
    dispute: { comment: 'x' },
    askTreating: { text: 'x' },
    answerAdvice: { text: 'x' },
    askAdviceAgain: { text: 'x' },
    changeReply: { text: 'x' },
    judge: { verdict: 'appropriate', note: 'x' },
    recordRouting: { specialty: 'respiratory' },
    openGreenChannel: { kind: 'stroke', summary: 'x' },
    stampGreenChannel: { link: 'ct' },
    holdForGreenChannel: { placeId: crypto.randomUUID() },
  }
  const { headers } = g.people.stranger
  const wrong: string[] = []
  for (const [name, endpoint] of Object.entries(referralApi) as [string, Endpoint][]) {
    if (!endpoint.path.includes(':id')) continue
    const path = endpoint.path.replace(':id', id)
    const body = endpoint.body ? { body: full[name] ?? {} } : {}
    const answer = await g.ask(endpoint.method, path, { headers, ...body })
    if (answer.status !== 404) wrong.push(`${name}: ${answer.status}`)
  }
  expect(wrong).toEqual([])
  expect((await g.get('stranger', '/referrals')).json.total).toBe(0)
  expect((await g.get('stranger', '/referrals/board')).json).toEqual([])
})
