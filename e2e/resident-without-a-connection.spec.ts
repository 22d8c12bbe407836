import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoResidents } from '../server/src/modules/resident/demo/people.ts'
import { openStage, PASSWORD, type Stage } from './stage.ts'

/** 居民 resident on a weak line (签约 contract, 居民 resident, 资源 capacity): what is written while the line is cut is sent once. */

const PHONE = { width: 390, height: 844 }
const [me, , , fourth] = demoResidents()
const self = me?.id ?? ''
const father = { name: fourth?.name ?? '', number: fourth?.number ?? '' }
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

async function signIn(phone: string): Promise<Page> {
  const page = await stage.open(PHONE)
  await page.goto('/me')
  await page.getByLabel('手机号').fill(phone)
  await page.getByLabel('密码').fill(PASSWORD)
  await page.getByRole('button', { name: /登\s*录/ }).click()
  await page.getByText('，您好').waitFor()
  return page
}

const count = async (from: string): Promise<number> => {
  const [row] = await stage.sql<{ n: number }>(`select count(*)::int as n from ${from}`)
  return row?.n ?? 0
}

/** Sends with the line cut, sees that nothing arrived and that the phone says so, and then that it arrives, once. */
async function sendsOnce(page: Page, from: string, send: () => Promise<void>): Promise<void> {
  const before = await count(from)
  await page.context().setOffline(true)
  await send()
  await page.getByText('1 项存在手机上').waitFor()
  expect(await count(from)).toBe(before)
  await page.context().setOffline(false)
  await page.getByText('1 项存在手机上').waitFor({ state: 'detached' })
  expect(await count(from)).toBe(before + 1)
}

/** Any photograph. */
const photo = async (page: Page) => ({
  ...{ name: 'a.jpg', mimeType: 'image/jpeg' },
  buffer: await page.screenshot({ type: 'jpeg', quality: 40 }),
})

