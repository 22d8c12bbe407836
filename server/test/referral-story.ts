import { expect } from 'vitest'
import { downBody, type ReferralRegion } from './given-referral.ts'

export type Person = keyof ReferralRegion['people']

/** What the tests of referrals do over and over, through the API. */
export function storyOf(g: ReferralRegion) {
  async function must(as: Person, path: string, body: unknown = {}): Promise<Record<string, never>> {
    const answer = await g.post(as, path, body)
    expect(answer.status, `${path} ${JSON.stringify(answer.json)}`).toBe(200)
    return answer.json
  }
  const write = async (more: object = {}): Promise<string> =>
    (await must('gp', '/referrals', g.draftBody(more))).id as unknown as string
  const writeDown = async (): Promise<string> => {
    const body = downBody(g)
    await g.world.sql(
      `insert into kernel.access_grant (resident_id, institution_id, basis, source, since)
        values ($1, $2, 'treatment', 'test', now()) on conflict do nothing`,
      [g.residentId, g.hospital],
    )
    return (await must('specialist', '/referrals', body)).id as unknown as string
  }
  const submitted = async (more: object = {}): Promise<string> => {
    const id = await write(more)
    await must('gp', `/referrals/${id}/submit`)
    return id
  }
  const accepted = async (): Promise<string> => {
    const id = await submitted()
    await must('clerk', `/referrals/${id}/accept`, { arrangement: g.arrangement() })
    return id
  }
  const read = async (as: Person, id: string) => (await g.get(as, `/referrals/${id}`)).json
  const caseOf = async (id: string) =>
    (
      await g.world.sql<{ institution_id: string; duty: string; step: string; due: Date; escalated: number }>(
        `select institution_id, duty, step, due, escalated from kernel."case" where thing = $1 and closed_at is null`,
        [`referral:${id}`],
      )
    )[0]
  const grants = (id: string) =>
    g.world.sql<{ institution_id: string }>(
      'select institution_id from kernel.access_grant where source = $1',
      [`referral:${id}`],
    )
  return { must, write, writeDown, submitted, accepted, read, caseOf, grants }
}
