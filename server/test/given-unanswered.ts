import type pg from 'pg'
import { demoId } from '../src/kernel/demo.ts'
import { answerTo, fieldOf, givenMllpPartner } from './given-mllp-partner.ts'
import { walk } from './journey.ts'
import { layGround, patientOf } from './journey-ground.ts'

const partnerId = demoId('interop', 'partner')

async function signIn(url: string): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'it01', password: 'Tongmai-2026', carry: 'token' }),
  })
  const { token } = (await answer.json()) as { token: string }
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
}

/** After three tries that nobody answered the fourth comes eighty seconds later. */
const MOST_MS = 120_000

async function until(isSo: () => boolean): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += 50) {
    if (waitedMs > MOST_MS) throw new Error('waited two minutes for a message')
    await new Promise((go) => setTimeout(go, 50))
  }
}

/** A partner of the demonstration’s hospital that has a message and does not answer; another waits behind it. */
export async function givenUnanswered(url: string) {
  const his = await givenMllpPartner({ charset: 'gb18030' })
  his.answers = () => null
  const facts = { road: 'mllp', secured: false, charset: 'gb18030', timeoutSeconds: 5 }
  const set = await fetch(`${url}/api/message-partners/${partnerId}/destination`, {
    ...{ method: 'POST', headers: await signIn(url) },
    body: JSON.stringify({ destination: { ...facts, address: his.address } }),
  })
  if (!set.ok) throw new Error(`no destination: ${set.status}`)
  const ground = await layGround([url], 1)
  await walk(ground, { patient: patientOf(3), steps: 1, note: () => {} })
  await until(() => his.received.length > 0)
  return {
    /** From now on it answers. */
    answer: () => {
      his.answers = answerTo('AA')
    },
    /** Once the referral has arrived: the numbers in the order in which they came, and what the product holds of them. */
    async outcome(database: pg.Client) {
      await until(() => his.received.some((one) => fieldOf(one, 'MSH', 9).startsWith('REF^I12')))
      await new Promise((go) => setTimeout(go, 1_000))
      const { rows } = await database.query<{ waiting: number; done: number }>(
        `select count(*) filter (where state = 'waiting')::int as waiting,
          count(*) filter (where state = 'done' and control_id like 'T%')::int as done
          from interop.message where direction = 'out' and partner_id = $1`,
        [partnerId],
      )
      const numbers = his.received.map((one) => fieldOf(one, 'MSH', 10))
      await his.close()
      return { numbers, ...rows[0] }
    },
  }
}
