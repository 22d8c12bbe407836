import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { choose, date, field, momentText, move, pick } from './hands.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * The journey (转诊 referral, 资源 capacity): a family doctor asks a specialist first, the question becomes a referral, a
 * seat is reserved with the acceptance, the patient comes, and the named family doctor takes over who comes back.
 */

let stage: Stage
let upUrl = ''
let downUrl = ''
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const open = async (username: string, url: string): Promise<Page> => {
  const page = await stage.as(username)
  await page.goto(url)
  return page
}
const isNow = (page: Page, state: string) =>
  page.locator('[aria-current="step"] b').getByText(state, { exact: true }).waitFor({ timeout: 15_000 })
const idIn = (url: string): string => url.split('/').pop() ?? ''

/** A patient of the community centre, brought in by its own system. */
async function register(): Promise<string> {
  const { url } = stage.product
  const grant = {
    grant_type: 'client_credentials',
    client_id: 'demo-chc01',
    client_secret: 'demo-chc01-secret',
  }
  const token = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(grant) })
  const { access_token: bearer } = (await token.json()) as { access_token: string }
  const made = await fetch(`${url}/fhir/R4/Patient`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify({
      resourceType: 'Patient',
      name: [{ use: 'official', text: '司徒雁秋' }],
      gender: 'female',
      birthDate: '1957-08-19',
      telecom: [{ system: 'phone', value: '13977001957' }],
    }),
  })
  return ((await made.json()) as { id: string }).id
}

describe('advice first, then a referral with a place, and back', () => {
  test('the family doctor asks the cardiologist, who answers, and the question becomes a referral', async () => {
    const doctor = await open('gp01', `/advices/new?resident=${await register()}`)
    await pick(doctor, '接收机构', '云泽市第一人民医院')
    await pick(doctor, '科室', '心血管内科')
    await field(doctor, '问题').fill('劳力后胸闷两周，静息心电图 V4–V6 ST 段压低 0.05 mV，是否需要转诊？')
    await doctor.getByRole('button', { name: '发出咨询' }).click()
    await doctor.waitForURL(/\/advices\/[0-9a-f-]{36}$/)
    const asked = new URL(doctor.url()).pathname
    const heart = await open('cardio01', asked)
    const panel = heart.getByRole('complementary')
    await panel.getByRole('textbox', { name: '答复' }).fill('请转来做运动负荷试验，先服阿司匹林 100 mg。')
    await panel
      .getByRole('button', { name: /^答\s*复$/ })
      .last()
      .click()
    await heart.getByText('已答复').first().waitFor()
    await doctor.getByRole('button', { name: '转为转诊单' }).click()
    await doctor.waitForURL(/\/referrals\/[0-9a-f-]{36}(\/edit)?$/)
    if (!doctor.url().endsWith('/edit')) await move(doctor, '修改')
    await field(doctor, '诊断名称').fill('不稳定型心绞痛待排')
    await field(doctor, '诊断编码（ICD-10）').fill('I20.0')
    await doctor.getByRole('checkbox', { name: '患者已知情并同意转诊' }).check()
    await field(doctor, '签名人').fill('司徒雁秋')
    await doctor.getByRole('button', { name: '保存并发出' }).click()
    await doctor.waitForURL(/\/referrals\/[0-9a-f-]{36}$/)
    await isNow(doctor, '已提交')
    upUrl = new URL(doctor.url()).pathname
    await doctor.getByText('请转来做运动负荷试验').first().waitFor()
  })

  test('the office accepts with a seat that is reserved for this patient alone', async () => {
    const clerk = await open('clerk01', upUrl)
    await move(clerk, '接收', async (dialog) => {
      await dialog.locator('.tm-times button').first().click()
    })
    await isNow(clerk, '已接受')
    const kept = await stage.sql<{ status: string }>(
      'select status from capacity.reservation where thing = $1',
      [`referral:${idIn(upUrl)}`],
    )
    expect(kept).toEqual([{ status: 'confirmed' }])
  })

  test('the patient sets out, arrives, is treated, and shall go back', async () => {
    const doctor = await open('gp01', upUrl)
    await move(doctor, '已通知患者出发')
    await isNow(doctor, '转诊中')
    const clerk = await stage.as('clerk01')
    await isNow(clerk, '转诊中')
    await move(clerk, '登记到诊')
    await isNow(clerk, '已到诊')
    const heart = await open('cardio01', upUrl)
    await move(heart, '接诊')
    await isNow(heart, '已接诊')
    await move(heart, '完成治疗', async (dialog) => {
      await choose(dialog, '治疗结果', '好转')
      await field(dialog, '诊断名称').fill('稳定型心绞痛')
      await field(dialog, '诊断编码（ICD-10）').fill('I20.8')
      await field(dialog, '出院小结').fill('运动负荷试验弱阳性，药物治疗后症状缓解。')
      await field(dialog, '下一步治疗方案').fill('阿司匹林、他汀长期，四周后复评。')
    })
    await move(heart, '转入待下转')
    await isNow(heart, '待下转')
  })

  test('the named family doctor, and nobody else, takes over who comes back', async () => {
    const heart = await stage.as('cardio01')
    await heart.getByRole('complementary').getByRole('button', { name: '写下转单' }).click()
    await field(heart, '康复计划').waitFor()
    await pick(heart, '责任家庭医生', '王海棠')
    await field(heart, '康复计划').fill('每日步行三十分钟，胸闷即停。')
    await date(heart, '首次随访日期', momentText(new Date(), 24 * 6).slice(0, 10))
    await heart.getByRole('button', { name: '保存并发出' }).click()
    await heart.waitForURL(
      (url) => /\/referrals\/[0-9a-f-]{36}$/.test(url.pathname) && url.pathname !== upUrl,
    )
    await isNow(heart, '下转已提交')
    downUrl = new URL(heart.url()).pathname
    const doctor = await open('gp01', downUrl)
    await move(doctor, '承接')
    await isNow(doctor, '基层已承接')
    const [owned] = await stage.sql<{ step: string; duty: string }>(
      `select step, duty from kernel."case" where thing = $1 and closed_at is null`,
      [`referral:${idIn(downUrl)}`],
    )
    expect(owned).toEqual({ step: 'takenOver', duty: 'referral.followUp' })
    expect(stage.complaints).toEqual([])
  })
})
