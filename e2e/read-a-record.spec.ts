import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoResidents } from '../server/src/modules/resident/demo/people.ts'
import { choose, date, field } from './hands.ts'
import { openStage, PASSWORD, type Stage } from './stage.ts'

/** 居民 resident, 档案 record: somebody is found by whatever is known of them, and read from the first page to the source. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const [person] = demoResidents()
const id = person?.id ?? ''

/** What the access log says the doctor opened of this person since a moment. */
async function opened(since: Date): Promise<string[]> {
  // The log is committed before the answer leaves.
  const rows = await stage.sql<{ thing: string }>(
    'select distinct thing from kernel.access where resident_id = $1 and at >= $2 order by 1',
    [id, since],
  )
  return rows.map(({ thing }) => thing)
}

test('a resident is found by name, initials, number and telephone, with the name in full and the basis beside it', async () => {
  const since = new Date()
  const doctor = await stage.as('gp01')
  await doctor.goto('/residents')
  for (const said of ['张建国', 'zjg', person?.number ?? '', person?.phone ?? '']) {
    await field(doctor, '姓名、证件号、手机号或居民码').fill(said)
    const answer = doctor.waitForResponse((one) => one.url().endsWith('/api/residents/search'))
    await doctor.keyboard.press('Enter')
    await answer
    const line = doctor.getByRole('row').filter({ hasText: '1958-04-12' })
    await line.getByText('张建国', { exact: true }).waitFor()
    await line.getByText(/诊疗|签约/).waitFor()
    expect(await line.textContent()).not.toContain(person?.number)
  }
  expect(await opened(since)).toEqual(['search'])
  // Without a mouse: out of the field, to the line, in.
  for (const key of ['Escape', 'j', 'Enter']) await doctor.keyboard.press(key)
  await doctor.waitForURL(`**/residents/${id}`)
  const banner = doctor.getByRole('region', { name: '病人' })
  await banner.getByText('青霉素').waitFor()
  await banner.getByRole('link', { name: /0999-/ }).waitFor()
})

test('the record shows the way of a value as a chart, and the same as a table that says who measured it', async () => {
  const doctor = await stage.as('gp01')
  await doctor.goto(`/residents/${id}`)
  await doctor.getByRole('link', { name: '打开档案' }).click()
  await doctor.getByRole('button', { name: /^糖化血红蛋白/ }).click()
  const dialog = doctor.getByRole('dialog')
  await dialog.getByText('糖化血红蛋白（%） · 参考范围 4–6').waitFor()
  await dialog.locator('svg path').first().waitFor()
  await dialog.getByRole('button', { name: '看表格' }).click()
  const rows = dialog.getByRole('table').getByRole('row')
  expect(await rows.count()).toBeGreaterThan(3)
  await rows.filter({ hasText: '云泽市第一人民医院' }).first().waitFor()
  await doctor.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await doctor.emulateMedia({ media: 'print' })
  await doctor.getByText(/王海棠 打印于 /).waitFor()
  // Paper has nothing to unfold: what the page keeps back is printed.
  const kept = doctor.getByRole('listitem').filter({ hasText: '丙氨酸氨基转移酶' })
  await kept.waitFor()
  await doctor.emulateMedia({ media: 'screen' })
  await kept.waitFor({ state: 'hidden' })
})

