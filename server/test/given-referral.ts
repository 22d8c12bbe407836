import type { Role } from '@tongmai/api/identity/role'
import type { ReferralStatus } from '@tongmai/api/referral/flow'
import { register } from '../src/modules/resident/index.ts'
import { addPractitioner } from '../src/modules/workforce/index.ts'
import { givenStaff } from './given-identity.ts'
import { agreement } from './given-partner.ts'
import { type Region, region } from './world.ts'

type Headers = Readonly<Record<string, string>>

/** An answer of the API, read. */
export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  readonly json: any
  readonly bytes: Buffer
}

const everyRole: Role[] = ['gp', 'specialist', 'nurse', 'referral-clerk', 'office-head']

interface Doctor {
  readonly id: string
  readonly licenceUntil?: string | null
}

const RESIDENTS = 30
const fail = (): never => {
  throw new Error('no resident is left')
}

/** A hospital and a community centre with an agreement between them, a third hospital with none, and their people. */
export async function referralRegion() {
  const world = await region()
  await world.setNow(new Date('2026-11-23T09:00:00+08:00'))
  const hospital = await institution(world, 'LEAD', '市一院', 'generalHospital')
  const centre = await institution(world, 'COMM', '河湾社区', 'communityCentre')
  const third = await institution(world, 'OTHER', '三院', 'generalHospital')
  const cardiology = await department(world, hospital, '心内科')
  const thirdWard = await department(world, third, '内科')
  await agreement(world, hospital, centre)
  const gpDoctor = await doctor(world, centre, '林晓', { scope: 'generalPractice' })
  const otherGp = await doctor(world, centre, '高远', { scope: 'generalPractice' })
  const heartDoctor = await doctor(world, hospital, '周正', { scope: 'internalMedicine' })
  const lapsedDoctor = await doctor(world, hospital, '贾过期', {
    scope: 'internalMedicine',
    licenceUntil: '2026-11-22',
  })
  const thirdDoctor = await doctor(world, third, '钱三', { scope: 'generalPractice' })
  const nurseAt = await nurse(world, centre, '梅芳')
  const staff = (at: string, roles: Role[], who?: Doctor, name?: string) =>
    givenStaff(world, at, roles, { ...(who ? { practitioner: who.id } : {}), ...(name ? { name } : {}) })
  const people = {
    gp: await staff(centre, ['gp'], gpDoctor, '林晓'),
    otherGp: await staff(centre, ['gp'], otherGp, '高远'),
    nurse: await staff(centre, ['nurse'], nurseAt, '梅芳'),
    head: await staff(centre, ['office-head'], undefined, '主任'),
    clerk: await staff(hospital, ['referral-clerk'], undefined, '办事员'),
    officeHead: await staff(hospital, ['office-head'], undefined, '转诊办主任'),
    dutyOfficer: await staff(hospital, ['duty-officer'], undefined, '总值班'),
    specialist: await staff(hospital, ['specialist'], heartDoctor, '周正'),
    lapsed: await staff(hospital, ['specialist'], lapsedDoctor, '贾过期'),
    ward: await staff(hospital, ['nurse'], undefined, '护士'),
    /** Every clinical role at once, so that only the flow can say no. */
    wholeHospital: await staff(hospital, everyRole, heartDoctor),
    wholeCentre: await staff(centre, everyRole, gpDoctor),
    stranger: await staff(third, everyRole, thirdDoctor, '外人'),
  }
  // These tests move the clock by weeks; nobody is to be signed out by it.
  await world.sql(`update identity.session set until = '2036-01-01', seen_at = '2035-01-01'`)
  // At most one live referral of a kind for a resident: each body is of the next one.
  const residents: string[] = []
  for (let n = 0; n < RESIDENTS; n++) residents.push(await person(world, centre))
  let residentId = residents[0] as string
  const nextResident = (): string => {
    residentId = residents.shift() ?? fail()
    return residentId
  }

  const ask = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    { headers, body }: { headers?: Headers | undefined; body?: unknown },
  ): Promise<Answer> => {
    const answer = await world.app.inject({
      method,
      url: `/api${path}`,
      headers: headers ?? {},
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const isJson = String(answer.headers['content-type']).includes('json')
    return { status: answer.statusCode, json: isJson ? answer.json() : null, bytes: answer.rawPayload }
  }
  const who = (name: keyof typeof people): Headers => people[name].headers
  const post = (as: keyof typeof people, path: string, body: unknown = {}) =>
    ask('POST', path, { headers: who(as), body })
  const get = (as: keyof typeof people, path: string) => ask('GET', path, { headers: who(as) })

  const draftBody = (more: object = {}) => ({
    residentId: nextResident(),
    direction: 'up',
    toInstitutionId: hospital,
    toDepartmentId: cardiology,
    form: {
      firstImpression: '不稳定型心绞痛',
      reason: '反复胸痛两周,活动后加重',
      pastHistory: '高血压十年',
      allergies: '青霉素',
      treatmentSoFar: '阿司匹林、他汀',
      diagnosis: { code: 'I20.0', text: '不稳定型心绞痛' },
      indications: ['up.needsExamination'],
      consent: { agreed: true, signer: '王小明', relation: '0', at: world.world.now().toISOString() },
    },
    ...more,
  })
  const arrangement = (hours = 24) => ({
    departmentId: cardiology,
    practitionerId: heartDoctor.id,
    at: new Date(world.world.now().getTime() + hours * 3_600_000).toISOString(),
    place: '门诊三楼 12 诊室',
    instructions: '空腹,带既往心电图',
  })
  const outcome = () => ({
    result: 'improved',
    diagnosis: { code: 'I20.0', text: '不稳定型心绞痛' },
    summary: '行冠脉造影,前降支狭窄 70%,置入支架一枚,术后平稳。',
    nextPlan: '双联抗血小板一年',
    inpatientNumber: 'ZY0001',
    disposition: 'communityOrTownship',
  })
  const followUp = () => ({
    at: world.world.now().toISOString(),
    method: 'visit',
    finding: 'stable',
    note: '血压 128/76,无胸痛',
  })
  /** An institution that we only know by name. */
  const outside = async (name: string): Promise<string> => {
    const id = crypto.randomUUID()
    await world.sql(
      `insert into network.institution (id, code, name, short_name, kind, external, added_at, changed_at)
        values ($1, $2, $3, $3, 'external', true, now(), now())`,
      [id, `X${residents.length}`, name],
    )
    return id
  }
  const later = (hours: number) => world.setNow(new Date(world.world.now().getTime() + hours * 3_600_000))

  return {
    ...{ world, hospital, centre, third, cardiology, thirdWard, people },
    ...{ gpDoctor, otherGp, heartDoctor, lapsedDoctor },
    ...{ ask, post, get, draftBody, arrangement, outcome, followUp, later, outside },
    /** Of the body that was made last. */
    get residentId() {
      return residentId
    },
  }
}
export type ReferralRegion = Awaited<ReturnType<typeof referralRegion>>

/** A down-referral's body, complete. */
export const downBody = (g: ReferralRegion) => ({
  ...g.draftBody(),
  direction: 'down',
  toInstitutionId: g.centre,
  toDepartmentId: null,
  toPractitionerId: g.gpDoctor.id,
  returnNote: {
    diagnosisResult: '冠心病 PCI 术后',
    inpatientNumber: 'ZY0001',
    mainResults: '前降支狭窄 70%',
    treatment: '支架一枚',
    nextPlan: '双抗一年',
    rehabPlan: '每日步行三十分钟,四周后复评',
    medicines: [
      { name: '阿司匹林肠溶片', dose: '100 mg', route: '口服', frequency: '每日一次', days: 30 },
      { name: '替格瑞洛片', dose: '90 mg', route: '口服', frequency: '每日两次', days: 30 },
    ],
    followUpOn: '2026-11-30',
  },
})

/** Sets a referral's state behind the API's back, with the case its owner would have, for loops over states. */
export async function putInState(world: Region, id: string, status: ReferralStatus): Promise<void> {
  await world.sql('update referral.referral set status = $2, ended_at = null where id = $1', [id, status])
}

async function institution(world: Region, code: string, name: string, kind: string): Promise<string> {
  const id = crypto.randomUUID()
  await world.sql(
    `insert into network.institution (id, code, name, short_name, kind, added_at, changed_at)
      values ($1, $2, $3, $3, $4, now(), now())`,
    [id, code, name, kind],
  )
  return id
}

async function department(world: Region, institutionId: string, name: string): Promise<string> {
  const id = crypto.randomUUID()
  await world.sql(
    'insert into network.department (id, institution_id, code, name, specialty) values ($1, $2, $3, $4, $5)',
    [id, institutionId, id.slice(0, 8), name, 'internalMedicine'],
  )
  return id
}

async function doctor(
  world: Region,
  institutionId: string,
  name: string,
  {
    scope,
    licenceUntil = null,
  }: { scope: 'generalPractice' | 'internalMedicine'; licenceUntil?: string | null },
): Promise<Doctor> {
  const { id } = await world.system((ctx) =>
    addPractitioner(ctx, {
      name,
      sex: 'unknown',
      kind: 'physician',
      title: 'attending',
      sites: [{ institutionId, primary: true, since: '2020-01-01' }],
      licences: [
        {
          kind: 'physicianPractice',
          number: crypto.randomUUID().slice(0, 15),
          scopes: [scope],
          since: '2020-01-01',
          until: licenceUntil,
        },
      ],
    }),
  )
  return { id, licenceUntil }
}

async function nurse(world: Region, institutionId: string, name: string): Promise<Doctor> {
  const { id } = await world.system((ctx) =>
    addPractitioner(ctx, {
      name,
      sex: 'female',
      kind: 'nurse',
      title: 'none',
      sites: [{ institutionId, primary: true, since: '2020-01-01' }],
      licences: [
        {
          kind: 'nursePractice',
          number: crypto.randomUUID().slice(0, 15),
          scopes: ['nursing'],
          since: '2020-01-01',
          until: null,
        },
      ],
    }),
  )
  return { id }
}

let people = 0
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰春梅红波辉'

/** Somebody registered at an institution, which so has a basis of its own; like nobody else, so that nobody is linked. */
export async function person(world: Region, institutionId: string): Promise<string> {
  const n = people++
  const { id } = await world.world.asSystem(institutionId, (ctx) =>
    register(ctx, {
      name: `王${given[n % given.length]}${given[(n * 7 + 3) % given.length]}`,
      sex: n % 2 === 0 ? 'male' : 'female',
      birthDate: `${1935 + (n % 50)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + ((n * 5) % 28)).padStart(2, '0')}`,
      phone: `1390${String(1_000_003 * (n + 1)).slice(-7)}`,
      address: `河湾区${given[n % given.length]}路 ${n * 3 + 8} 号`,
      divisionCode: null,
      documents: [{ kind: '03', number: `TEST${1000 + n * 37}`, country: 'SGP' }],
    }),
  )
  return id
}
