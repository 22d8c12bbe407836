import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { choose, date, field, momentText, move, pick } from './hands.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * The journey (转诊 referral, 资源 capacity, 待遇 benefit, 通知 notice): a day of the referral office. What a choice will
 * cost is printed before it is made; a case is asked about, held by one of two people, refused with advice; who waits
 * for a bed is offered the one that becomes free; and what is safe is done for several at once.
 */

let stage: Stage
let url = ''
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const stateOf = (page: Page) => page.locator('[aria-current="step"] b')
const isNow = (page: Page, state: string) => stateOf(page).getByText(state, { exact: true }).waitFor()
const side = (page: Page) => page.getByRole('complementary')
const pathOf = (page: Page): string => new URL(page.url()).pathname

/** Opens the dialog of a move and leaves it open. */
async function begin(page: Page, name: string) {
  await side(page).getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  return dialog
}

/** Picks a ready sentence, which stands in the field then. */
async function sayReady(dialog: Locator, into: string, text: string): Promise<void> {
  await choose(dialog, '常用回复', text)
  expect(await field(dialog, into).inputValue()).toBe(text)
}

/** How far the open list of ready sentences runs from its field at once when the page beneath is moved. */
async function runsAway(dialog: Locator): Promise<number> {
  await field(dialog, '常用回复').click()
  const option = dialog.page().locator('.ant-select-item-option').first()
  await option.click({ trial: true })
  const away = await option.evaluate((line) => {
    const before = line.getBoundingClientRect().y
    window.scrollTo(0, 200)
    return [window.scrollY, line.getBoundingClientRect().y - before]
  })
  await field(dialog, '常用回复').press('Escape')
  expect(away[0]).toBeGreaterThan(0)
  return away[1] ?? 0
}

/** The first referral on a list of this state and department that has come to the hospital. */
async function pathTo(status: string, department: string): Promise<string> {
  const [row] = await stage.sql<{ id: string }>(
    `select r.id from referral.referral r
      join network.department d on d.id = r.to_department_id and d.name = $2
      join network.institution i on i.id = r.to_institution_id and i.code = 'LEAD'
      where r.status = $1 and r.direction = 'up' and r.urgency <> 'emergency' order by r.id limit 1`,
    [status, department],
  )
  return `/referrals/${row?.id}`
}

async function numberOf(path: string): Promise<string> {
  const rows = await stage.sql<{ number: string }>('select number from referral.referral where id = $1', [
    path.split('/').pop(),
  ])
  return rows[0]?.number ?? ''
}

/** A resident of the community who is insured and has nothing under way. */
async function someone(): Promise<string> {
  const [row] = await stage.sql<{ id: string }>(
    `select g.resident_id as id from kernel.access_grant g
      join network.institution i on i.id = g.institution_id and i.code = 'CHC01'
      join benefit.insured b on b.resident_id = g.resident_id
      join contract.current c on c.resident_id = g.resident_id and c.community_id = g.institution_id
      where g.basis = 'treatment' and not exists (select from referral.referral r
        where r.resident_id = g.resident_id and r.ended_at is null) order by 1 limit 1`,
  )
  return row?.id ?? ''
}