test('the time line is narrowed to what one hospital wrote, a document is read, and a fact says where it comes from', async () => {
  const doctor = await stage.as('gp01')
  await doctor.goto(`/residents/${id}/record`)
  await doctor.getByRole('link', { name: '查看全部经过' }).click()
  await field(doctor, '名称、结论、机构').fill('lgym')
  await doctor.keyboard.press('Enter')
  await doctor.getByText('流感疫苗').first().waitFor()
  await doctor.getByText('心电图（扫描件）').waitFor({ state: 'detached' })
  await doctor.getByRole('button', { name: '清除筛选' }).click()
  await choose(doctor, '类别', '文书')
  await doctor.getByText('心电图（扫描件）').waitFor()
  await doctor.getByText('流感疫苗').waitFor({ state: 'detached' })
  await choose(doctor, '录入机构', '云泽市第一人民医院')
  await doctor.getByText('心电图（扫描件）').waitFor({ state: 'detached' })
  await date(doctor, '从', '2026-01-01')
  await doctor.getByRole('button', { name: /^出院小结/ }).click()
  await doctor.getByRole('dialog').getByRole('link', { name: '阅读文书' }).click()
  await doctor.waitForURL(/\/documents\//)
  await doctor.getByText('C-CDA').waitFor()
  const file = doctor.waitForEvent('download')
  await doctor.getByRole('button', { name: '下载原件' }).click()
  expect((await file).suggestedFilename()).toMatch(/\.xml$/)
  await doctor.goto(`/residents/${id}/record`)
  await doctor.getByRole('button', { name: /^阿司匹林肠溶片/ }).click()
  const source = doctor.getByRole('dialog')
  await source.getByText('云泽市第一人民医院').first().waitFor()
  await source.getByText(/^第 1 版$/).waitFor()
  await source.getByText('原始数据（FHIR）').click()
  await source.getByText('"resourceType": "MedicationRequest"').waitFor()
  await doctor.keyboard.press('Escape')
  await doctor.getByRole('link', { name: '健康摘要（IPS）' }).click()
  const allergies = doctor.locator('.tm-card').filter({ hasText: '过敏与不良反应' })
  await allergies.getByRole('row').filter({ hasText: '青霉素' }).waitFor()
  const given = doctor.waitForEvent('download')
  await doctor.getByRole('button', { name: '下载文件（FHIR）' }).click()
  const bundle = JSON.parse(readFileSync(await (await given).path(), 'utf8'))
  expect([bundle.type, bundle.entry[0].resource.resourceType]).toEqual(['document', 'Composition'])
  expect(stage.complaints).toEqual([])
})

/** A report that the hospital's system sends with a PDF and a picture. */
async function sendReport(): Promise<void> {
  const { url } = stage.product
  const grant = { grant_type: 'client_credentials', client_id: 'demo-his', client_secret: 'demo-his-secret' }
  const token = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(grant) })
  const { access_token: bearer } = (await token.json()) as { access_token: string }
  const file = (contentType: string, title: string, bytes: Buffer) => ({
    ...{ contentType, title },
    data: bytes.toString('base64'),
  })
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
    'base64',
  )
  const made = await fetch(`${url}/fhir/R4/DiagnosticReport`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify({
      ...{ resourceType: 'DiagnosticReport', status: 'final', code: { text: '动态心电图' } },
      ...{ subject: { reference: `Patient/${id}` }, effectiveDateTime: '2026-11-20T09:00:00+08:00' },
      presentedForm: [
        file('application/pdf', '报告单', Buffer.from('%PDF-1.4\n%%EOF')),
        file('image/png', '波形', png),
      ],
    }),
  })
  expect(made.status).toBe(201)
}

test('a report opens as it was issued, file by file, on the desk of the hospital and on the phone of whom it is about', async () => {
  await sendReport()
  const doctor = await stage.as('cardio01')
  await doctor.goto(`/residents/${id}/record`)
  await doctor.getByRole('button', { name: /^动态心电图/ }).click()
  await doctor.getByRole('dialog').getByRole('link', { name: '打开原件' }).click()
  const page = doctor.locator('iframe[title="动态心电图"]')
  await page.waitFor()
  expect(await page.getAttribute('src')).toMatch(/^blob:/)
  await doctor.getByRole('button', { name: '波形' }).click()
  const picture = doctor.getByRole('img', { name: '动态心电图' })
  await picture.waitFor()
  expect(await picture.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(10)
  const file = doctor.waitForEvent('download')
  await doctor.getByRole('button', { name: '下载原件' }).click()
  expect((await file).suggestedFilename()).toBe('波形.png')

  const phone = await stage.open({ width: 390, height: 844 })
  await phone.request.post('/api/resident-session', {
    data: { phone: person?.phone, password: PASSWORD },
    headers: { origin: stage.product.url },
  })
  await phone.goto('/me/record')
  await phone.getByRole('link', { name: /动态心电图/ }).click()
  const reader = phone.getByRole('link', { name: /^打开文件（\d+ KB）$/ })
  await reader.waitFor()
  expect(await reader.getAttribute('href')).toMatch(/^blob:/)
  await phone.getByRole('button', { name: '波形' }).click()
  await phone.getByRole('img', { name: '动态心电图' }).waitFor()
  expect(stage.complaints).toEqual([])
})
