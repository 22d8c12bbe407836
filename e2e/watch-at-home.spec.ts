import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoResidents } from '../server/src/modules/resident/demo/people.ts'
import { choose, field } from './hands.ts'
import { openStage, PASSWORD, type Stage } from './stage.ts'

/**
 * The journey (照护计划 careplan, 通知 notice): a family doctor rings for a follow-up whose form asks only what matters; the
 * resident writes down a pressure that raises an alert, the doctor answers it, a lent device is taken back, and the
 * resident's phone tells of both.
 */

const PHONE = { width: 390, height: 844 }
const self = demoResidents()[0]?.id ?? ''
let stage: Stage
let phone: Page
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('a follow-up by telephone asks on where an answer asks for it, and leaves out what it no longer does', async () => {
  const page = await stage.as('gp11')
  await page.goto(`/careplans/${self}`)
  await page.getByRole('button', { name: '记录随访', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('电话', { exact: true }).click()
  await choose(dialog, '症状', '无症状')
  await page.keyboard.press('Escape')
  await field(dialog, '收缩压').fill('138')
  await field(dialog, '舒张压').fill('84')
  await dialog.getByText('mmHg').first().waitFor()
  expect(await field(dialog, '没有按时服药的原因').count()).toBe(0)
  await choose(dialog, '服药依从性', '间断')
  await field(dialog, '没有按时服药的原因').fill('出门忘带药')
  expect(await dialog.getByText('愿意戒烟').count()).toBe(0)
  await field(dialog, '每天吸烟').fill('5')
  await dialog.getByText('愿意戒烟').waitFor()
  await field(dialog, '每天吸烟').fill('0')
  await dialog.getByText('愿意戒烟').waitFor({ state: 'detached' })
  await dialog.getByText('否', { exact: true }).click()
  await dialog.getByRole('button', { name: '记录随访' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const [kept] = await stage.sql<{ way: string; answers: Record<string, unknown> }>(
    'select way, answers from careplan.follow_up where resident_id = $1 and done_at is not null order by done_at desc limit 1',
    [self],
  )
  expect(kept).toMatchObject({ way: 'phone', answers: { adherence: 'interrupted', whyNot: '出门忘带药' } })
})

test('a pressure written down on the phone stands on the doctor’s list within five seconds', async () => {
  const doctor = await stage.as('gp11')
  await doctor.goto('/alerts')
  phone = await stage.open(PHONE)
  await phone.goto('/me')
  await phone.getByLabel('手机号').fill('19900001000')
  await phone.getByLabel('密码').fill(PASSWORD)
  await phone.getByRole('button', { name: /登\s*录/ }).click()
  await phone.getByText('，您好').waitFor()
  await phone.goto('/me/readings')
  await phone.getByRole('radio', { name: '血压' }).check()
  await phone.getByLabel(/^高压/).fill('192')
  await phone.getByLabel(/^低压/).fill('88')
  await phone.getByRole('button', { name: '记下来' }).click()
  await phone.getByText('记好了').waitFor()
  await doctor.getByText('192/88 mmHg').first().waitFor({ timeout: 5_000 })
})

test('the doctor says what was done, takes the lent device back, and the resident reads of both', async () => {
  const doctor = await stage.as('gp11')
  const row = doctor.getByRole('row', { name: /192\/88/ })
  await row.getByRole('button', { name: '记录处理' }).click()
  const dialog = doctor.getByRole('dialog')
  await dialog.getByText('电话联系', { exact: true }).click()
  await field(dialog, '说明').fill('嘱休息后复测，明天来社区')
  await dialog.getByRole('button', { name: '记录处理' }).click()
  await row.waitFor({ state: 'detached' })

  await doctor.goto('/devices?view=lent')
  const lent = doctor.getByRole('row').filter({ has: doctor.locator(`a[href="/careplans/${self}"]`) })
  await lent.first().waitFor()
  const before = await lent.count()
  await lent.first().getByRole('button', { name: '收回' }).click()
  await doctor.getByRole('dialog').getByRole('button', { name: '收回' }).click()
  await expect.poll(() => lent.count()).toBe(before - 1)

  await phone.goto('/me/notices')
  await phone.getByText('设备已归还').first().waitFor()
  await phone.getByText('医生看过您测的数值').first().click()
  await phone.waitForURL(/\/me\/readings/)
  expect(stage.complaints).toEqual([])
})
