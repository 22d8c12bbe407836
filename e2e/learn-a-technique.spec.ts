import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { field, pick } from './hands.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * The journey (技术 technique, 转诊 referral): a department that does not master a technique is not offered to a patient
 * who needs it; the teaching hospital signs it off; the doctor who is still writing sees it offered, and refers there.
 */

let stage: Stage
let doctor: Page
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const technique = '24 小时动态血压监测'

/** A resident of the community centre who has nothing under way. */
async function someone(): Promise<string> {
  const [row] = await stage.sql<{ id: string }>(
    `select g.resident_id as id from kernel.access_grant g
      join network.institution i on i.id = g.institution_id and i.code = 'CHC01'
      where g.basis = 'treatment' and not exists (select from referral.referral r
        where r.resident_id = g.resident_id and r.ended_at is null) order by 1 limit 1`,
  )
  return row?.id ?? ''
}
const offered = () => doctor.locator('ol.tm-cards li').filter({ hasText: '老年病分院 老年病科' })

describe('a technique', () => {
  test('that a department does not master leaves it out, and the doctor reads why', async () => {
    doctor = await stage.as('gp01')
    await doctor.goto(`/referrals/new?resident=${await someone()}`)
    await field(doctor, '诊断名称').fill('高血压')
    await field(doctor, '诊断编码（ICD-10）').fill('I10')
    await doctor.getByText('按诊断提议（I00–I99），可改').waitFor()
    // What the diagnosis proposes is the doctor's to change.
    await pick(doctor, '专科', '老年病')
    await offered().waitFor()
    await pick(doctor, '需要的技术或检查', technique)
    await offered().waitFor({ state: 'hidden' })
    await doctor.getByText(/^为什么不推荐/).click()
    const left = doctor.getByRole('listitem').filter({ hasText: '老年病分院 老年病科' })
    await left.getByText('未获这项技术授权').waitFor()
  })

  test('is signed off by the teaching hospital, which masters it, for the department and its named physician', async () => {
    const office = await stage.as('office01')
    await office.goto('/techniques')
    await office.getByRole('searchbox').fill('动态血压')
    await office.getByText(technique).first().click()
    await office.getByRole('button', { name: '授权', exact: true }).click()
    const dialog = office.getByRole('dialog')
    await pick(dialog, '机构', '老年病分院')
    await pick(dialog, '科室', '老年病科')
    await pick(dialog, '授权到', '白松')
    await dialog.getByRole('button', { name: '授权', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await office.getByText('白松').first().waitFor()
  })

  test('opens the department to the referral that is being written, without asking again', async () => {
    await offered().waitFor()
    await offered().getByRole('button', { name: '选这家' }).click()
    await field(doctor, '主要现病史（转出原因）').fill('血压波动大，清晨高，需动态血压监测后调药。')
    await field(doctor, '初步印象').fill('清晨高血压')
    await doctor.getByRole('checkbox', { name: '患者已知情并同意转诊' }).check()
    await doctor.getByRole('button', { name: '保存并发出' }).click()
    await doctor.waitForURL(/\/referrals\/[0-9a-f-]{36}$/)
    await doctor.getByText('推荐与选择').waitFor()
    const [kept] = await stage.sql<{ need: { techniqueId: string }; excluded: string[] }>(
      'select need, excluded from referral.routing where referral_id = $1',
      [doctor.url().split('/').pop()],
    )
    expect(kept?.need.techniqueId).toBeTruthy()
    expect(kept?.excluded).toEqual([])
    expect(stage.complaints).toEqual([])
  })
})
