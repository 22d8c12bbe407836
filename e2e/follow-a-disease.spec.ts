import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { choose, field } from './hands.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * The journey (照护计划 careplan, 签约 contract, 转诊 referral): a family doctor takes a resident into a programme, two
 * follow-ups are unsatisfactory, and the referral that the rules propose opens with everything filled in.
 */

let stage: Stage
let path = ''
beforeAll(async () => {
  stage = await openStage()
  // Somebody under contract at the doctor's centre who is in no programme.
  const [found] = await stage.sql<{ id: string }>(
    `select c.resident_id as id from contract.current c join network.institution i on i.id = c.community_id
      where i.code = 'CHC01' and coalesce(c.secondary_id, c.tertiary_id) is not null
        and not exists (select from careplan.enrolment e where e.resident_id = c.resident_id)
      order by c.resident_id limit 1`,
  )
  path = `/careplans/${found?.id}`
})
afterAll(() => stage.close())

/** Records the follow-up that is due with a pressure that is too high. */
async function followUp(page: Page, systolic: string): Promise<void> {
  // The one before has been closed, and is not filled in again while it goes.
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '记录随访', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await choose(dialog, '症状', '头痛头晕')
  await page.keyboard.press('Escape')
  await field(dialog, '收缩压').fill(systolic)
  await field(dialog, '舒张压').fill('98')
  await choose(dialog, '服药依从性', '规律')
  await dialog.getByText('否', { exact: true }).first().click()
  await dialog.getByRole('button', { name: '记录随访' }).click()
}

test('a resident is enrolled with a plan in plain words, and the first follow-up is due', async () => {
  const page = await stage.as('gp01')
  await page.goto(path)
  await page.getByRole('button', { name: '纳入慢病管理' }).first().click()
  const dialog = page.getByRole('dialog')
  await field(dialog, '照护计划').fill('氨氯地平 5 mg 每日一次')
  await field(dialog, '给居民看的话').fill('每天早上吃一片降压药')
  await dialog.getByRole('button', { name: '纳入慢病管理' }).click()
  await page.getByText('管理中').first().waitFor()
})

test('two unsatisfactory follow-ups in a row propose a referral that is filled in already', async () => {
  const page = await stage.as('gp01')
  await followUp(page, '166')
  await page.getByText('控制不满意').first().waitFor()
  await followUp(page, '168')
  await page.getByRole('button', { name: '填写转诊单' }).last().click()
  await page.waitForURL(/\/referrals\/new/)
  await field(page, '诊断名称').waitFor()
  expect(await field(page, '诊断名称').inputValue()).toBe('原发性高血压')
  expect(await field(page, '主要现病史（转出原因）').inputValue()).toContain('连续 2 次随访控制不满意')
  expect(await field(page, '初步印象').inputValue()).toContain('控制不满意')
  await page.getByText('连续两次随访控制不满意').first().waitFor()
  expect(await page.locator('main').textContent()).toContain('云泽市第一人民医院')
  expect(stage.complaints).toEqual([])
})

test('the alliance office and a hospital look at the whole alliance, a family doctor at their own, until they choose otherwise', async () => {
  const scopes = (page: Page) => page.locator('.ant-segmented-item-selected')
  const office = await stage.as('office01')
  await office.goto('/care-chain')
  await scopes(office).getByText('本机构及医联体成员').waitFor()
  await office
    .getByRole('link', { name: /^[1-9]/ })
    .first()
    .waitFor()
  await office.getByText('本机构', { exact: true }).click()
  await office.waitForURL(/scope=mine/)
  await office.reload()
  await scopes(office).getByText('本机构', { exact: true }).waitFor()
  const doctor = await stage.as('gp01')
  await doctor.goto('/care-chain')
  await scopes(doctor).getByText('本机构', { exact: true }).waitFor()
  // A hospital cares for nobody by itself: it begins with those of its alliance, and its own emptiness leads there.
  const hospital = await stage.as('head01')
  await hospital.goto('/care-chain')
  await scopes(hospital).getByText('本机构及医联体成员').waitFor()
  const somebody = hospital.getByRole('link', { name: /^[1-9]/ }).first()
  await somebody.waitFor()
  await hospital.getByText('本机构', { exact: true }).click()
  await hospital.getByText('本机构没有这种病的居民').waitFor()
  await hospital.getByRole('button', { name: '看本机构及医联体成员' }).click()
  await somebody.waitFor()
  expect(stage.complaints).toEqual([])
})
