import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { choose, date, field, momentText, move, pick } from './hands.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * The journey (网络 network, 身份 identity, 人员 workforce, 居民 resident, 档案 record, 转诊 referral, 通知 notice): a real
 * history comes in over FHIR, a family doctor refers up, the hospital asks, accepts, treats and gives the patient back.
 * Every act is a click by whoever may do it; tests of one file run one after the other and build on each other.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const bundle = 'server/test/material/synthea-r4/Mafalda_Turcotte_80833fb2-95c1-4f5b-ab5e-26230287ee61.json.gz'
const pictures = process.env.PICTURES

let stage: Stage
let upUrl = ''
let downUrl = ''
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** For the README: `PICTURES=docs/pictures npm run test:e2e`. */
async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.waitForTimeout(400)
  await page.screenshot({ path: `${pictures}/${name}.png` })
}

const open = async (username: string, url: string): Promise<Page> => {
  const page = await stage.as(username)
  await page.goto(url)
  return page
}
const stateOf = (page: Page) => page.locator('[aria-current="step"] b')
const isNow = (page: Page, state: string) =>
  stateOf(page).getByText(state, { exact: true }).waitFor({ timeout: 15_000 })
const now = async (): Promise<Date> =>
  new Date(
    (
      await stage.sql<{ at: Date }>(
        `select clock_timestamp() + make_interval(secs => offset_ms / 1000.0) as at from kernel.clock`,
      )
    )[0]?.at ?? 0,
  )
const ownerOf = async () =>
  (
    await stage.sql<{ duty: string; step: string; escalated: number }>(
      `select duty, step, escalated from kernel."case" where thing = $1 and closed_at is null`,
      [`referral:${(downUrl || upUrl).split('/').pop()}`],
    )
  )[0]

