import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoResidents } from '../server/src/modules/resident/demo/people.ts'
import { choose, date, field, pick } from './hands.ts'
import { openStage, PASSWORD, type Stage } from './stage.ts'

/**
 * What the house stands on: 人员 workforce and 身份 identity (somebody new comes to work), 药事 pharmacy (a medicine that
 * is wanting is bought), 资源 capacity (a place is booked and given back), 联盟 network (an agreement is signed).
 */

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const [person] = demoResidents()

/** A day from today in Shanghai. */
const day = (ahead: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10)

test('the administrator enters a pharmacist with her licence, and gives her an account', async () => {
  const admin = await stage.as('admin11')
  await admin.goto('/practitioners')
  await admin.getByRole('button', { name: '登记人员' }).click()
  const staff = admin.getByRole('dialog')
  await field(staff, '姓名').fill('姜小芷')
  await choose(staff, '类别', '药师')
  await staff.getByRole('button', { name: '登记人员' }).click()
  await admin.waitForURL(/\/practitioners\/[0-9a-f-]{36}$/)
  await admin.getByRole('button', { name: '登记证书' }).click()
  const licence = admin.getByRole('dialog').filter({ hasText: '证书编号' })
  await choose(licence, '类别', '执业药师注册证')
  await field(licence, '证书编号').fill('991224000123')
  await date(licence, '有效期至', day(20))
  await licence.getByRole('button', { name: '登记证书' }).click()
  await licence.waitFor({ state: 'hidden' })
  await admin.goto('/licences')
  await admin.getByRole('row').filter({ hasText: '姜小芷' }).getByText('即将到期').waitFor()
  await admin.goto('/accounts')
  await admin.getByRole('button', { name: '添加账号' }).click()
  const account = admin.getByRole('dialog').filter({ hasText: '登录名' })
  await field(account, '姓名').fill('姜小芷')
  await field(account, '登录名').fill('pharm11')
  await choose(account, '在本机构的角色', '药师')
  await account.getByText('登录名').first().click()
  await pick(account, '人员', '姜小芷')
  await account.getByRole('button', { name: '添加账号' }).click()
  const once = admin.getByRole('dialog').filter({ hasText: '只显示这一次' })
  const first = (await once.locator('code').textContent()) ?? ''
  await once.getByRole('button', { name: '我已记下' }).click()
  const page = await stage.open()
  await page.goto('/')
  await page.getByLabel('登录名').fill('pharm11')
  await page.getByLabel('密码').fill(first)
  await page.getByRole('button', { name: /登\s*录/ }).click()
  await page.getByLabel('现在的密码').fill(first)
  await page.getByLabel('新密码', { exact: true }).fill(PASSWORD)
  await page.getByLabel('再输一遍').fill(PASSWORD)
  await page.getByRole('button', { name: '更换密码' }).click()
  await page.getByRole('navigation').first().waitFor()
  await page.context().close()
})

test('a medicine that a doctor misses is seen to by her, and the doctor says that the patients have it', async () => {
  const doctor = await stage.as('gp01')
  await doctor.goto('/formulary?q=西格列汀')
  await doctor
    .getByRole('row')
    .filter({ hasText: '西格列汀' })
    .getByRole('button', { name: '登记缺药' })
    .click()
  const wanted = doctor.getByRole('dialog')
  await field(wanted, '需要多少').fill('2 盒/月')
  await field(wanted, '为什么需要').fill('三级医院出院带药，须接着用')
  await wanted.getByRole('button', { name: '登记缺药' }).click()
  const pharmacist = await stage.as('pharm11')
  await pharmacist.goto('/shortages?whose=own')
  const line = pharmacist.getByRole('row').filter({ hasText: '须接着用' })
  await line.getByRole('button', { name: '采购' }).click()
  const bought = pharmacist.getByRole('dialog')
  await date(bought, '预计到货日', day(2))
  await bought.getByRole('button', { name: '采购' }).click()
  await line.getByText(`预计 ${day(2)} 到货`).waitFor()
  await line.getByRole('button', { name: '到货' }).click()
  await pharmacist.getByRole('dialog').getByRole('button', { name: '到货' }).click()
  await line.getByText('已到货').waitFor()
  await doctor.goto('/shortages?whose=own')
  await doctor
    .getByRole('row')
    .filter({ hasText: '须接着用' })
    .getByRole('button', { name: '患者已取药' })
    .click()
  await doctor.getByRole('dialog').getByRole('button', { name: '患者已取药' }).click()
  await doctor.getByRole('row').filter({ hasText: '须接着用' }).waitFor({ state: 'detached' })
  const [row] = await stage.sql<{ status: string }>(
    `select status from pharmacy.shortage where reason like '%须接着用%'`,
  )
  expect(row?.status).toBe('collected')
})

