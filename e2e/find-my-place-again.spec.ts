import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoResidents } from '../server/src/modules/resident/demo/people.ts'
import { choose, date, field, momentText } from './hands.ts'
import { openStage, type Stage } from './stage.ts'

/** What somebody narrowed, took away as a file, or began to type is there again when they come back. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** The lines of a file that the button “导出” hands over, as cells. */
async function exported(page: Page): Promise<string[][]> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出' }).click(),
  ])
  const text = readFileSync(await file.path(), 'utf8')
  expect(text.startsWith('﻿'), 'Excel reads it as UTF-8').toBe(true)
  const lines = text.slice(1).trimEnd().split('\r\n')
  return lines.map((line) =>
    [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell]) => cell ?? ''),
  )
}

test('an address that was cut short says so and leads back, as one of something that is gone does', async () => {
  const it = await stage.as('it01')
  for (const [cut, said] of [
    ['/messages/01a21d19-f753', '这个地址不完整或已改变'],
    ['/messages?offset=99999999', '这个地址不完整或已改变'],
    ['/messages/00000000-0000-4000-8000-000000000000', '没有这条消息'],
  ] as const) {
    await it.goto('/clients')
    await it.getByRole('table', { name: '系统对接' }).waitFor()
    await it.goto(cut)
    await it.getByRole('alert').getByText(said).waitFor()
    await it.getByRole('button', { name: '返回上一页' }).click()
    await it.waitForURL(/\/clients$/)
  }
})

describe('the decisions on results of others', () => {
  const filtered = /\/recognition-decisions\?.*outcome=recognised/

  test('are narrowed, a resident is opened, and Back is where one was', async () => {
    const head = await stage.as('head11')
    await head.goto('/recognition-decisions')
    await choose(head, '决定', '采纳')
    await head.waitForURL(filtered)
    await head.locator('tbody').getByText('仍开单').first().waitFor({ state: 'detached' })
    await head.locator('tbody a[href^="/residents/"]').first().click()
    await head.waitForURL(/\/residents\/[0-9a-f-]{36}/)
    await head.goBack()
    await head.waitForURL(filtered)
    await head.locator('.ant-select').filter({ hasText: '采纳' }).first().waitFor()
    await head.locator('tbody a[href^="/residents/"]').first().waitFor()
  })

  test('leave as a file that holds what the list says, and no other outcome', async () => {
    const head = await stage.as('head11')
    const [first = [], ...lines] = await exported(head)
    expect(first).toEqual(['时间', '居民', '项目', '决定', '医生', '引用的结果', '理由', '节约'])
    const { count } = (
      await stage.sql<{ count: number }>(
        `select count(*)::int from recognition.decision d join network.name n on n.id = d.institution_id
          where d.outcome = 'recognised'`,
      )
    )[0] as { count: number }
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThanOrEqual(count)
    const shown = await head.locator('.tm-data-foot').textContent()
    expect(shown).toContain(`${lines.length} `)
    for (const line of lines) {
      expect(line).toHaveLength(first.length)
      expect(line[0]).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/)
      expect(line[3]).toBe('采纳')
      expect(line[7]).toContain('元')
    }
  })
})

describe('the whole exports', () => {
  /** A system asks for all patients, as it would at night. */
  async function askForExport(): Promise<void> {
    const { url } = stage.product
    const who = { client_id: 'demo-his', client_secret: 'demo-his-secret' }
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...who })
    const { access_token } = await (await fetch(`${url}/oauth/token`, { method: 'POST', body })).json()
    const headers = { authorization: `Bearer ${access_token}`, prefer: 'respond-async' }
    expect((await fetch(`${url}/fhir/R4/Patient/$export?_type=Patient`, { headers })).status).toBe(202)
  }

  test('are narrowed, left and come back to, and their file says the same', async () => {
    await askForExport()
    const it = await stage.as('it01')
    await it.goto('/exports')
    const line = it.getByRole('row').filter({ hasText: 'demo-his' })
    await line.getByText('1 / 1 类').waitFor()
    await choose(it, '范围', '居民')
    await choose(it, '状态', '完成')
    const narrowed = /\/exports\?.*level=patient.*state=done/
    await it.waitForURL(narrowed)
    await it.getByRole('link', { name: '待办' }).first().click()
    await it.waitForURL(/:\d+\/$/)
    await it.goBack()
    await it.waitForURL(narrowed)
    await line.waitFor()
    const [head, ...lines] = await exported(it)
    expect(head?.slice(0, 5)).toEqual(['对接系统', '范围', '状态', '进度', '资源数'])
    const told = await line.locator('td').nth(4).textContent()
    expect(lines.map((one) => one.slice(1, 5))).toEqual([['居民', '完成', '1/1', told]])
    await choose(it, '状态', '失败')
    await line.waitFor({ state: 'detached' })
  })
})

describe('what was typed survives a reload', () => {
  const back = (page: Page) => page.getByRole('dialog').getByText('已恢复您上次没填完的内容').waitFor()

  test('a day on which a clinic is not held', async () => {
    const head = await stage.as('head01')
    await head.goto('/schedules')
    const open = () => head.getByRole('button', { name: '停诊' }).first().click()
    await open()
    const day = momentText(new Date(), 24 * 9).slice(0, 10)
    await date(head.getByRole('dialog'), '日期', day)
    await field(head.getByRole('dialog'), '原因').fill('设备检修')
    await head.reload()
    await open()
    await back(head)
    expect(await field(head.getByRole('dialog'), '原因').inputValue()).toBe('设备检修')
    expect(await field(head.getByRole('dialog'), '日期').inputValue()).toBe(day)
    await head.getByRole('dialog').getByRole('button', { name: '清空重填' }).click()
    await head.getByText('已恢复您上次没填完的内容').waitFor({ state: 'detached' })
    expect(await field(head.getByRole('dialog'), '原因').inputValue()).toBe('')
  })

  test('why an assessment is taken back', async () => {
    const office = await stage.as('lab01')
    await office.goto('/recognition-gates')
    const open = () => office.getByRole('button', { name: '撤销' }).first().click()
    await open()
    await field(office.getByRole('dialog'), '撤销原因').fill('复核不合格')
    await office.reload()
    await open()
    await back(office)
    expect(await field(office.getByRole('dialog'), '撤销原因').inputValue()).toBe('复核不合格')
  })

  test('why a record must be opened in an emergency', async () => {
    const doctor = await stage.as('emer01')
    const open = async () => {
      await doctor.goto('/residents')
      await field(doctor, '姓名、证件号、手机号或居民码').fill(demoResidents()[6]?.number ?? '')
      await doctor.keyboard.press('Enter')
      await doctor.getByRole('button', { name: '紧急调阅' }).click()
    }
    await open()
    await field(doctor.getByRole('dialog'), '理由').fill('昏迷送入抢救室')
    await open()
    await back(doctor)
    expect(await field(doctor.getByRole('dialog'), '理由').inputValue()).toBe('昏迷送入抢救室')
    expect(stage.complaints).toEqual([])
  })
})
