import type { Ctx } from './kernel/ctx.ts'
import { demoId } from './kernel/demo.ts'
import { addClient } from './modules/identity/index.ts'
import { demoSites } from './modules/network/index.ts'
import { demoResidents } from './modules/resident/index.ts'
import { DEMO_PASSWORD, demoStaff } from './modules/workforce/index.ts'

/** The system client of each institution of the demonstration region; the lead hospital's is the one in the guide. */
const clients = demoSites.map(({ code, name }) => {
  const clientId = code === 'LEAD' ? 'demo-his' : `demo-${code.toLowerCase()}`
  return {
    // Only where nobody listens: a demonstration calls no address outside this machine.
    ...(code === 'LEAD' ? { notifyUrls: ['http://127.0.0.1:9/'] } : {}),
    id: clientId,
    secret: `${clientId}-secret`,
    name: `${name} HIS`,
    institutionId: demoId('network', code),
  }
})

/** Adds the clients; they may do everything inside their institution, under law 6 like anyone. */
export async function addDemoClients(ctx: Ctx): Promise<void> {
  for (const client of clients) await addClient(ctx, { ...client, scopes: ['system/*.cruds'] })
}

const roleNames: Readonly<Record<string, string>> = {
  gp: '全科医生',
  specialist: '专科医生',
  nurse: '护士',
  'referral-clerk': '转诊办',
  'office-head': '转诊办主任',
  'duty-officer': '总值班',
  pharmacist: '药师',
  dispatcher: '转运调度',
  crew: '转运车组',
  'quality-control': '检验影像质控',
  'alliance-office': '医联体办公室',
  'health-commission': '卫健委',
  it: '信息科',
  admin: '机构管理员',
}

/** A cell of a table in a terminal, where a Chinese character is two columns wide. */
const cell = (text: string, width: number): string => {
  const columns = [...text].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0)
  return text + ' '.repeat(Math.max(1, width - columns))
}

/** How to get into the demonstration region: every account and client, a line each. */
export function demoAccounts(): string[] {
  const names = new Map(demoSites.map((site) => [site.code, site.shortName]))
  const staff = demoStaff.map((s) => {
    const roles = s.roles.map((role) => roleNames[role] ?? role).join('、')
    return (
      cell(roles, 30) +
      cell(s.name, 10) +
      cell(names.get(s.institution) ?? s.institution, 26) +
      cell(s.username, 12) +
      DEMO_PASSWORD
    )
  })
  const residents = demoResidents()
    .filter((r) => r.hasAccount)
    .map((r) => cell('居民', 30) + cell(r.name, 10) + cell('', 26) + cell(r.phone, 12) + DEMO_PASSWORD)
  const systems = clients.map(
    (c) => cell('系统客户端', 30) + cell('', 10) + cell(c.name, 26) + cell(c.id, 12) + c.secret,
  )
  return [
    `${cell('角色 role', 30) + cell('姓名', 10) + cell('机构', 26) + cell('账号', 12)}密码`,
    ...staff,
    ...residents,
    ...systems,
  ]
}
