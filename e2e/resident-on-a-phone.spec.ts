import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, PASSWORD, type Stage } from './stage.ts'

/** 居民 resident on a phone (身份 identity, 档案 record, 转诊 referral): where my referral stands, who looked at my record. */

const PHONE = { width: 390, height: 844 }
let stage: Stage
let page: Page
beforeAll(async () => {
  stage = await openStage()
  page = await stage.open(PHONE)
})
afterAll(() => stage.close())

const picture = async (name: string): Promise<void> => {
  const folder = process.env.PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png` })
}

describe('a resident of 68 with a phone', () => {
  test('signs in with the mobile number that the community centre knows', async () => {
    await page.goto('/me')
    await page.getByLabel('手机号').fill('19900001000')
    await page.getByLabel('密码').fill('wrong-password-1')
    await page.getByRole('button', { name: /登\s*录/ }).click()
    await page.getByText('手机号或密码不对').waitFor()
    await page.getByLabel('密码').fill(PASSWORD)
    await page.getByRole('button', { name: /登\s*录/ }).click()
    await page.getByText('张建国，您好').waitFor()
  })

  test('reads where the referral stands, where to go and what to bring', async () => {
    await page
      .getByRole('link', { name: /我的转诊/ })
      .first()
      .click()
    await page.getByText('带什么').first().waitFor()
    await page.getByText('云泽市第一人民医院').first().waitFor()
    await picture('resident-phone')
  })

  test('sees who opened the record, and why', async () => {
    const doctor = await stage.as('gp01')
    await doctor.getByRole('link', { name: '查找居民' }).click()
    await doctor.getByLabel('姓名', { exact: true }).fill('张建国')
    await doctor.getByLabel('出生日期', { exact: true }).fill('1958-04-12')
    await doctor.getByLabel('出生日期', { exact: true }).press('Enter')
    await doctor.getByRole('button', { name: /查\s*找/ }).click()
    await doctor.getByRole('table', { name: '查找居民' }).getByRole('row').nth(1).click()
    await doctor.getByText('张建国').first().waitFor()
    await page.goto('/me/access')
    await page.getByText('云泽市鼓楼社区卫生服务中心').first().waitFor()
    await page
      .getByText(/给您看病/)
      .first()
      .waitFor()
  })

  test('everything fits the width of the phone, in large type too', async () => {
    for (const path of [
      '/me',
      '/me/referrals',
      '/me/access',
      '/me/record',
      '/me/card',
      'large',
      '/me',
      '/me/referrals',
      '/me/access',
    ]) {
      if (path === 'large') {
        await page.getByRole('link', { name: '我的', exact: true }).last().click()
        await page.getByRole('switch').first().click()
        continue
      }
      await page.goto(path)
      await page.getByRole('navigation').waitFor()
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(over, path).toBeLessThanOrEqual(0)
      expect(await page.locator('body').textContent(), path).not.toContain('⟦')
    }
  })

  test('on no page did the browser complain', () => {
    expect(stage.complaints).toEqual([])
  })
})