describe('a day at the referral office', () => {
  test('what each destination costs is seen, and printed for the patient, before one is chosen', async () => {
    const doctor = await stage.as('gp01')
    await doctor.goto(`/residents/${await someone()}`)
    await doctor.getByRole('button', { name: '写转诊单' }).click()
    await field(doctor, '诊断名称').fill('不稳定型心绞痛')
    await field(doctor, '诊断编码（ICD-10）').fill('I20.0')
    await doctor.getByTitle('床位', { exact: true }).click()
    // The diagnosis proposes the specialty; the doctor leaves it.
    await doctor.getByText('按诊断提议（I00–I99），可改').waitFor()
    await doctor
      .getByText(/自付约 .* 元/)
      .first()
      .waitFor()
    const [costs] = await Promise.all([
      doctor.context().waitForEvent('page'),
      doctor.getByRole('link', { name: /打印/ }).click(),
    ])
    await costs.getByText('市一院').first().waitFor()
    await costs.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', '')
    })
    await costs.getByRole('button', { name: '打印给居民' }).click()
    await costs.locator('body[data-printed]').waitFor({ state: 'attached' })
    await costs.emulateMedia({ media: 'print' })
    expect(await field(costs, '比较哪些机构').isVisible()).toBe(false)
    expect(await costs.getByText('自己付').first().isVisible()).toBe(true)
    await costs.close()
    const hospital = doctor.getByRole('listitem').filter({ hasText: '市一院' })
    await hospital.getByRole('button', { name: '选这家' }).first().click()
    await field(doctor, '主要现病史（转出原因）').fill('静息时胸痛两次，各十分钟，心电图 ST 段压低。')
    await field(doctor, '初步印象').fill('急性冠脉综合征待排')
    await doctor.getByRole('checkbox', { name: '患者已知情并同意转诊' }).check()
    await doctor.getByRole('button', { name: '保存并发出' }).click()
    await doctor.waitForURL(/\/referrals\/[0-9a-f-]{36}$/)
    await isNow(doctor, '已提交')
    url = pathOf(doctor)
  })

  test('the office asks for a supplement with a ready sentence, and the doctor gives it', async () => {
    const clerk = await stage.as('clerk01')
    await clerk.goto(url)
    await move(clerk, '要求补充材料', async (dialog) => {
      expect(await runsAway(dialog)).toBe(0)
      await sayReady(dialog, '说明', '请补充近三个月心电图、心脏超声和肌钙蛋白结果。')
    })
    const doctor = await stage.as('gp01')
    await isNow(doctor, '待补充')
    await doctor.getByText('请补充近三个月心电图').first().waitFor()
    await move(doctor, '补充材料', (dialog) => field(dialog, '说明').fill('肌钙蛋白阴性，心超 EF 58%。'))
    await isNow(clerk, '已提交')
    await clerk.getByText('心超 EF 58%').first().waitFor()
  })

  test('two people cannot work on one case: the second sees who has it, and takes it over by a word', async () => {
    const clerk = await stage.as('clerk01')
    const dialog = await begin(clerk, '接收')
    const head = await stage.as('head01')
    await head.goto(url)
    await head.getByText('吴敏 正在处理').waitFor()
    const second = await begin(head, '拒绝')
    await choose(second, '原因', '他院更合适')
    await field(second, '建议去向').fill('请转心脏中心')
    await second.getByRole('button', { name: '拒绝' }).click()
    await second.getByText(/吴敏.*正在处理/).waitFor()
    await second.getByRole('button', { name: '先不做' }).click()
    await head.getByRole('button', { name: '由我接手' }).click()
    await head.getByText('吴敏 正在处理').waitFor({ state: 'hidden' })
    await clerk.getByText('宋明远 正在处理').waitFor()
    await dialog.getByRole('button', { name: '先不做' }).click()
  })

  test('a refusal has a coded reason and a ready advice, and the doctor who referred reads it and has to act on it', async () => {
    const head = await stage.as('head01')
    await move(head, '拒绝', async (dialog) => {
      await choose(dialog, '原因', '不符合转诊指征')
      await sayReady(dialog, '建议去向', '目前病情可在社区调整药物，两周后复查；如加重请再次转诊。')
    })
    await isNow(head, '已拒绝')
    const doctor = await stage.as('gp01')
    await isNow(doctor, '已拒绝')
    await doctor.getByText('目前病情可在社区调整药物').first().waitFor()
    await doctor.goto('/referrals?list=rejectedUnanswered')
    await doctor.getByText(await numberOf(url)).waitFor()
  })

  test('who waits for a bed is offered the one that becomes free, and it is taken along with the arrangement', async () => {
    const clerk = await stage.as('clerk01')
    const waiting = await pathTo('submitted', '神经内科')
    await clerk.goto(waiting)
    await move(clerk, '登记暂无号源', async (dialog) => {
      await sayReady(dialog, '说明', '本周号源已满，已列入候补，有号即通知。')
      await dialog.getByRole('checkbox', { name: '进入候补，一有空位自动留给患者' }).check()
      await pick(dialog, '科室', '神经内科')
      await dialog.getByText('床位', { exact: true }).click()
    })
    await clerk.goto('/referrals?list=noSlot')
    await clerk.getByText(await numberOf(waiting)).waitFor()
    const ward = await stage.as('duty01')
    await ward.goto('/wards')
    const beds = ward.locator('.tm-card', { hasText: '神经内科病区' }).locator('.tm-bed')
    // Who is more urgent, and who has waited longer, stand before this patient: the first two beds are theirs.
    for (const bed of [beds.nth(0), beds.nth(1), beds.nth(2)]) {
      for (const next of ['腾空', '清洁完']) {
        await bed.click()
        await ward.getByRole('menuitem', { name: next }).click()
      }
      await bed.getByText('*').waitFor()
    }
    expect(await beds.nth(2).textContent()).toContain('孙')
    await clerk.goto(waiting)
    const dialog = await begin(clerk, '接收')
    await pick(dialog, '科室', '神经内科')
    await dialog.getByText(/候补已留：神经内科病区/).waitFor()
    await dialog.getByRole('button', { name: '就用这个' }).click()
    await date(dialog, '到诊时间', momentText(new Date(), 20))
    await dialog.getByRole('button', { name: '接收' }).last().click()
    await isNow(clerk, '已接受')
    const held = await stage.sql<{ status: string }>(
      'select status from capacity.reservation where thing = $1 and ended_at is null',
      [`referral:${waiting.split('/').pop()}`],
    )
    expect(held).toEqual([{ status: 'confirmed' }])
  })

  test('who has come is registered for several at once, and outcomes that were read leave the list together', async () => {
    // Whoever is expected is expected now: late in the evening the demonstration region awaits nobody today any more.
    await stage.sql(
      `update referral.referral set arrangement = jsonb_set(arrangement, '{at}', to_jsonb($1::text))
       where status = 'accepted' and arrangement is not null`,
      [new Date().toISOString()],
    )
    const clerk = await stage.as('clerk01')
    await clerk.goto('/referrals?list=arrivingToday')
    const rows = clerk.getByRole('checkbox', { name: /^勾选/ })
    await rows.first().waitFor()
    await clerk.getByRole('button', { name: '全选本页' }).click()
    await clerk.getByRole('button', { name: /^登记到诊（\d+ 件）$/ }).click()
    await clerk.getByText(/已办 [1-9]\d* 件/).waitFor()
    const doctor = await stage.as('gp01')
    await doctor.goto('/referrals?list=outcomeUnread')
    await doctor.getByRole('checkbox', { name: /^勾选/ }).first().waitFor()
    await doctor.getByRole('button', { name: '全选本页' }).click()
    await doctor.getByRole('button', { name: /^我已阅读结局（\d+ 件）$/ }).click()
    await doctor.getByText('这张清单上没有转诊单').waitFor()
    expect(stage.complaints).toEqual([])
  })
})
