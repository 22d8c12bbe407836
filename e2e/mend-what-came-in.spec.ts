import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoResidents } from '../server/src/modules/resident/demo/people.ts'
import { field, pick } from './hands.ts'
import { openStage, PASSWORD, type Stage } from './stage.ts'

/** 互联 interop, 质量 quality, 授权 consent: what came in wrong is mended and works; what was permitted is taken back. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** What comes in is judged every minute; nobody waits that long here. */
const judge = async () => {
  await stage.sql(`select graphile_worker.add_job('record.judge')`)
  await new Promise((go) => setTimeout(go, 1_500))
}

describe('a message without a name', () => {
  let person: string

  test('stands in the error list with its reason, is mended, and makes its patient', async () => {
    const it = await stage.as('it01')
    await it.goto('/messages')
    await it.getByRole('button', { name: /^出错/ }).click()
    const line = it.getByRole('row').filter({ hasText: 'DEMO-0004' })
    await line.getByText('PID-5').waitFor()
    await line.click()
    await it.waitForURL(/\/messages\/[0-9a-f-]{36}$/)
    await it.getByRole('button', { name: '改正并重新处理' }).click()
    const dialog = it.getByRole('dialog')
    const text = await field(dialog, '原文').inputValue()
    const mended = text.replace('^^^HIS^MR||||1947-3-2|M', '^^^HIS^MR||周^明德||19470302|M')
    expect(mended).not.toBe(text)
    await field(dialog, '原文').fill(mended)
    await field(dialog, '说明').fill('HIS 补发姓名，出生日期改为 8 位')
    await dialog.getByRole('button', { name: '改正并重新处理' }).click()
    await it.getByText('改正件已交付处理').waitFor()
    await it.getByRole('link', { name: '原消息' }).waitFor()
    await it.getByText('完成', { exact: true }).first().waitFor()
    const [made] = await stage.sql<{ resident_id: string }>(
      `select resident_id from interop.message where mends_id is not null and state = 'done'`,
    )
    person = made?.resident_id ?? ''
    await it.goto('/messages')
    await it.getByRole('button', { name: /^出错/ }).click()
    await it.getByRole('row').filter({ hasText: 'DEMO-0003' }).waitFor()
    expect(await it.getByRole('row').filter({ hasText: 'DEMO-0004' }).count()).toBe(0)
  })

  test('left no telephone: that is a finding, which goes when the telephone is entered', async () => {
    await judge()
    const head = await stage.as('head01')
    await head.goto('/quality-findings?rule=patient-phone')
    const byRule = head.locator('.ant-select', { has: head.getByRole('combobox', { name: '规则' }) })
    await byRule.getByText('居民登记有联系电话').waitFor()
    const finding = head.getByRole('row').filter({ hasText: '周*' })
    await finding.getByText('居民登记有联系电话').waitFor()
    await finding.click()
    await head.waitForURL(new RegExp(`/residents/${person}$`))
    const clerk = await stage.as('clerk01')
    await clerk.goto(`/residents/${person}`)
    await clerk.getByRole('button', { name: '更正资料' }).click()
    await field(clerk.getByRole('dialog'), '手机号').fill('13900017018')
    await clerk.getByRole('dialog').getByRole('button', { name: '更正资料' }).click()
    await clerk.getByText('已更正').waitFor()
    await judge()
    await head.goto('/quality-findings?rule=patient-phone&state=mended')
    await head.getByRole('row').filter({ hasText: '周*' }).waitFor()
    await head.goto('/quality-findings?rule=patient-phone')
    await head.getByRole('table', { name: '待改数据' }).or(head.getByText('没有待改的数据')).first().waitFor()
    expect(await head.getByRole('row').filter({ hasText: '周*' }).count()).toBe(0)
  })
})