describe('a patient is referred up, treated, and comes back', () => {
  test('a history of a real FHIR Bundle is brought in for the community centre', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['scripts/import.ts', '--institution', 'CHC01', bundle],
      { cwd: root, env: { ...process.env, DATA_DIR: stage.product.dataDir } },
    )
    expect(stdout).toContain('Patient')
  })

  test('the family doctor finds the patient and opens the record; the opening is in the access log', async () => {
    const page = await stage.as('gp01')
    await page.getByRole('link', { name: '查找居民' }).click()
    await field(page, '姓名、证件号、手机号或居民码').fill('Mafalda Turcotte')
    await date(page, '出生日期', '1969-03-05')
    await page.getByRole('button', { name: /查\s*找/ }).click()
    await page.getByRole('table', { name: '查找居民' }).getByRole('row').nth(1).click()
    await page.getByText('Mafalda').first().waitFor()
    await page.getByText('心房颤动').first().waitFor()
    await picture(page, 'resident')
    await page.getByRole('link', { name: '打开档案' }).first().click()
    await page.getByRole('heading', { name: '档案' }).first().waitFor()
    await picture(page, 'record')
    const opened = await stage.sql<{ basis: string }>(
      `select distinct a.basis from kernel.access a join identity.account i on i.id::text = a.actor_id join resident.resident r on r.resident_id = a.resident_id where i.username = 'gp01' and r.birth_date = '1969-03-05' and r.name_masked = 'M*'`,
    )
    expect(opened.map((o) => o.basis)).toEqual(['treatment'])
  })

  test('she writes an up-referral to the cardiology of the hospital, and it is sent', async () => {
    const page = await stage.as('gp01')
    await page.goBack()
    await page.getByRole('button', { name: '写转诊单' }).click()
    await pick(page, '接收机构', '云泽市第一人民医院')
    await pick(page, '科室', '心血管内科')
    await field(page, '诊断名称').fill('阵发性心房颤动')
    await field(page, '诊断编码（ICD-10）').fill('I48.0')
    await field(page, '主要现病史（转出原因）').fill(
      '反复心悸三周，心电图示心房颤动，社区无法行动态心电图与抗凝评估。',
    )
    await field(page, '初步印象').fill('心房颤动，卒中风险待评估')
    await page.getByRole('checkbox', { name: '患者已知情并同意转诊' }).check()
    await field(page, '签名人').fill('Mafalda Turcotte')
    await page.getByRole('button', { name: '保存并发出' }).click()
    await page.waitForURL(/\/referrals\/[0-9a-f-]{36}$/)
    await isNow(page, '已提交')
    upUrl = new URL(page.url()).pathname
    expect(await ownerOf()).toMatchObject({ duty: 'referral.answer', step: 'submitted' })
  })

  test('a third community centre is told that there is no such referral', async () => {
    const page = await open('gp02', upUrl)
    await page.getByText('没有这张转诊单').first().waitFor()
    expect(await page.getByText('Mafalda').count()).toBe(0)
  })

  test('the referral office sees it live and asks for what is missing', async () => {
    const clerk = await stage.as('clerk01')
    await clerk.goto('/')
    await clerk.getByRole('button', { name: '接收' }).first().waitFor()
    await picture(clerk, 'work-list')
    await clerk.goto(upUrl)
    await isNow(clerk, '已提交')
    const doctor = await open('gp01', upUrl)
    await move(clerk, '要求补充材料', (dialog) => field(dialog, '说明').fill('请补充近一周血压记录和用药'))
    // Nobody reloads: the doctor's open page follows by itself.
    await isNow(doctor, '待补充')
    await move(doctor, '补充材料', (dialog) => field(dialog, '说明').fill('血压 130/80 左右，未服抗凝药。'))
    await isNow(clerk, '已提交')
  })

  test('nobody answers in time: the running worker escalates to the head of the office', async () => {
    await stage.passTime(25)
    const head = await stage.as('head01')
    await expect.poll(async () => (await ownerOf())?.escalated, { timeout: 20_000 }).toBeGreaterThan(0)
    await head.goto('/inbox')
    await head.getByText('Mafalda').or(head.getByText('M*')).or(head.getByText('超时')).first().waitFor()
    const clerk = await open('clerk01', '/')
    await clerk.getByText('已升级').first().waitFor()
  })

  test('the form cannot be printed before there is an arrangement; after acceptance it can', async () => {
    const clerk = await open('clerk01', upUrl)
    await clerk.getByText('对方接收并安排科室、时间之后才能打印正式转诊单').waitFor()
    const at = momentText(await now(), 20)
    await move(clerk, '接收', async (dialog) => {
      await pick(dialog, '科室', '心血管内科')
      await pick(dialog, '接诊医生', '陈立衡')
      await date(dialog, '到诊时间', at)
      await field(dialog, '地点、号源或床位').fill('门诊楼 3 层 12 诊室')
    })
    await isNow(clerk, '已接受')
    const doctor = await open('gp01', upUrl)
    await isNow(doctor, '已接受')
    await picture(doctor, 'referral')
    const form = await doctor.context().request.get(`/api${upUrl}/form.pdf`)
    expect(form.headers()['content-type']).toBe('application/pdf')
    expect((await form.body()).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await ownerOf()).toMatchObject({ step: 'accepted' })
  })

  test('the patient sets out, arrives, and a named physician takes her into care', async () => {
    const doctor = await open('gp01', upUrl)
    await move(doctor, '已通知患者出发')
    await isNow(doctor, '转诊中')
    const clerk = await open('clerk01', upUrl)
    await move(clerk, '登记到诊')
    await isNow(clerk, '已到诊')
    const heart = await open('cardio01', upUrl)
    await move(heart, '接诊')
    await isNow(heart, '已接诊')
    await heart.getByText('陈立衡').first().waitFor()
    // Her licence ended yesterday: the page says so, since when, and whom to call, before she tries.
    const lapsed = await open('cardio03', upUrl)
    await lapsed
      .getByRole('complementary')
      .getByText(/执业证书 .* 起已失效/)
      .first()
      .waitFor()
  })

  test('the treatment ends with its outcome and discharge summary, and the patient shall go back', async () => {
    const heart = await open('cardio01', upUrl)
    await move(heart, '完成治疗', async (dialog) => {
      await choose(dialog, '治疗结果', '好转')
      await field(dialog, '诊断名称').fill('阵发性心房颤动')
      await field(dialog, '诊断编码（ICD-10）').fill('I48.0')
      await field(dialog, '出院小结').fill(
        '动态心电图证实阵发性房颤，CHA2DS2-VASc 2 分，开始口服抗凝，心率控制良好。',
      )
      await field(dialog, '下一步治疗方案').fill('利伐沙班 20 mg 每日一次，美托洛尔缓释片 47.5 mg 每日一次。')
    })
    await isNow(heart, '治疗完成')
    await move(heart, '转入待下转')
    await isNow(heart, '待下转')
  })

  test('the down-referral names the family doctor, the rehabilitation plan and the medicines to continue', async () => {
    const heart = await open('cardio01', upUrl)
    await heart.getByRole('complementary').getByRole('button', { name: '写下转单' }).click()
    await field(heart, '康复计划').waitFor()
    await pick(heart, '责任家庭医生', '王海棠')
    await field(heart, '康复计划').fill('每周快走 5 次，每次 30 分钟；限酒；自测脉搏。')
    await date(heart, '首次随访日期', momentText(await now(), 24 * 5).slice(0, 10))
    await heart.getByRole('button', { name: '添加药品' }).click()
    await field(heart, '药品').last().fill('利伐沙班片')
    await field(heart, '每次剂量').last().fill('20 mg')
    await field(heart, '用法频次').last().fill('每日一次')
    await heart.getByRole('button', { name: '保存并发出' }).click()
    await heart.waitForURL(
      (url) => /\/referrals\/[0-9a-f-]{36}$/.test(url.pathname) && url.pathname !== upUrl,
    )
    await isNow(heart, '下转已提交')
    downUrl = new URL(heart.url()).pathname
    expect(await ownerOf()).toMatchObject({ step: 'downReferralSubmitted' })
  })

  test('the named family doctor takes over, follows up once, and the loop is closed', async () => {
    const doctor = await open('gp01', '/')
    await doctor.getByText(/承接/).first().waitFor()
    await doctor.goto(downUrl)
    await move(doctor, '承接')
    await isNow(doctor, '基层已承接')
    await stage.passTime(24)
    const later = await open('gp01', downUrl)
    await move(later, '记录首次随访', async (dialog) => {
      await choose(dialog, '随访方式', '上门随访')
      await choose(dialog, '随访情况', '平稳')
      await field(dialog, '随访记录').fill('无心悸、无出血，脉搏 72 次/分，按时服药。')
    })
    await isNow(later, '首次随访完成')
    await move(later, '结案')
    await isNow(later, '已结案')
    const heart = await open('cardio01', upUrl)
    await isNow(heart, '已结案')
    expect(await ownerOf()).toBeUndefined()
  })

  test('the alliance office sees grids, institutions and the one gap on the map', async () => {
    const page = await open('office01', '/map')
    await page.getByText('临湖街道').first().waitFor()
    await page.getByText('空白 1 处').waitFor()
    await picture(page, 'map')
  })

  test('an engineer browses the documentation of the API', async () => {
    const page = await stage.open()
    await page.goto('/api/docs/')
    await page.getByText('Events whose reaction failed, oldest first.').first().waitFor({ timeout: 30_000 })
  })

  test('on no page did the browser complain', () => {
    expect(stage.complaints).toEqual([])
  })
})
