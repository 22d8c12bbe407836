import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { choose, field, move } from './hands.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * The journey (转诊 referral, 转运 dispatch, 待遇 benefit, 通知 notice): a family doctor opens a green channel and calls
 * for transport; the desk sends the vehicle that the plan for all gives; the crew drives with a phone, the desk's map
 * follows, the hospital sees vital signs and links come nearer, and both sides sign.
 */

let stage: Stage
let referralUrl = ''
let missionUrl = ''
let doctor: Page
let desk: Page
let crew: Page
let nurse: Page
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const PHONE = { width: 390, height: 844 }

/** A referral that waits at the hospital, as the demonstration region has some. */
async function waitingReferral(): Promise<string> {
  const [row] = await stage.sql<{ id: string }>(
    `select r.id from referral.referral r
      join identity.account a on a.username = 'gp01'
      where r.status = 'submitted' and r.direction = 'up' and r.author_id = a.id::text
        and not exists (select from dispatch.mission m where m.thing = 'referral:' || r.id)
      order by r.written_at desc limit 1`,
  )
  return `/referrals/${row?.id}`
}

/** Where the vehicle stands on the desk's map. */
const placeOnMap = (name: RegExp) =>
  desk
    .locator('.tm-map-place', { has: desk.locator('title', { hasText: name }) })
    .locator('circle')
    .getAttribute('cx')

describe('an emergency comes by ambulance', () => {
  test('the family doctor opens a green channel on the referral', async () => {
    referralUrl = await waitingReferral()
    doctor = await stage.as('gp01')
    await doctor.goto(referralUrl)
    await doctor.getByRole('button', { name: '开通绿色通道' }).click()
    const dialog = doctor.getByRole('dialog')
    await field(dialog, '到院前摘要').fill('突发胸痛，大汗，ST 段抬高，BP 150/90')
    await dialog.getByRole('button', { name: '开通绿色通道' }).click()
    await doctor.getByText('等待接收方确认').first().waitFor()
  })

  test('the hospital is warned at once and says that it prepares', async () => {
    nurse = await stage.as('clerk01')
    await nurse.goto('/inbox')
    await nurse.getByText('绿色通道患者将到').first().waitFor()
    await nurse.goto('/green-channels')
    const card = nurse.locator('section.tm-card').filter({ hasText: '突发胸痛，大汗' })
    await card.getByRole('button', { name: '确认收到，准备接诊' }).click()
    await doctor.getByText('接收方已确认').first().waitFor()
  })

  test('she calls for transport with a physician aboard, which is free by a rule that is named', async () => {
    await doctor.getByRole('button', { name: '申请转运' }).click()
    await doctor.getByText('急诊', { exact: true }).click()
    await doctor.getByText('医生', { exact: true }).click()
    await doctor.getByRole('checkbox', { name: '监护仪' }).check()
    await doctor.getByRole('button', { name: '发出申请' }).click()
    await doctor.waitForURL(/\/missions\/[0-9a-f]{8}-[0-9a-f-]{27}$/)
    missionUrl = new URL(doctor.url()).pathname
    await doctor.getByText('免费（条件都符合）').first().waitFor()
  })

  test('the desk calls a vehicle off a less urgent mission, and the plan for all sends it here', async () => {
    desk = await stage.as('disp01')
    const [other] = await stage.sql<{ id: string; number: string }>(
      `select m.id from dispatch.mission m join dispatch.vehicle v on v.id = m.vehicle_id
        where v.name = '急救二号车' and m.status = 'dispatched'`,
    )
    await desk.goto(`/missions/${other?.id}`)
    await move(desk, '召回', (dialog) => choose(dialog, '原因', '另有更急的任务'))
    await desk.getByText('待派车').first().waitFor()
    await desk.goto('/dispatch')
    await desk.getByRole('button', { name: '整体派车建议' }).click()
    const plan = desk.getByRole('dialog')
    const number = (await doctor.getByText(/^ZY\d{4}-/).textContent()) ?? ''
    const line = plan.getByRole('row').filter({ hasText: number })
    await line.getByText('急救二号车').waitFor()
    await line.getByRole('button', { name: '派这辆' }).click()
    await doctor.getByText('已派车').first().waitFor()
    await plan.locator('.ant-modal-close').click()
  })

  test('the crew sets out with a phone, and the map of the desk follows without asking again', async () => {
    crew = await stage.as('crew01', PHONE)
    await crew.context().grantPermissions(['geolocation'])
    await crew.context().setGeolocation({ longitude: 124.7, latitude: 30.36 })
    const before = await placeOnMap(/^急救二号车$/)
    await crew.goto(missionUrl)
    await move(crew, '出车')
    await crew.getByRole('button', { name: '一路报告位置' }).click()
    await expect.poll(() => placeOnMap(/^急救二号车$/), { timeout: 15_000 }).not.toBe(before)
  })

  test('vital signs and the links of the chain reach the hospital while the patient is on the way', async () => {
    await nurse.goto(referralUrl)
    await move(crew, '到达现场')
    await crew.getByRole('button', { name: '记录体征' }).click()
    const dialog = crew.getByRole('dialog')
    await field(dialog, '心率（次/分）').fill('104')
    await field(dialog, '收缩压（mmHg）').fill('96')
    await dialog.getByRole('button', { name: '保存体征' }).click()
    await nurse.getByText('心率 104').first().waitFor()
    await move(crew, '接上患者，离开现场')
    await move(crew, '到达医院')
    const arrived = nurse.getByRole('row').filter({ hasText: /^到院/ })
    await arrived
      .getByText(/\d{2}:\d{2}/)
      .first()
      .waitFor()
  })

  test('both sides sign the hand-over', async () => {
    const sign = (page: Page) => move(page, '交接签字', (dialog) => field(dialog, '签字人').fill('交接人'))
    await sign(crew)
    await nurse.goto(missionUrl)
    await sign(nurse)
    await nurse.locator('[aria-current="step"] b').getByText('交接完成').waitFor()
    expect(stage.complaints).toEqual([])
  })
})
