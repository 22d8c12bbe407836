import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenClient } from '../../../test/given-identity.ts'
import { downBody, type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { storyOf } from '../../../test/referral-story.ts'
import { storedProblems } from '../../../test/stored-problems.ts'
import { allRebuilds } from '../../kernel/resource/owner.ts'

let g: ReferralRegion
let story: ReturnType<typeof storyOf>
beforeAll(async () => {
  g = await referralRegion()
  story = storyOf(g)
})
afterAll(() => g.world.close())

describe('the journey of one patient, there and back', () => {
  let up: string
  let down: string

  test('the GP writes a draft that only the centre sees', async () => {
    up = await story.write()
    expect((await story.read('gp', up)).status).toBe('draft')
    expect((await g.get('clerk', `/referrals/${up}`)).status).toBe(404)
    expect(await story.caseOf(up)).toMatchObject({
      institution_id: g.centre,
      duty: 'referral.write',
      step: 'draft',
    })
  })

  test('sent, it gives the hospital 24 hours to answer and a basis to open the record', async () => {
    const sent = await story.must('gp', `/referrals/${up}/submit`, { comment: '请尽快' })
    expect(sent.status).toBe('submitted')
    const due = new Date(String(sent.due)).getTime() - g.world.world.now().getTime()
    expect(Math.round(due / 3_600_000)).toBe(24)
    expect(await story.caseOf(up)).toMatchObject({ institution_id: g.hospital, duty: 'referral.answer' })
    expect(await story.grants(up)).toEqual([{ institution_id: g.hospital }])
    expect((await story.read('clerk', up)).moves).toContainEqual({
      move: 'accept',
      open: true,
      needs: ['arrangement'],
    })
    expect((await story.read('gp', up)).moves).toContainEqual(
      expect.objectContaining({ move: 'accept', open: false, why: 'referral.receivers-part' }),
    )
  })

  test('the office asks for a supplement and gets it', async () => {
    await story.must('clerk', `/referrals/${up}/ask-supplement`, { comment: '请补心电图结果' })
    expect(await story.caseOf(up)).toMatchObject({ institution_id: g.centre, duty: 'referral.write' })
    const form = { treatmentSoFar: '心电图:V2–V4 ST 压低' }
    await story.must('gp', `/referrals/${up}/supplement`, { comment: '已补', form })
    const shown = await story.read('clerk', up)
    expect(shown.form).toMatchObject({ ...form, pastHistory: '高血压十年' })
  })

  test('the form cannot be printed before acceptance, and then it can', async () => {
    const before = await g.get('gp', `/referrals/${up}/form.pdf`)
    expect([before.status, before.json.code]).toEqual([409, 'referral.no-form-before-acceptance'])
    await story.must('clerk', `/referrals/${up}/accept`, { arrangement: g.arrangement() })
    const pdf = await g.get('gp', `/referrals/${up}/form.pdf`)
    expect(pdf.status).toBe(200)
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('the patient sets out, arrives, is taken into care by a named physician', async () => {
    await story.must('gp', `/referrals/${up}/depart`)
    await story.must('ward', `/referrals/${up}/arrive`)
    expect(await story.caseOf(up)).toMatchObject({ institution_id: g.hospital, duty: 'referral.treat' })
    await story.must('specialist', `/referrals/${up}/start-care`)
    expect((await story.read('gp', up)).treating.name).toBe('周正')
    const [answers] = await g.world.sql<{ practitioner_id: string }>(
      'select practitioner_id from workforce.responsible where thing = $1',
      [`referral:${up}`],
    )
    expect(answers?.practitioner_id).toBe(g.heartDoctor.id)
  })

  test('treated, with a discharge summary that enters the record', async () => {
    await story.must('specialist', `/referrals/${up}/treat`, { outcome: g.outcome() })
    const [summary] = await g.world.sql<{ content: string }>(
      `select content from kernel.resource where resident_id = $1 and type = 'Composition'`,
      [g.residentId],
    )
    expect(summary?.content).toContain('支架')
    expect((await story.read('gp', up)).outcome.result).toBe('improved')
  })

  test('which is projected anew with the referral, by whom and when it was written', async () => {
    const find = async () => {
      const [one] = await g.world.sql<{ content: string }>(
        `select content from kernel.resource where resident_id = $1 and type = 'Composition'`,
        [g.residentId],
      )
      const { meta: _, ...summary } = JSON.parse(one?.content ?? '')
      return summary
    }
    const before = await find()
    await g.world.sql(
      `update kernel.resource set content = replace(content, '支架', '?') where resident_id = $1 and type = 'Composition'`,
      [g.residentId],
    )
    expect(await find()).not.toEqual(before)
    const rebuild = allRebuilds().find(({ name }) => name === 'referral.referral')
    await g.world.system(async (ctx) => rebuild?.run(ctx, null, 1_000))
    expect(await find()).toEqual(before)
  })

  test('the down-referral is filled in from the outcome and names the family doctor', async () => {
    await story.must('specialist', `/referrals/${up}/plan-down`)
    down = (await story.must('specialist', `/referrals/${up}/write-down`)).id as unknown as string
    const draft = await story.read('specialist', down)
    expect(draft).toMatchObject({ direction: 'down', parentId: up, toPractitioner: { id: g.gpDoctor.id } })
    expect(draft.returnNote.nextPlan).toBe('双联抗血小板一年')
    const { residentId: _, ...body } = downBody(g)
    await story.must('specialist', `/referrals/${down}`, { ...body, version: draft.version })
    await story.must('specialist', `/referrals/${down}/submit`)
    expect(await story.caseOf(down)).toMatchObject({ institution_id: g.centre, duty: 'referral.takeOver' })
    expect(await story.caseOf(up)).toBeUndefined()
  })

  test('only the named family doctor takes over, follows up once, and both are closed', async () => {
    const other = await g.post('otherGp', `/referrals/${down}/take-over`, {})
    expect([other.status, other.json.code]).toEqual([403, 'referral.named-doctors-part'])
    await story.must('gp', `/referrals/${down}/take-over`)
    expect((await story.caseOf(down))?.due.toISOString()).toBe('2026-11-30T15:59:59.000Z')
    expect((await g.get('gp', `/referrals/${down}/form.pdf`)).status).toBe(200)
    await story.must('nurse', `/referrals/${down}/follow-up`, { followUp: g.followUp() })
    await story.must('gp', `/referrals/${down}/close`)
    expect((await story.read('gp', down)).status).toBe('closed')
    expect(await story.read('clerk', up)).toMatchObject({
      status: 'closed',
      ending: { reason: 'loopClosed' },
      owner: null,
    })
  })

  test('in the end nobody owes anything, nobody may open the record for it, and the story is whole', async () => {
    for (const id of [up, down]) {
      expect(await story.caseOf(id)).toBeUndefined()
      expect(await story.grants(id)).toEqual([])
    }
    const { steps } = await story.read('gp', up)
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

test('a patient who does not come is recorded, and the sender has to find out why', async () => {
  const id = await story.accepted()
  const early = await g.post('clerk', `/referrals/${id}/no-show`, {})
  expect(early.json.code).toBe('referral.before-arranged-time')
  await g.later(25)
  await story.must('clerk', `/referrals/${id}/no-show`, { comment: '电话未接' })
  expect(await story.caseOf(id)).toMatchObject({ institution_id: g.centre, step: 'noShow' })
  await story.must('clerk', `/referrals/${id}/arrange`, { arrangement: g.arrangement() })
  expect(await story.caseOf(id)).toMatchObject({ institution_id: g.centre, step: 'accepted' })
  expect((await story.read('gp', id)).noShows).toBe(1)
})

test('a down-referral that comes to nothing puts the first one back on the hospital’s list', async () => {
  const up = await story.accepted()
  await story.must('ward', `/referrals/${up}/arrive`)
  await story.must('specialist', `/referrals/${up}/admit`, { inpatientNumber: 'ZY7' })
  await story.must('specialist', `/referrals/${up}/treat`, { outcome: g.outcome() })
  await story.must('specialist', `/referrals/${up}/plan-down`)
  const down = (await story.must('specialist', `/referrals/${up}/write-down`)).id as unknown as string
  const twice = await g.post('specialist', `/referrals/${up}/write-down`)
  expect([twice.status, twice.json.code]).toEqual([409, 'referral.down-referral-under-way'])
  const { residentId: _, ...body } = downBody(g)
  await story.must('specialist', `/referrals/${down}`, {
    ...body,
    version: 1,
    returnNote: { ...body.returnNote, followUpOn: '2026-12-31' },
  })
  await story.must('specialist', `/referrals/${down}/submit`)
  await story.must('gp', `/referrals/${down}/reject`, { reason: 'notOurResident', advice: '已迁往他处' })
  expect((await story.read('specialist', up)).status).toBe('awaitingDownReferral')
  expect(await story.caseOf(up)).toMatchObject({ institution_id: g.hospital, step: 'awaitingDownReferral' })
})

test('the parties talk in the thread of the case', async () => {
  const id = await story.submitted()
  await story.must('clerk', `/referrals/${id}/messages`, { text: '患者能否空腹?' })
  const { messages } = await story.read('gp', id)
  expect(messages).toMatchObject([
    { by: '办事员', institution: '市一院', text: '患者能否空腹?', mine: false },
  ])
})

test('the internal review can come before the sending', async () => {
  const id = await story.write()
  await story.must('gp', `/referrals/${id}/send-to-review`)
  expect((await g.get('clerk', `/referrals/${id}`)).status).toBe(404)
  await story.must('head', `/referrals/${id}/return`, { comment: '补充用药' })
  await story.must('gp', `/referrals/${id}/send-to-review`)
  await story.must('head', `/referrals/${id}/approve`)
  expect((await story.read('clerk', id)).status).toBe('submitted')
})

test('lists filter by state, number and institution, and page', async () => {
  const id = await story.accepted()
  const { number } = await story.read('gp', id)
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

test('over FHIR the parties read it as ServiceRequest and Task, a third institution does not, and nobody writes it', async () => {
  const id = await story.accepted()
  const [ours, theirs] = [await givenClient(g.world, g.hospital), await givenClient(g.world, g.third)]
  const url = `/fhir/R4/ServiceRequest/${id}`
  const read = await g.world.app.inject({ url, headers: { ...ours.headers } })
  expect(read.statusCode, read.body).toBe(200)
  expect(read.json()).toMatchObject({ status: 'active', category: [{ coding: [{ code: '3457005' }] }] })
  const task = await g.world.app.inject({ url: `/fhir/R4/Task/${id}`, headers: { ...ours.headers } })
  expect(task.json()).toMatchObject({ businessStatus: { coding: [{ code: 'accepted' }] } })
  expect((await g.world.app.inject({ url, headers: { ...theirs.headers } })).statusCode).toBe(404)
  const headers = { ...ours.headers, 'content-type': 'application/fhir+json' }
  const put = await g.world.app.inject({ method: 'PUT', url, headers, payload: read.body })
  expect(put.statusCode, put.body).toBe(200)
  expect(put.json().meta.versionId).toBe(read.json().meta.versionId)
})

test('each opening of a case is in the resident’s log with its basis', async () => {
  const id = await story.accepted()
  await story.read('clerk', id)
  const lines = await g.world.sql('select basis from kernel.access where resident_id = $1 and thing = $2', [
    g.residentId,
    `referral:${id}`,
  ])
  expect(lines).toContainEqual({ basis: 'referral' })
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(g.world)).toEqual([])
})
