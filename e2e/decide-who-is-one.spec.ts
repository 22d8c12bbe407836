import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoResidents } from '../server/src/modules/resident/demo/people.ts'
import { field } from './hands.ts'
import { openStage, PASSWORD, type Stage } from './stage.ts'

/** 居民 resident: who is one person is decided and undone; a record opened in an emergency is judged, and objected to. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** The hospital's own system sends the same person again, exactly as before. */
async function sendAgain(residentId: string): Promise<number> {
  const { url } = stage.product
  const grant = { grant_type: 'client_credentials', client_id: 'demo-his', client_secret: 'demo-his-secret' }
  const token = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(grant) })
  const { access_token: bearer } = (await token.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/fhir+json' }
  const patient = await fetch(`${url}/fhir/R4/Patient/${residentId}`, { headers })
  const body = await patient.text()
  return (await fetch(`${url}/fhir/R4/Patient/${residentId}`, { method: 'PUT', headers, body })).status
}

describe('two registrations that may be one person', () => {
  test('are compared, joined, taken apart, and stay apart when the same comes again', async () => {
    const clerk = await stage.as('clerk01')
    await clerk.goto('/resident-links')
    await clerk.getByRole('row').filter({ hasText: '1966-05-05' }).click()
    await clerk.waitForURL(/\/resident-links\/[0-9a-f-]{36}$/)
    const page = new URL(clerk.url()).pathname
    await clerk.getByRole('table', { name: '逐项比较' }).getByText('相同').first().waitFor()
    await field(clerk, '依据').fill('电话核实，本人确认两次登记都是她')
    await clerk.getByRole('button', { name: '是同一人（y）' }).click()
    await clerk.getByText('已认定为同一人').waitFor()
    await field(clerk, '依据').fill('身份证复印件不是同一人')
    await clerk.getByRole('button', { name: '撤销认定' }).click()
    await clerk.getByText('已撤销，两处档案分开').waitFor()
    const id = page.split('/').pop()
    const sides = await stage.sql<{ resident_id: string; other_id: string }>(
      'select resident_id, other_id from resident.link where id = $1',
      [id],
    )
    expect(await Promise.all(Object.values(sides[0] ?? {}).map(sendAgain))).toContain(200)
    await clerk.goto('/resident-links')
    await clerk.getByRole('row').filter({ hasText: '2019-06-01' }).waitFor()
    expect(await clerk.getByRole('row').filter({ hasText: '1966-05-05' }).count()).toBe(0)
    const states = await stage.sql<{ state: string }>('select state from resident.link where id = $1', [id])
    expect(states).toEqual([{ state: 'undone' }])
  })
})

describe('a record opened in an emergency', () => {
  const person = demoResidents()[6]

  test('is found by the number alone, opened for a reason, and judged by the office that was told', async () => {
    const doctor = await stage.as('emer01')
    await doctor.goto('/residents')
    await field(doctor, '姓名、证件号、手机号或居民码').fill(person?.number ?? '')
    await doctor.keyboard.press('Enter')
    await doctor.getByText('在册，本机构尚无查看依据').waitFor()
    await doctor.getByRole('button', { name: '紧急调阅' }).click()
    const dialog = doctor.getByRole('dialog')
    await field(dialog, '理由').fill('昏迷送入抢救室，须立即查过敏史')
    await dialog.getByRole('button', { name: '紧急调阅' }).click()
    await doctor.getByText('查看依据：紧急').waitFor()
    const head = await stage.as('head01')
    await head.goto('/')
    await head.getByText('复核紧急调阅').first().waitFor()
    await head.goto('/emergency-accesses')
    const line = head.getByRole('row').filter({ hasText: '昏迷送入抢救室' })
    await line.getByRole('button', { name: /复\s*核/ }).click()
    await field(head.getByRole('dialog'), '复核意见').fill('抢救记录属实')
    await head.getByRole('button', { name: '理由成立' }).last().click()
    await head.getByText('已复核').waitFor()
  })

  test('stands on the resident’s phone with who and why, and the resident objects', async () => {
    const phone: Page = await stage.open({ width: 390, height: 844 })
    await phone.goto('/me')
    await phone.getByLabel('手机号').fill(person?.phone ?? '')
    await phone.getByLabel('密码').fill(PASSWORD)
    await phone.getByRole('button', { name: /登\s*录/ }).click()
    await phone.getByRole('navigation').first().waitFor()
    await phone.goto('/me/access')
    const seen = phone.locator('.me-block').filter({ hasText: '昏迷送入抢救室' }).first()
    await seen.getByText('贺征').waitFor()
    await seen.getByRole('button', { name: '我有疑问' }).click()
    await phone.getByLabel('请写下您的疑问，医院会在 15 天内答复。').fill('当天我没有去过急诊')
    // A phone that was put away in between brings the words back.
    await phone.reload()
    await seen.getByRole('button', { name: '我有疑问' }).click()
    await phone.getByRole('button', { name: '提交疑问' }).click()
    await seen.getByText(/已提出疑问/).waitFor()
    const head = await stage.as('head01')
    await head.goto('/objections')
    await head.getByText('当天我没有去过急诊').waitFor()
    const file = head.waitForEvent('download')
    await head.getByRole('button', { name: '导出' }).click()
    expect(readFileSync(await (await file).path(), 'utf8')).toMatch(/贺征 · 紧急.*待答复/)
    const said = await stage.sql(
      `select e.state, o.state as objection, o.basis from resident.emergency_access e
        join resident.objection o using (resident_id) where e.reason = '昏迷送入抢救室，须立即查过敏史'`,
    )
    expect(said).toEqual([{ state: 'justified', objection: 'open', basis: 'emergency' }])
    expect(stage.complaints).toEqual([])
  })
})
