import ExcelJS from 'exceljs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoResidents } from '../server/src/modules/resident/demo/people.ts'
import { choose, field } from './hands.ts'
import { openStage, PASSWORD, type Stage } from './stage.ts'

/**
 * The journey (签约 contract): a resident ends one contract and applies for another on the phone, the doctor accepts it,
 * the paper opens, a home visit is delivered with its evidence and flagged because nobody left the centre, the resident
 * sees it done and is asked how it was, and the year is settled.
 */

const PHONE = { width: 390, height: 844 }
let stage: Stage
let phone: Page
let contractId = ''
let centre = { latitude: 0, longitude: 0 }
beforeAll(async () => {
  stage = await openStage()
  phone = await stage.open(PHONE)
  const [here] = await stage.sql<typeof centre>(
    `select latitude, longitude from network.institution where code = 'CHC01'`,
  )
  if (here) centre = { latitude: Number(here.latitude), longitude: Number(here.longitude) }
})
afterAll(() => stage.close())

/** Draws a name into the box for signatures. */
async function draw(inside: Page | Locator): Promise<void> {
  const pad = inside.locator('canvas').first()
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no box to sign in')
  const mouse = ('page' in inside ? inside.page() : inside).mouse
  await mouse.move(box.x + 30, box.y + 30)
  await mouse.down()
  for (const [right, down] of [
    [90, 70],
    [60, 100],
    [150, 40],
    [200, 90],
  ] as const)
    await mouse.move(box.x + right, box.y + down, { steps: 4 })
  await mouse.up()
}

const next = () => phone.getByRole('button', { name: '下一步', exact: true }).click()

test('a resident ends a contract and applies for another on the phone, with a signature drawn', async () => {
  await phone.goto('/me')
  await phone.getByLabel('手机号').fill('19900001000')
  await phone.getByLabel('密码').fill(PASSWORD)
  await phone.getByRole('button', { name: /登\s*录/ }).click()
  await phone.getByText('张建国，您好').waitFor()
  await phone.goto('/me/doctor')
  const mine = phone.locator('section').filter({ hasText: '张建国：' })
  await mine.getByRole('button', { name: '不再签约' }).click()
  await mine.getByRole('button', { name: '确定解约' }).click()
  await phone.getByRole('button', { name: '申请签约' }).click()
  await phone.getByRole('radio', { name: /鼓楼社区/ }).check()
  await next()
  await phone.getByRole('radio', { name: /王海棠/ }).check()
  await next()
  await next()
  for (const name of ['基础服务包', '老年人上门服务包']) await phone.getByRole('checkbox', { name }).check()
  await next()
  await phone.getByRole('checkbox', { name: '我已读过，自愿签约' }).check()
  await draw(phone)
  await phone.getByRole('button', { name: '提交申请' }).click()
  await phone.getByText('申请已送到社区').waitFor()
})

test('the doctor finds the application among what waits, accepts it, and the contract opens on paper', async () => {
  const page = await stage.as('gp01')
  const [applied] = await stage.sql<{ id: string }>(
    `select id from contract.contract where status = 'pendingReview' order by since desc limit 1`,
  )
  contractId = applied?.id ?? ''
  await page.goto('/')
  await page.getByText('答复签约申请').first().waitFor()
  await page.goto(`/contracts/${contractId}`)
  await page.getByRole('complementary').getByRole('button', { name: '接受签约' }).click()
  await page.getByText('有效', { exact: true }).first().waitFor()
  const answer = page.waitForResponse((one) => one.url().includes('document.pdf'))
  const opened = page.context().waitForEvent('page')
  await page.getByRole('complementary').getByRole('button', { name: '打印协议' }).click()
  expect((await answer).headers()['content-type']).toBe('application/pdf')
  // The paper has a window of its own; a page behind it would stand still.
  await (await opened).close()
  await page.bringToFront()
  await phone.goto('/me/doctor')
  await phone.getByRole('heading', { name: '张建国：签约有效' }).waitFor()
})

