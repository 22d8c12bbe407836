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
import { downBody, putInState, type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { type PersonMove, parts } from './policy.ts'

let g: ReferralRegion
beforeAll(async () => {
  g = await referralRegion()
})
afterAll(() => g.world.close())

type Name = keyof ReferralRegion['people']

async function must(as: Name, path: string, body: unknown = {}): Promise<Record<string, never>> {
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
const read = async (as: Name, id: string) => (await g.get(as, `/referrals/${id}`)).json
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

describe('the journey of one patient, there and back', () => {
  let up: string
  let down: string

  test('the GP writes a draft that only the centre sees', async () => {
    up = await write()
    expect((await read('gp', up)).status).toBe('draft')
    expect((await g.get('clerk', `/referrals/${up}`)).status).toBe(404)
    expect(await caseOf(up)).toMatchObject({
      institution_id: g.centre,
      duty: 'referral.write',
      step: 'draft',
    })
  })

  test('sent, it gives the hospital 24 hours to answer and a basis to open the record', async () => {
    const sent = await must('gp', `/referrals/${up}/submit`, { comment: '请尽快' })
    expect(sent.status).toBe('submitted')
    const due = new Date(String(sent.due)).getTime() - g.world.world.now().getTime()
    expect(Math.round(due / 3_600_000)).toBe(24)
    expect(await caseOf(up)).toMatchObject({ institution_id: g.hospital, duty: 'referral.answer' })
    expect(await grants(up)).toEqual([{ institution_id: g.hospital }])
    expect((await read('clerk', up)).moves).toContainEqual({
      move: 'accept',
      open: true,
      needs: ['arrangement'],
    })
    expect((await read('gp', up)).moves).toContainEqual(
      expect.objectContaining({ move: 'accept', open: false, why: 'referral.receivers-part' }),
    )
  })

  test('the office asks for a supplement and gets it', async () => {
    await must('clerk', `/referrals/${up}/ask-supplement`, { comment: '请补心电图结果' })
    expect(await caseOf(up)).toMatchObject({ institution_id: g.centre, duty: 'referral.write' })
    const form = { treatmentSoFar: '心电图:V2–V4 ST 压低' }
    await must('gp', `/referrals/${up}/supplement`, { comment: '已补', form })
    const shown = await read('clerk', up)
    expect(shown.form).toMatchObject({ ...form, pastHistory: '高血压十年' })
  })

  test('the form cannot be printed before acceptance, and then it can', async () => {
    const before = await g.get('gp', `/referrals/${up}/form.pdf`)
    expect([before.status, before.json.code]).toEqual([409, 'referral.no-form-before-acceptance'])
    await must('clerk', `/referrals/${up}/accept`, { arrangement: g.arrangement() })
    const pdf = await g.get('gp', `/referrals/${up}/form.pdf`)
    expect(pdf.status).toBe(200)
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('the patient sets out, arrives, is taken into care by a named physician', async () => {
    await must('gp', `/referrals/${up}/depart`)
    await must('ward', `/referrals/${up}/arrive`)
    expect(await caseOf(up)).toMatchObject({ institution_id: g.hospital, duty: 'referral.treat' })
    await must('specialist', `/referrals/${up}/start-care`)
    expect((await read('gp', up)).treating.name).toBe('周正')
    const [answers] = await g.world.sql<{ practitioner_id: string }>(
      'select practitioner_id from workforce.responsible where thing = $1',
      [`referral:${up}`],
    )
    expect(answers?.practitioner_id).toBe(g.heartDoctor.id)
  })

  test('treated, with a discharge summary that enters the record', async () => {
    await must('specialist', `/referrals/${up}/treat`, { outcome: g.outcome() })
    const [summary] = await g.world.sql<{ content: string }>(
      `select content from kernel.resource where resident_id = $1 and type = 'Composition'`,
      [g.residentId],
    )
    expect(summary?.content).toContain('支架')
    expect((await read('gp', up)).outcome.result).toBe('improved')
  })

  test('the down-referral is filled in from the outcome and names the family doctor', async () => {
    await must('specialist', `/referrals/${up}/plan-down`)
    down = (await must('specialist', `/referrals/${up}/write-down`)).id as unknown as string
    const draft = await read('specialist', down)
    expect(draft).toMatchObject({ direction: 'down', parentId: up, toPractitioner: { id: g.gpDoctor.id } })
    expect(draft.returnNote.nextPlan).toBe('双联抗血小板一年')
    const { residentId: _, ...body } = downBody(g)
    await must('specialist', `/referrals/${down}`, { ...body, version: draft.version })
    await must('specialist', `/referrals/${down}/submit`)
    expect(await caseOf(down)).toMatchObject({ institution_id: g.centre, duty: 'referral.takeOver' })
    expect(await caseOf(up)).toBeUndefined()
  })

  test('only the named family doctor takes over, follows up once, and both are closed', async () => {
    const other = await g.post('otherGp', `/referrals/${down}/take-over`, {})
    expect([other.status, other.json.code]).toEqual([403, 'referral.named-doctors-part'])
    await must('gp', `/referrals/${down}/take-over`)
    expect((await caseOf(down))?.due.toISOString()).toBe('2026-11-30T15:59:59.000Z')
    expect((await g.get('gp', `/referrals/${down}/form.pdf`)).status).toBe(200)
    await must('nurse', `/referrals/${down}/follow-up`, { followUp: g.followUp() })
    await must('gp', `/referrals/${down}/close`)
    expect((await read('gp', down)).status).toBe('closed')
    expect(await read('clerk', up)).toMatchObject({
      status: 'closed',
      ending: { reason: 'loopClosed' },
      owner: null,
    })
  })

  test('in the end nobody owes anything, nobody may open the record for it, and the story is whole', async () => {
    for (const id of [up, down]) {
      expect(await caseOf(id)).toBeUndefined()
      expect(await grants(id)).toEqual([])
    }
    const { steps } = await read('gp', up)
    expect(steps.map((step: { move: string }) => step.move)).toEqual([
      ...['write', 'submit', 'askSupplement', 'supplement', 'accept', 'depart', 'arrive', 'startCare'],
      ...['treat', 'planDown', 'close'],
    ])
    expect(steps[1]).toMatchObject({ by: '林晓', institution: '河湾社区', comment: '请尽快', client: 'web' })
  })

  test('the archived form shows why it was closed', async () => {
    expect((await g.get('gp', `/referrals/${up}/form.pdf`)).status).toBe(200)
  })
})

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
  const doer = (direction: 'up' | 'down', move: PersonMove): Name => {
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
      const id = direction === 'up' ? await submitted() : await writeDown()
      if (direction === 'down') await must('specialist', `/referrals/${id}/submit`)
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
  const id = await accepted()
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
  }
  const wrong: string[] = []
  for (const [name, endpoint] of Object.entries(referralApi) as [string, Endpoint][]) {
    if (!endpoint.path.includes(':id')) continue
    const path = endpoint.path.replace(':id', id)
    const answer =
      endpoint.method === 'GET' ? await g.get('stranger', path) : await g.post('stranger', path, full[name])
    if (answer.status !== 404) wrong.push(`${name}: ${answer.status}`)
  }
  expect(wrong).toEqual([])
  expect((await g.get('stranger', '/referrals')).json.total).toBe(0)
  expect((await g.get('stranger', '/referrals/board')).json).toEqual([])
})

describe('deadlines', () => {
  test('a passed deadline goes to the head of the office, then to the officer on duty, and stays open', async () => {
    const id = await submitted({ urgency: 'urgent' })
    await g.later(2.1)
    await g.world.sweep()
    expect((await caseOf(id))?.escalated).toBe(1)
    await g.later(1.1)
    await g.world.sweep()
    expect(await caseOf(id)).toMatchObject({ escalated: 2, step: 'submitted', institution_id: g.hospital })
    const list = await g.get('clerk', '/referrals?overdue=true&sort=due')
    expect(list.json.items.map((line: { id: string }) => line.id)).toContain(id)
  })

  test('what nobody answered within its validity runs out, stays with the office, and a person reopens it', async () => {
    const id = await submitted()
    await g.later(7 * 24 + 1)
    await g.world.runJob('referral.expire')
    expect((await read('clerk', id)).status).toBe('expired')
    expect(await caseOf(id)).toMatchObject({
      institution_id: g.hospital,
      duty: 'referral.answer',
      step: 'expired',
    })
    expect(await grants(id)).toEqual([])
    await must('clerk', `/referrals/${id}/reopen`, { comment: '患者仍需就诊' })
    expect((await read('clerk', id)).status).toBe('submitted')
    expect(await grants(id)).toHaveLength(1)
  })

  test('an emergency wants its answer in fifteen minutes', async () => {
    const id = await submitted({ urgency: 'emergency' })
    const due = (await caseOf(id))?.due.getTime() ?? 0
    expect(Math.round((due - g.world.world.now().getTime()) / 60_000)).toBe(15)
  })
})

describe('the emergency branch', () => {
  test('the patient goes first, the arrangement follows, and only then there is a form', async () => {
    const id = await write({ urgency: 'emergency', retroEntry: true })
    await must('gp', `/referrals/${id}/depart`, { departedAt: g.world.world.now().toISOString() })
    expect((await read('clerk', id)).status).toBe('inTransfer')
    expect((await g.get('gp', `/referrals/${id}/form.pdf`)).status).toBe(409)
    await must('clerk', `/referrals/${id}/arrange`, { arrangement: g.arrangement(0) })
    expect((await g.get('gp', `/referrals/${id}/form.pdf`)).status).toBe(200)
    await must('clerk', `/referrals/${id}/arrive`)
  })

  test('a routine referral cannot go first', async () => {
    const id = await write()
    const answer = await g.post('gp', `/referrals/${id}/depart`, {})
    expect([answer.status, answer.json.code]).toEqual([409, 'referral.only-emergency-departs-first'])
  })
})

describe('refusals teach', () => {
  const refused = async (as: Name, path: string, body: unknown, expected: [number, string]) => {
    const answer = await g.post(as, path, body)
    expect([answer.status, answer.json.code], JSON.stringify(answer.json)).toEqual(expected)
    return answer.json
  }

  test('without an agreement, without consent, incomplete', async () => {
    const elsewhere = await write({ toInstitutionId: g.third, toDepartmentId: null })
    await refused('gp', `/referrals/${elsewhere}/submit`, {}, [409, 'referral.no-agreement'])
    const form = { ...g.draftBody().form, consent: null }
    const silent = await write({ form })
    await refused('gp', `/referrals/${silent}/submit`, {}, [422, 'referral.no-consent'])
    const bare = await write({ form: {} })
    const { fields } = await refused('gp', `/referrals/${bare}/submit`, {}, [422, 'referral.incomplete'])
    expect(fields.map((f: { path: string }) => f.path)).toContain('form.diagnosis')
  })

  test('a licence that ended yesterday', async () => {
    const id = await accepted()
    await must('ward', `/referrals/${id}/arrive`)
    const body = await refused('lapsed', `/referrals/${id}/start-care`, {}, [
      403,
      'workforce.licence-expired',
    ])
    expect(body.details.until).toBe('2026-11-22')
    expect((await read('ward', id)).status).toBe('arrived')
  })

  test('a stale version, a date in 2099, a doctor of somewhere else', async () => {
    const id = await write()
    const body = { ...g.draftBody(), version: 1 }
    await must('gp', `/referrals/${id}`, body)
    await refused('gp', `/referrals/${id}`, body, [409, 'referral.stale'])
    const far = await write({ wantedOn: null })
    const late = { ...g.draftBody({ wantedOn: '2099-01-01' }), version: 1 }
    await refused('gp', `/referrals/${far}`, late, [422, 'referral.date-too-far'])
    await must('gp', `/referrals/${far}/submit`)
    const arrangement = { ...g.arrangement(), at: '2099-01-01T00:00:00Z' }
    await refused('clerk', `/referrals/${far}/accept`, { arrangement }, [422, 'referral.arrangement-too-far'])
    const stranger = { ...g.arrangement(), practitionerId: g.gpDoctor.id }
    await refused('clerk', `/referrals/${far}/accept`, { arrangement: stranger }, [
      422,
      'referral.doctor-not-there',
    ])
    const elsewhere = { ...g.arrangement(), departmentId: g.thirdWard }
    await refused('clerk', `/referrals/${far}/accept`, { arrangement: elsewhere }, [
      404,
      'network.department-missing',
    ])
  })

  test('a refusal without advice or alternative is no refusal', async () => {
    const id = await submitted()
    await refused('clerk', `/referrals/${id}/reject`, { reason: 'noCapacity' }, [400, 'kernel.invalid-body'])
    await must('clerk', `/referrals/${id}/reject`, { reason: 'noCapacity', advice: '建议转市二院心内科' })
    expect((await read('gp', id)).ending).toMatchObject({
      reason: 'noCapacity',
      advice: '建议转市二院心内科',
    })
    expect(await grants(id)).toEqual([])
  })

  test('a resident of whom one knows nothing cannot be referred', async () => {
    await refused('specialist', '/referrals', g.draftBody({ residentId: crypto.randomUUID() }), [
      404,
      'resident.missing',
    ])
  })
})

test('a patient who does not come is recorded, and the sender has to find out why', async () => {
  const id = await accepted()
  const early = await g.post('clerk', `/referrals/${id}/no-show`, {})
  expect(early.json.code).toBe('referral.before-arranged-time')
  await g.later(25)
  await must('clerk', `/referrals/${id}/no-show`, { comment: '电话未接' })
  expect(await caseOf(id)).toMatchObject({ institution_id: g.centre, step: 'noShow' })
  await must('clerk', `/referrals/${id}/arrange`, { arrangement: g.arrangement() })
  expect(await caseOf(id)).toMatchObject({ institution_id: g.centre, step: 'accepted' })
  expect((await read('gp', id)).noShows).toBe(1)
})

test('a down-referral that comes to nothing puts the first one back on the hospital’s list', async () => {
  const up = await accepted()
  await must('ward', `/referrals/${up}/arrive`)
  await must('specialist', `/referrals/${up}/admit`, { inpatientNumber: 'ZY7' })
  await must('specialist', `/referrals/${up}/treat`, { outcome: g.outcome() })
  await must('specialist', `/referrals/${up}/plan-down`)
  const down = (await must('specialist', `/referrals/${up}/write-down`)).id as unknown as string
  const twice = await g.post('specialist', `/referrals/${up}/write-down`)
  expect([twice.status, twice.json.code]).toEqual([409, 'referral.down-referral-under-way'])
  const { residentId: _, ...body } = downBody(g)
  await must('specialist', `/referrals/${down}`, {
    ...body,
    version: 1,
    returnNote: { ...body.returnNote, followUpOn: '2026-12-31' },
  })
  await must('specialist', `/referrals/${down}/submit`)
  await must('gp', `/referrals/${down}/reject`, { reason: 'notOurResident', advice: '已迁往他处' })
  expect((await read('specialist', up)).status).toBe('awaitingDownReferral')
  expect(await caseOf(up)).toMatchObject({ institution_id: g.hospital, step: 'awaitingDownReferral' })
})

test('the parties talk in the thread of the case', async () => {
  const id = await submitted()
  await must('clerk', `/referrals/${id}/messages`, { text: '患者能否空腹?' })
  const { messages } = await read('gp', id)
  expect(messages).toMatchObject([
    { by: '办事员', institution: '市一院', text: '患者能否空腹?', mine: false },
  ])
})

test('the internal review can come before the sending', async () => {
  const id = await write()
  await must('gp', `/referrals/${id}/send-to-review`)
  expect((await g.get('clerk', `/referrals/${id}`)).status).toBe(404)
  await must('head', `/referrals/${id}/return`, { comment: '补充用药' })
  await must('gp', `/referrals/${id}/send-to-review`)
  await must('head', `/referrals/${id}/approve`)
  expect((await read('clerk', id)).status).toBe('submitted')
})

test('lists filter by state, number and institution, and page', async () => {
  const id = await accepted()
  const { number } = await read('gp', id)
  const byNumber = await g.get('clerk', `/referrals?number=${number.toLowerCase()}`)
  expect(byNumber.json.items).toMatchObject([
    { id, number, resident: { nameMasked: expect.stringMatching(/^王\*/) } },
  ])
  const byState = await g.get('clerk', '/referrals?status=accepted,inTransfer&limit=1')
  expect(byState.json.items).toHaveLength(1)
  expect(byState.json.total).toBeGreaterThan(0)
  expect((await g.get('clerk', '/referrals?status=nonsense')).status).toBe(400)
  expect((await g.get('clerk', '/referrals/criteria')).json.some((c: { signed: boolean }) => !c.signed)).toBe(
    true,
  )
})

test('each opening of a case is in the resident’s log with its basis', async () => {
  const id = await accepted()
  await read('clerk', id)
  const lines = await g.world.sql('select basis from kernel.access where resident_id = $1 and thing = $2', [
    g.residentId,
    `referral:${id}`,
  ])
  expect(lines).toContainEqual({ basis: 'referral' })
})
