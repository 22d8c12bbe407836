import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { date, field, momentText, move, pick } from './hands.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * The journey (转诊 referral, 药事 pharmacy, 照护计划 careplan, 通知 notice): the hospital sends a patient home with a plan
 * and medicines that the community has, the named family doctor takes over, the follow-ups stand on the list, and a
 * question to the physician who has treated is answered while she looks.
 */

let stage: Stage
let upUrl = ''
let downUrl = ''
let lacking = ''
let hospital: Page
let doctor: Page
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const isNow = (page: Page, state: string) =>
  page.locator('[aria-current="step"] b').getByText(state, { exact: true }).waitFor()

/** A medicine that the hospital has and the community has not, and that nobody has reported there yet. */
async function wanting(): Promise<string> {
  const [row] = await stage.sql<{ name: string }>(
    `select m.name from pharmacy.medicine m
      join network.institution h on h.code = 'LEAD' join network.institution c on c.code = 'CHC01'
      join pharmacy.stock a on a.medicine_id = m.id and a.institution_id = h.id and a.state = 'inStock'
      join pharmacy.stock b on b.medicine_id = m.id and b.institution_id = c.id and b.state = 'notHeld'
      where m.chronic and not exists (select from pharmacy.shortage s
        where s.medicine_id = m.id and s.institution_id = c.id and s.ended_at is null)
        and (select count(*) from pharmacy.medicine o where o.name = m.name) = 1 order by m.name limit 1`,
  )
  return row?.name ?? ''
}

/** Whom the gastroenterologist has treated and the demonstration region's community shall have back. */
async function shallGoBack(): Promise<string> {
  const [row] = await stage.sql<{ id: string }>(
    `select r.id from referral.referral r
      join workforce.practitioner p on p.id = r.treating_practitioner_id and p.name = '唐婉'
      join network.institution i on i.id = r.from_institution_id and i.code = 'CHC01'
      where r.status = 'awaitingDownReferral'
        and not exists (select from referral.referral d where d.parent_id = r.id)`,
  )
  return `/referrals/${row?.id}`
}

describe('a patient comes back down', () => {
  test('the hospital writes the plan; a medicine that the community has not gives way to one it has', async () => {
    upUrl = await shallGoBack()
    hospital = await stage.as('gastro01')
    await hospital.goto(upUrl)
    await hospital.getByRole('complementary').getByRole('button', { name: '写下转单' }).click()
    await field(hospital, '康复计划').fill('规律三餐，戒酒；两周后复查血压，四周后复查胃镜。')
    await pick(hospital, '责任家庭医生', '王海棠')
    await date(hospital, '首次随访日期', momentText(new Date(), 24 * 4).slice(0, 10))
    await hospital.getByRole('button', { name: '添加药品' }).click()
    const name = hospital.getByRole('textbox', { name: '药品' })
    await name.fill('厄贝沙坦')
    await name.press('Tab')
    await hospital.getByText('接收机构没有').waitFor()
    await hospital.getByRole('button', { name: /^氯沙坦/ }).click()
    await hospital.getByText('接收机构有药').waitFor()
    await hospital.getByRole('textbox', { name: '每次剂量' }).fill('50 mg')
    await hospital.getByRole('textbox', { name: '用法频次' }).fill('每日一次')
    lacking = await wanting()
    await hospital.getByRole('button', { name: '添加药品' }).click()
    await name.last().fill(lacking)
    await name.last().press('Tab')
    await hospital.getByText('接收机构没有').waitFor()
    // Half a line would be lost: the note does not leave before it is whole.
    await hospital.getByText('有一行没有填完').waitFor()
    await hospital.getByRole('textbox', { name: '每次剂量' }).last().fill('0.2 g')
    await hospital.getByRole('textbox', { name: '用法频次' }).last().fill('每日一次')
    await hospital.getByText('有一行没有填完').waitFor({ state: 'hidden' })
    await hospital.getByRole('button', { name: '添加一次随访' }).click()
    const day = hospital.getByRole('textbox', { name: '哪天' })
    await day.fill(momentText(new Date(), 24 * 28).slice(0, 10))
    await day.press('Enter')
    await hospital.getByRole('textbox', { name: '看什么' }).fill('胃镜复查')
    await hospital.getByRole('button', { name: '保存并发出' }).click()
    await hospital.waitForURL(
      (url) => /\/referrals\/[0-9a-f-]{36}$/.test(url.pathname) && url.pathname !== upUrl,
    )
    await isNow(hospital, '下转已提交')
    downUrl = new URL(hospital.url()).pathname
  })

  test('the named family doctor is told, takes over on her phone, and the follow-ups stand on her list', async () => {
    doctor = await stage.as('gp01', { width: 390, height: 844 })
    await doctor.goto(downUrl)
    await doctor.getByText('氯沙坦').first().waitFor()
    await move(doctor, '承接')
    await isNow(doctor, '基层已承接')
    await isNow(hospital, '基层已承接')
    const planned = await stage.sql<{ reason: string; status: string }>(
      'select reason, status from careplan.follow_up where source = $1 order by due_on',
      [`referral:${downUrl.split('/').pop()}`],
    )
    expect(planned.map(({ reason }) => reason)).toEqual(['下转后随访：首次随访', '下转后随访：胃镜复查'])
    await doctor.goto('/follow-ups')
    await doctor.getByText('两周内').click()
    await doctor.getByText('下转后随访：首次随访').first().waitFor()
  })

  test('the medicine that the community has not is one click away from its pharmacist’s desk', async () => {
    await doctor.goto(downUrl)
    const line = doctor.getByRole('listitem').filter({ hasText: lacking })
    await line.getByText('接收机构没有').waitFor()
    await line.getByRole('link', { name: '登记缺药' }).click()
    const dialog = doctor.getByRole('dialog')
    await dialog.getByText(`登记缺药：${lacking}`).waitFor()
    expect(await field(dialog, '为什么需要').inputValue()).toContain('下转患者须继续用药')
    await dialog.getByRole('button', { name: '登记缺药' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const owed = await stage.sql<{ duty: string }>(
      `select c.duty from pharmacy.shortage s join pharmacy.medicine m on m.id = s.medicine_id and m.name = $1
        join kernel."case" c on c.thing = 'shortage:' || s.id and c.closed_at is null`,
      [lacking],
    )
    expect(owed).toEqual([{ duty: 'pharmacy.stock' }])
  })

  test('she asks the physician who has treated with one click, and the answer comes while she looks', async () => {
    await doctor.goto(downUrl)
    await doctor.getByRole('textbox', { name: '问上级主管医生' }).fill('停用奥美拉唑后反酸复发，可否续用？')
    await doctor.getByRole('button', { name: '发出咨询' }).click()
    await doctor.getByText('停用奥美拉唑后反酸复发').first().waitFor()
    await hospital.getByRole('link', { name: /停用奥美拉唑后反酸复发/ }).click()
    const panel = hospital.getByRole('complementary')
    await panel.getByRole('textbox', { name: '答复' }).fill('可续用四周，20 mg 每日一次，之后停药观察。')
    await panel
      .getByRole('button', { name: /^答\s*复$/ })
      .last()
      .click()
    await doctor.getByText('已答复').first().waitFor()
    await doctor.getByRole('link', { name: /停用奥美拉唑后反酸复发/ }).click()
    await doctor.getByText('可续用四周').first().waitFor()
    expect(stage.complaints).toEqual([])
  })
})