describe('a resident whose line breaks', () => {
  let page: Page

  test('asks the family doctor, with a photograph', async () => {
    page = await signIn('19900001000')
    await page.goto('/me/doctor/ask')
    await page.getByRole('button', { name: '问一个问题' }).click()
    await page.getByLabel('一句话说是什么事').fill('膝盖疼')
    await page.getByLabel('详细说说').fill('上下楼膝盖疼，要不要拍片？')
    await page.getByLabel('附照片（可不附）').setInputFiles(await photo(page))
    await page.getByText('已附 1 张').waitFor()
    await sendsOnce(page, `contract.advice where subject = '膝盖疼'`, () =>
      page.getByRole('button', { name: '发给家庭医生' }).click(),
    )
    await page.getByText('膝盖疼').first().click()
    await page.getByRole('img').first().waitFor()
  })

  test('opens the record to a hospital, which may read it at once, and takes it back at once', async () => {
    const other = await stage.as('qp-card01')
    const mayRead = () =>
      other.evaluate((id) => fetch(`/api/residents/${id}/record`).then(({ status }) => status), self)
    expect(await mayRead()).toBe(404)
    await page.goto('/me/consents')
    await page.getByRole('button', { name: '让一家医院看我的档案' }).click()
    await page.getByLabel('医院名字').fill('青屏县人民医院')
    await page.getByRole('radio', { name: '青屏县人民医院', exact: true }).check()
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('radio', { name: '三个月' }).check()
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('本人张建国同意青屏县人民医院').waitFor()
    await sendsOnce(page, `kernel.access_grant where basis = 'consent'`, () =>
      page.getByRole('button', { name: '我同意' }).click(),
    )
    expect(await mayRead()).toBe(200)
    const given = page.locator('section', { hasText: '青屏县人民医院' }).first()
    await given.getByRole('button', { name: '收回' }).click()
    await sendsOnce(page, `resident.consent where state = 'withdrawn'`, () =>
      given.getByRole('button', { name: '收回' }).first().click(),
    )
    await page.getByText('已收回，对方看不到了').first().waitFor()
    expect(await mayRead()).toBe(404)
  })

  test('objects to an opening of the record', async () => {
    const doctor = await stage.as('gp01')
    await doctor.evaluate((id) => fetch(`/api/residents/${id}/record`), self)
    await page.goto('/me/access')
    await page.getByRole('button', { name: '我有疑问' }).first().click()
    await page.getByLabel(/请写下您的疑问/).fill('那天我没有去看病。')
    await sendsOnce(page, 'resident.objection', () => page.getByRole('button', { name: '提交疑问' }).click())
    await page.getByText('已提出疑问，等待答复').first().waitFor()
  })

  test('books a visit; a place that somebody else took meanwhile is told', async () => {
    const choose = async () => {
      await page.goto('/me/bookings/new')
      await page.getByRole('button', { name: '张建国' }).click()
      await page.locator('.me-choice').first().click()
      await page.locator('.me-choice[aria-pressed]').first().click()
    }
    await choose()
    await sendsOnce(page, `capacity.reservation where resident_id = '${self}'`, () =>
      page.getByRole('button', { name: /^预约 / }).click(),
    )
    await choose()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: /^预约 / }).click()
    await page.getByText('还没有约上').waitFor()
    await stage.sql(
      'update capacity.seat set reservation_id = gen_random_uuid() where reservation_id is null',
    )
    await page.context().setOffline(false)
    await page.getByText('“预约看病或检查”没有送成').waitFor()
    await page.getByRole('button', { name: '知道了' }).click()
  })

  test('answers the questions of a follow-up, with skip logic, which the doctor finds and goes through', async () => {
    await stage.sql(
      `update careplan.follow_up set due_on = current_date where status = 'due' and resident_id = '${self}'`,
    )
    await page.goto('/me/careplan')
    await page.getByText('先在手机上填一填').first().click()
    const box = (title: string) => page.locator('section', { hasText: title })
    await box('最近有没有这些不舒服').getByRole('checkbox', { name: '头痛头晕' }).check()
    await page.getByLabel('高压').fill('1480')
    await box('药有没有按时吃').getByRole('radio', { name: '间断' }).check()
    await page.getByLabel('为什么没按时吃').fill('药吃完了')
    await box('吃药后有没有不舒服').getByRole('radio', { name: '否' }).check()
    await page.getByRole('button', { name: '填好了，发给医生' }).click()
    await page.getByText('这个数不太可能').waitFor()
    await page.getByLabel('高压').fill('148')
    await page.getByLabel('低压').fill('86')
    await sendsOnce(page, `careplan.self_answer where resident_id = '${self}'`, () =>
      page.getByRole('button', { name: '填好了，发给医生' }).click(),
    )
    await page.getByText('已发给医生').waitFor()
    const doctor = await stage.as('gp01')
    await doctor.goto('/follow-ups?view=answered')
    const line = doctor.getByRole('row', { name: /张/ }).filter({ hasText: '自填' })
    await line.getByRole('button', { name: '记录随访' }).click()
    await doctor.getByText('自填不等于面对面随访').waitFor()
    expect(await doctor.getByLabel('收缩压').inputValue()).toBe('148')
  })

  test('asks to stand for somebody of the family, with the proof', async () => {
    await page.goto('/me/family')
    await page.getByRole('button', { name: '申请为家人代办' }).click()
    await page.getByLabel('家人的姓名').fill(father.name)
    await page.getByLabel('家人的身份证号').fill(father.number)
    await page.getByRole('radio', { name: '其他家人' }).check()
    await page.getByLabel('截止日期').fill('2028-01-01')
    await page.getByRole('radio', { name: /授权委托书/ }).check()
    await page.getByLabel('拍照或选一张照片').setInputFiles(await photo(page))
    await page.getByRole('img').first().waitFor()
    await sendsOnce(page, 'resident.proxy_request', () =>
      page.getByRole('button', { name: '提交申请' }).click(),
    )
    await page.getByText(father.name).first().waitFor()
  })

  test('applies for a family doctor chosen on the map', async () => {
    page = await signIn('19900001009')
    await page.goto('/me/doctor/choose')
    await page.getByRole('application', { name: /地图/ }).waitFor()
    await page.getByRole('button', { name: /^云津桥社区/ }).click()
    expect(await page.getByRole('radio', { name: /^云津桥社区/ }).isChecked()).toBe(true)
    const next = () => page.getByRole('button', { name: '下一步' }).click()
    await next()
    await page
      .getByRole('radio', { name: /还可签/ })
      .first()
      .check()
    await next()
    await page.getByRole('button', { name: /第一人民医院，三级医院/ }).click()
    await next()
    await page.getByRole('checkbox').first().check()
    await page.getByRole('checkbox', { name: /要改签到这里/ }).check()
    await next()
    await page.getByRole('checkbox', { name: /我已读过/ }).check()
    const pad = await page.getByRole('img', { name: '请在框内签名' }).boundingBox()
    if (!pad) throw new Error('no box to sign in')
    await page.mouse.move(pad.x + 40, pad.y + 30)
    await page.mouse.down()
    await page.mouse.move(pad.x + 160, pad.y + 60, { steps: 5 })
    await page.mouse.up()
    await sendsOnce(page, `contract.contract where status = 'pendingReview'`, () =>
      page.getByRole('button', { name: '提交申请' }).click(),
    )
    await page.getByText('申请已送到社区').waitFor()
  })

  test('on no page did the browser complain', () => {
    expect(stage.complaints).toEqual([])
  })
})
