import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { choose, field, pick } from './hands.ts'
import { openStage, type Stage } from './stage.ts'

/** 互认 recognition: a doctor orders, is shown what others have found, accepts one, does another again and says why. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const WHO = '姓名、证件号、手机号或居民码'

/** The card of one item on the order. */
const card = (page: Page, name: string) => page.locator('.tm-card').filter({ hasText: name }).last()

test('a result of another member is accepted, another is done again with its reason', async () => {
  const doctor = await stage.as('gp01')
  await doctor.goto('/residents')
  await field(doctor, WHO).fill('zhangjianguo')
  await doctor.keyboard.press('Enter')
  await doctor.getByRole('table', { name: '查找居民' }).getByRole('row').nth(1).click()
  await doctor.getByRole('button', { name: '开检查检验' }).click()
  await doctor.waitForURL(/\/order-tests$/)
  for (const item of ['胸部CT平扫', '葡萄糖']) await pick(doctor, '项目', item)
  const scan = card(doctor, '胸部CT平扫')
  await scan.getByText('云泽市第一人民医院').first().waitFor()
  await scan.getByText('3 天前').waitFor()
  await scan
    .getByText(/质评合格，至 \d{4}-\d{2}-\d{2}/)
    .first()
    .waitFor()
  const source = doctor.waitForEvent('popup')
  await scan.getByRole('link', { name: '看原始结果' }).first().click()
  const read = await source
  await read.getByRole('heading', { name: '胸部CT平扫' }).waitFor()
  await read.close()
  expect(await scan.getByRole('radio', { checked: true }).count()).toBe(0)
  await scan.getByRole('radio').first().check()
  const glucose = card(doctor, '葡萄糖')
  await glucose.getByRole('radio', { name: /仍开单/ }).check()
  await choose(glucose, '重新检查的理由', '该项指标变化较快')
  await glucose.getByRole('checkbox', { name: /已向患者说明/ }).check()
  // A reload in the middle loses nothing of what has been said.
  await doctor.reload()
  await doctor.getByText('已恢复您上次没填完的内容').waitFor()
  await doctor.getByRole('button', { name: '完成开单（采纳 1 项，开单 1 项）' }).click()
  await doctor.getByText(/已采纳 1 项，开单 1 项，为患者节省 240\.00 元/).waitFor()
  const decided = await stage.sql(
    `select outcome, reason, told, saved_fen::int from recognition.decision
      where at > now() - interval '1 minute' order by outcome`,
  )
  expect(decided).toEqual([
    { outcome: 'recognised', reason: null, told: null, saved_fen: 24_000 },
    { outcome: 'reordered', reason: 'changesFast', told: true, saved_fen: null },
  ])
})

test('the office sees it in the ledger, and the refusal opens its case', async () => {
  const office = await stage.as('head11')
  await office.goto('/recognition-ledger')
  await office.emulateMedia({ media: 'print' })
  await office.getByText(/打印于 .*统计期：\d{4}-\d{2}-\d{2} 至 \d{4}-\d{2}-\d{2}/).waitFor()
  await office.getByRole('columnheader', { name: '重复检查率' }).waitFor()
  await office.emulateMedia({ media: 'screen' })
  await office.getByText('不采纳理由', { exact: true }).click()
  await office.getByRole('row').filter({ hasText: '该项指标变化较快' }).click()
  await office.waitForURL(/\/recognition-decisions\?/)
  const line = office.getByRole('row').filter({ hasText: '葡萄糖' }).first()
  await line.getByText('仍开单').waitFor()
  await line.getByText(/已告知/).waitFor()
  await line.getByRole('link', { name: '张*' }).click()
  await office.waitForURL(/\/residents\/[0-9a-f-]{36}/)
  expect(stage.complaints).toEqual([])
})