test('a place is booked for a resident, is seen by the hospital too, and is given back', async () => {
  const doctor = await stage.as('gp01')
  await doctor.goto(`/residents/${person?.id}`)
  await doctor.getByRole('button', { name: '约门诊或检查' }).click()
  const dialog = doctor.getByRole('dialog')
  await pick(dialog, '去哪家医院', '云泽市第一人民医院')
  await pick(dialog, '科室', '心血管内科')
  await dialog.getByRole('listitem').last().getByRole('button').click()
  await dialog.getByRole('button', { name: '约门诊或检查' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const held = () =>
    stage.sql<{ id: string; status: string; time: string }>(
      `select id, status, to_char(starts_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as time
        from capacity.reservation where resident_id = $1 order by made_at desc limit 1`,
      [person?.id],
    )
  const [made] = await held()
  expect(made?.status).toBe('confirmed')
  const clerk = await stage.as('clerk01')
  await clerk.goto(`/residents/${person?.id}`)
  await clerk.getByText(made?.time ?? '', { exact: true }).waitFor()
  // Asked again, that time is grey, says why, and cannot be chosen.
  await doctor.getByRole('button', { name: '约门诊或检查' }).click()
  await pick(dialog, '去哪家医院', '云泽市第一人民医院')
  await pick(dialog, '科室', '心血管内科')
  const bound = dialog.locator('.tm-times button[aria-disabled="true"]').first()
  await bound.hover()
  await doctor
    .getByRole('tooltip')
    .getByText(/已约.*时间重叠|在别处已有预约/)
    .waitFor()
  expect(await dialog.locator('.tm-times button[aria-pressed="true"]').count()).toBe(0)
  await dialog.getByRole('button', { name: /取\s*消/ }).click()
  await dialog.waitFor({ state: 'hidden' })
  const line = doctor
    .locator('.tm-card div')
    .filter({ has: doctor.getByText(made?.time ?? '', { exact: true }) })
  await line.last().getByRole('button', { name: '取消预约' }).click()
  await doctor.getByRole('dialog').getByRole('button', { name: '取消预约' }).click()
  await doctor.getByRole('dialog').waitFor({ state: 'hidden' })
  expect((await held())[0]).toMatchObject({ id: made?.id, status: 'released' })
})

test('on a phone since when a thing waits and what is to be done stand on one line', async () => {
  const office = await stage.as('office01', { width: 390, height: 844 })
  await office.goto('/')
  const line = office.getByRole('row').filter({ hasText: '远程影像与教学查房协议' })
  const places = [line.locator('[data-short="true"]'), line.getByRole('button', { name: '签署' })]
  const [since, act] = await Promise.all(places.map((place) => place.boundingBox()))
  const middle = (box: typeof since) => (box ? box.y + box.height / 2 : Number.NaN)
  expect(Math.abs(middle(since) - middle(act))).toBeLessThan(12)
})

test('an agreement is signed by the last party, and says so to both', async () => {
  const office = await stage.as('office01')
  await office.goto('/')
  const line = office.getByRole('row').filter({ hasText: '远程影像与教学查房协议' })
  expect(await line.textContent()).not.toContain('—')
  await line.getByRole('button', { name: '签署' }).click()
  await office.getByRole('heading', { name: '远程影像与教学查房协议' }).waitFor()
  await office.getByRole('button', { name: '签署' }).click()
  const dialog = office.getByRole('dialog')
  expect(await field(dialog, '签署人姓名').inputValue()).toBe('沈青禾')
  await dialog.getByRole('button', { name: '签署' }).click()
  await office.getByText(/各方已签齐，.* 起生效/).waitFor()
  await office.locator('[aria-current="step"] b').getByText('已签署').waitFor()
  await office.getByRole('table').getByRole('row').filter({ hasText: '市一院' }).getByText('沈青禾').waitFor()
  const [row] = await stage.sql<{ status: string }>(
    `select status from network.agreement where title = '远程影像与教学查房协议'`,
  )
  expect(row?.status).toBe('signed')
  expect(stage.complaints).toEqual([])
})
