import type { Role } from '@tongmai/api/identity/role'
import { register } from '../src/modules/resident/index.ts'
import { givenStaff } from './given-identity.ts'
import { type Answer, referralRegion } from './given-referral.ts'

let people = 0
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许']
const given = [...'安邦博超德恩帆刚浩杰凯磊敏宁鹏琪瑞爽涛文']

/** A basic package as a community would publish it, with one item a year, two quarterly and a right. */
export const packageBody = (more: object = {}) => ({
  code: 'JC',
  name: '基础服务包',
  level: 'basic',
  since: '2026-11-23',
  fee: [
    { source: 'insurance', fen: 6000 },
    { source: 'publicHealth', fen: 5000 },
    { source: 'personal', fen: 1000 },
  ],
  items: [
    {
      code: 'health-check',
      name: '健康评估',
      times: 1,
      period: 'year',
      performer: 'physician',
      evidence: ['visitNote'],
    },
    {
      code: 'bp',
      name: '血压测量',
      times: 1,
      period: 'quarter',
      performer: 'nurse',
      evidence: ['measurement'],
      shares: [{ source: 'personal', fen: 500 }],
    },
    { code: 'advice', name: '健康咨询', times: 1, period: 'asNeeded', performer: 'anyone', evidence: [] },
  ],
  ...more,
})

/** The referral region with GP teams at two communities, a secondary hospital, and a package in force. */
export async function contractRegion() {
  const g = await referralRegion()
  const { world, centre, hospital, third, gpDoctor, otherGp } = g
  await world.sql(`update network.institution set tier = 'tertiary' where id = $1`, [hospital])
  await world.sql(`update network.institution set tier = 'primary' where id = any ($1)`, [[centre, third]])
  const teamOf = async (institutionId: string, name: string, members: readonly string[]) => {
    const id = crypto.randomUUID()
    await world.sql(
      `insert into workforce.team (institution_id, id, name, kind, phone, since) values ($1, $2, $3, 'gp', '0999-1', '2020-01-01')`,
      [institutionId, id, name],
    )
    for (const [i, member] of members.entries()) {
      await world.sql(
        `insert into workforce.team_member (institution_id, team_id, practitioner_id, leads, since) values ($1, $2, $3, $4, '2020-01-01')`,
        [institutionId, id, member, i === 0],
      )
    }
    return id
  }
  const team = await teamOf(centre, '河湾第一团队', [gpDoctor.id, otherGp.id])
  const [thirdDoctor] = await world.sql<{ id: string }>(
    `select p.id from workforce.practitioner p where p.institution_id = $1`,
    [third],
  )
  const thirdTeam = await teamOf(third, '外院团队', [thirdDoctor?.id ?? ''])
  const roles: Role[] = ['gp', 'office-head', 'nurse']
  const staffOf = async (institutionId: string, practitioner: string, name: string) =>
    (await givenStaff(world, institutionId, roles, { practitioner, name })).headers
  const boss = await staffOf(centre, gpDoctor.id, '林晓')
  const elsewhere = await staffOf(third, thirdDoctor?.id ?? '', '钱三')
  // These tests move the clock by years; nobody is to be signed out by it.
  const stayIn = () => world.sql(`update identity.session set until = '2036-01-01', seen_at = '2035-01-01'`)
  await stayIn()
  const post = (headers: Readonly<Record<string, string>>, path: string, body: unknown = {}) =>
    g.ask('POST', path, { headers, body })
  const get = (headers: Readonly<Record<string, string>>, path: string) => g.ask('GET', path, { headers })
  const publish = async (headers = boss, more: object = {}): Promise<string> => {
    const answer = await post(headers, '/service-packages', packageBody(more))
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.json))
    return answer.json.id
  }
  const basic = await publish()

  /** Somebody registered at the centre, with an identity number of an invented division. */
  const resident = async (more: { at?: string; birthDate?: string; name?: string } = {}): Promise<string> => {
    // Unlike each other in every way, so that nobody is taken for somebody else.
    const n = people++
    const born = `19${50 + (n % 40)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`
    const { id } = await world.world.asSystem(more.at ?? centre, (ctx) =>
      register(ctx, {
        name:
          more.name ??
          `${surnames[n % surnames.length]}${given[(n * 7) % given.length]}${given[(n * 3) % given.length]}`,
        sex: n % 2 === 0 ? 'male' : 'female',
        birthDate: more.birthDate ?? born,
        phone: `139${String(10_000_000 + n * 7_919_111).slice(-8)}`,
        address: `河湾区${given[n % given.length]}街 ${n * 13 + 1} 号`,
        divisionCode: null,
        documents: [{ kind: '03', number: `CONTRACT${1000 + n * 37}`, country: 'SGP' }],
      }),
    )
    return id
  }
  const signBody = (residentId: string, more: object = {}) => ({
    teamId: team,
    doctorId: gpDoctor.id,
    tertiaryId: hospital,
    consentVersion: '2026-1',
    signature: { kind: 'paper', signer: '王小明' },
    members: [{ residentId, packageIds: [basic] }],
    ...more,
  })
  const sign = (residentId: string, more: object = {}): Promise<Answer> =>
    post(boss, '/contracts', signBody(residentId, more))
  /** Signed, or the test ends here. */
  const signed = async (residentId: string, more: object = {}): Promise<string> => {
    const answer = await sign(residentId, more)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.json))
    return answer.json.contracts[0].id
  }
  /** The hash of an uploaded file. */
  const upload = async (headers: Readonly<Record<string, string>>, bytes: Buffer): Promise<string> => {
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'
    const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--x--\r\n')])
    const type = { 'content-type': 'multipart/form-data; boundary=x' }
    const sent = { method: 'POST' as const, url: '/api/files', headers: { ...headers, ...type }, payload }
    const answer = await world.app.inject(sent)
    if (answer.statusCode !== 200) throw new Error(answer.body)
    return answer.json().hash
  }
  return {
    ...{ ...g, team, thirdTeam, thirdDoctor: thirdDoctor?.id ?? '', boss, elsewhere, basic },
    ...{ stayIn, post, get, publish, resident, signBody, sign, signed, upload },
  }
}
export type ContractRegion = Awaited<ReturnType<typeof contractRegion>>