test('a rule that cannot work is refused at its field; it is tried on what is there, and holds from a day on', async () => {
  const office = await stage.as('office01')
  await office.goto('/quality-rules')
  await office.getByRole('button', { name: '修改规则 诊断有编码' }).click()
  const dialog = office.getByRole('dialog')
  for (const wrong of ['code.coding.exists(', 'code.coding.exist()']) {
    await field(dialog, '检查（FHIRPath）').fill(wrong)
    await dialog.getByRole('button', { name: '试一试' }).click()
    await dialog.getByText('这段 FHIRPath 读不懂，或用了没有的函数。').nth(1).waitFor()
    await field(dialog, '检查（FHIRPath）').fill('code.coding.exists()')
    await dialog.getByRole('button', { name: '试一试' }).click()
    await dialog.getByText(/最近 \d+ 条中适用 \d+ 条/).waitFor()
    await dialog.getByText('这段 FHIRPath 读不懂').first().waitFor({ state: 'detached' })
  }
  await field(dialog, '权重').fill('0')
  await dialog.getByRole('button', { name: /保\s*存/ }).click()
  await office.getByText(/“诊断有编码”从 .* 起生效/).waitFor()
  const editions = await stage.sql<{ weight: number }>(
    `select weight from record.quality_rule where code = 'condition-coded' order by since`,
  )
  expect(editions.map(({ weight }) => weight).at(-1)).toBe(0)
  expect(editions.length).toBe(2)
})

describe('a consent', () => {
  const [resident] = demoResidents()

  test('signed on paper is recorded at the desk with its scan, opens the record, and is taken back at the desk', async () => {
    const person = demoResidents()[7]
    const gp = await stage.as('gp01')
    const doctor = await stage.as('rehab02')
    await doctor.goto(`/residents/${person?.id}/record`)
    await doctor.getByText('没有此居民，或本机构没有查看依据').waitFor()
    await gp.goto(`/residents/${person?.id}/consents/new`)
    await pick(gp, '授权给', '云泽市康复医院')
    await gp
      .getByText(/周永福.*云泽市康复医院/)
      .first()
      .waitFor()
    await gp.getByText('签在纸上').click()
    const buffer = await gp.screenshot({ type: 'png' })
    await gp.locator('input[type=file]').setInputFiles({ name: '授权书.png', mimeType: 'image/png', buffer })
    await gp.getByRole('checkbox', { name: '签署人已看过全文并理解' }).check()
    await gp.getByRole('button', { name: '登记，立即生效' }).click()
    await gp.getByText('云泽市康复医院现在可以凭此查看').waitFor()
    await doctor.reload()
    await doctor.getByText('查看依据：本人同意').waitFor()
    await gp.getByRole('row').filter({ hasText: '云泽市康复医院' }).first().click()
    await gp.getByRole('img', { name: '签好的授权书' }).waitFor()
    await gp.getByRole('button', { name: '撤回授权' }).click()
    await gp.getByRole('dialog').getByRole('button', { name: '撤回授权' }).click()
    await gp.getByText('已撤回，立即生效').waitFor()
    await doctor.reload()
    await doctor.getByText('没有此居民，或本机构没有查看依据').waitFor()
    const live = await stage.sql(
      `select from kernel.access_grant where resident_id = $1 and basis = 'consent' and (until is null or until > now())`,
      [person?.id],
    )
    expect(live).toEqual([])
  })

  test('opens the record to whom it was given, and taken back on the phone closes it at once', async () => {
    const [row] = await stage.sql<{ id: string }>(
      `select resident_id as id from kernel.access_grant g join network.name n on n.id = g.institution_id
       where g.basis = 'consent' and n.name = '云泽市康复医院'`,
    )
    const doctor = await stage.as('rehab02')
    await doctor.goto(`/residents/${row?.id}/record`)
    await doctor.getByText('查看依据：本人同意').waitFor()
    const phone: Page = await stage.open({ width: 390, height: 844 })
    await phone.goto('/me')
    await phone.getByLabel('手机号').fill(resident?.phone ?? '')
    await phone.getByLabel('密码').fill(PASSWORD)
    await phone.getByRole('button', { name: /登\s*录/ }).click()
    await phone.getByRole('navigation').first().waitFor()
    await phone.goto('/me/consents')
    const given = phone.locator('.me-block').filter({ hasText: '云泽市康复医院' })
    await given.getByRole('button', { name: '收回', exact: true }).click()
    await given
      .getByText(/收回后/)
      .first()
      .waitFor()
    await given.getByRole('button', { name: '收回', exact: true }).click()
    await given.getByText(/已收回，对方看不到了/).waitFor()
    await doctor.reload()
    await doctor.getByText('没有此居民，或本机构没有查看依据').waitFor()
    expect(await doctor.getByText('查看依据：本人同意').count()).toBe(0)
    expect(stage.complaints).toEqual([])
  })
})