test('a home visit is delivered with its evidence, and flagged because nobody left the centre', async () => {
  const page = await stage.as('gp01')
  await page.context().grantPermissions(['geolocation'])
  await page.context().setGeolocation(centre)
  await page.goto(`/contracts/${contractId}`)
  await page.getByRole('complementary').getByRole('button', { name: '履约服务' }).click()
  const visit = page.locator('tbody tr').filter({ hasText: '上门巡诊' }).first()
  await visit.getByRole('button', { name: '记录完成' }).click()
  const dialog = page.getByRole('dialog')
  await field(dialog, '服务记录').fill('血压平稳，居家环境安全')
  // What the item asks for and is not there is named, and nothing is recorded.
  await dialog.getByRole('button', { name: '记录完成' }).click()
  await dialog.getByRole('alert').first().waitFor()
  await dialog.getByRole('button', { name: '取得当前位置' }).click()
  await dialog.getByText(/已定位/).waitFor()
  await draw(dialog)
  await dialog.getByRole('button', { name: '记录完成' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.goto('/contract-flags')
  await page
    .getByText(/定位距本中心仅 \d+ 米/)
    .first()
    .waitFor()
})

test('the resident sees it done, and says how it was', async () => {
  await phone.goto('/me/doctor')
  await phone.getByRole('heading', { name: '已经做过的' }).waitFor()
  await phone
    .getByRole('link', { name: /上门巡诊/ })
    .first()
    .click()
  for (const question of ['找医生方便吗', '态度好吗', '讲得清楚吗', '对您有帮助吗'])
    await phone
      .getByRole('group', { name: question })
      .getByRole('radio', { name: '很满意', exact: true })
      .check()
  await phone.getByRole('button', { name: '交给中心' }).click()
  await phone.getByText('谢谢您').waitFor()
})

test('the head takes a register from a spreadsheet: checked first, a wrong number named, taken by a second press', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('名册')
  sheet.addRow(['姓名', '身份证号', '纳入日期'])
  for (const one of demoResidents().slice(0, 3)) sheet.addRow([one.name, one.number, new Date('2025-01-02')])
  sheet.addRow(['李四', '110101199001010011'])
  const buffer = Buffer.from(await book.xlsx.writeBuffer())
  const head = await stage.as('head11')
  await head.goto('/contract-registers')
  await head
    .getByRole('row', { name: /结核病/ })
    .getByRole('button', { name: '导入名册' })
    .click()
  const dialog = head.getByRole('dialog')
  await field(dialog, '名册来自哪里').fill('区疾控中心登记册（2026 年 10 月）')
  await dialog.locator('input[type=file]').setInputFiles({ name: '名册.xlsx', mimeType: '', buffer })
  await dialog.getByRole('button', { name: '检查名册' }).click()
  await dialog.getByText(/第 5 行 李四/).waitFor()
  await dialog.getByRole('button', { name: /导入 \d+ 处变化/ }).click()
  await dialog.waitFor({ state: 'hidden' })
  await head.getByText('区疾控中心登记册（2026 年 10 月）').first().waitFor()
})

test('the family doctor plans a home visit for the nurse, who finds it on her day', async () => {
  const doctor = await stage.as('gp01')
  await doctor.goto('/contract-residents')
  await doctor.getByRole('button', { name: '上门', exact: true }).first().click()
  const dialog = doctor.getByRole('dialog')
  await choose(dialog, '谁去', '周小满（护士 · 全科医疗科）')
  await field(dialog, '做什么').fill('压疮换药')
  await dialog.getByRole('button', { name: '安排上门' }).click()
  await doctor.getByText(/已排到 .* 的上门/).waitFor()
  const nurse = await stage.as('nurse01')
  await nurse.goto('/home-visits')
  await nurse.getByRole('row').filter({ hasText: '压疮换药' }).waitFor()
})

test('the head of the office looks at the flag and settles the year; the doctor reads the statement', async () => {
  const head = await stage.as('head11')
  await head.goto('/contract-flags')
  await head.getByRole('button', { name: '核对结论' }).first().click()
  const dialog = head.getByRole('dialog')
  await field(dialog, '核对结论').fill('当天在中心门口服务，情况属实')
  await dialog.getByRole('button', { name: '情况属实' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await head.goto('/contract-settlements')
  await head.getByRole('button', { name: /核算 \d+ 年/ }).click()
  await head.getByText('鼓楼社区第一家庭医生团队').first().click()
  await head.getByText('满意度').first().waitFor()
  const page = await stage.as('gp01')
  await page.goto('/contract-statements')
  await page
    .getByText(/点数 \d+/)
    .first()
    .waitFor()
  expect(stage.complaints).toEqual([])
})
