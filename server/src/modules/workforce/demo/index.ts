import type { LicenceKind } from '@tongmai/api/workforce/practitioner'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { World } from '../../../kernel/world.ts'
import { addStaff, hashPassword } from '../../identity/index.ts'
import { addPractitioner, type Newcomer } from '../actions/newcomer.ts'
import * as rota from '../store/duty.ts'
import * as teams from '../store/team.ts'
import { DEMO_PASSWORD, type DemoStaff, demoPerson, demoStaff, holdsAssistantLicence } from './people.ts'

const institution = (code: string) => demoId('network', code)
const SINCE = '2019-03-01'
const ROTA_DAYS = 30

/** Licences that do not simply run on: one has ended yesterday, two end in twenty days. */
const endsIn: Readonly<Record<string, number>> = { cardio03: -1, gp11: 20, neuro01: 20 }

/**
 * The workforce's part of the demonstration region: staff with accounts, licences, teams and a rota. A
 * practitioner's id is `demoId('workforce', 'gp01')`, the account's `demoId('workforce', 'account gp01')`.
 */
export async function demo(world: World): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await world.asSystem(null, async (ctx) => {
    for (const [number, person] of demoStaff.entries()) await layPerson(ctx, person, { number, passwordHash })
    for (const team of gpTeams) await layTeam(ctx, team)
    await layRota(ctx)
  })
}

async function layPerson(
  ctx: Ctx,
  person: DemoStaff,
  { number, passwordHash }: { number: number; passwordHash: string },
): Promise<void> {
  const institutionId = institution(person.institution)
  if (person.kind && person.practitionerId) {
    await addPractitioner(ctx, newcomerOf(person, number, dayOf(ctx.now)))
  }
  await addStaff(ctx, {
    id: person.accountId,
    name: person.name,
    username: person.username,
    passwordHash,
    mustChangePassword: false,
    posts: [{ institutionId, roles: person.roles, practitionerId: person.practitionerId }],
  })
}

const practice: Readonly<Record<string, readonly [LicenceKind, string]>> = {
  physician: ['physicianPractice', '110'],
  nurse: ['nursePractice', '2026'],
  pharmacist: ['pharmacistPractice', '3026'],
  technician: ['technicianPractice', '4026'],
}

function newcomerOf(person: DemoStaff, number: number, today: string): Newcomer {
  const { name, sex, title, username, institution: code } = person
  const kind = person.kind ?? 'technician'
  const [practiceKind, prefix] = practice[kind] ?? ['technicianPractice', '4026']
  const assistant = holdsAssistantLicence(person)
  const ends = endsIn[username]
  const licence = {
    kind: assistant ? ('assistantPractice' as const) : practiceKind,
    // Division 990102 is no real one, so the number is nobody's.
    number: `${assistant ? '210' : prefix}990102${String(100_001 + number * 7)}`,
    scopes: person.scope ? [person.scope] : [],
    since: SINCE,
    until: ends === undefined ? `${2029 + (number % 4)}-12-31` : dayAfter(today, ends),
  }
  return {
    ...{ name, sex, kind, title, id: demoId('workforce', username) },
    phone: `199000${String(90_000 + number * 11).padStart(5, '0')}`,
    sites: [
      {
        institutionId: institution(code),
        departmentId: demoId('network', `${code}/${person.department}`),
        primary: true,
        since: SINCE,
      },
    ],
    licences: [licence, ...narcoticsOf(person, number)],
  }
}

/** Associate chiefs and above may prescribe narcotics. */
function narcoticsOf(person: DemoStaff, number: number): Newcomer['licences'] {
  if (person.kind !== 'physician' || !['chief', 'associateChief'].includes(person.title)) return []
  const numbered = `MZ990102${String(5001 + number)}`
  return [{ kind: 'narcoticPrescribing', number: numbered, scopes: [], since: SINCE, until: null }]
}

interface Team {
  readonly code: string
  readonly name: string
  readonly members: readonly [leader: string, ...others: string[]]
}

const gpTeams: readonly Team[] = [
  { code: 'CHC01', name: '鼓楼社区第一家庭医生团队', members: ['gp01', 'nurse01'] },
  { code: 'CHC01', name: '鼓楼社区第二家庭医生团队', members: ['gp11', 'head11'] },
  { code: 'CHC02', name: '云津桥社区家庭医生团队', members: ['gp02', 'nurse12', 'head12'] },
  { code: 'CHC03', name: '东门社区家庭医生团队', members: ['gp03'] },
  { code: 'CHC04', name: '泽南社区家庭医生团队', members: ['gp04'] },
  { code: 'CHC05', name: '荷塘社区家庭医生团队', members: ['gp05'] },
  { code: 'TS01', name: '石泉镇家庭医生团队', members: ['ts01'] },
]

async function layTeam(ctx: Ctx, { code, name, members }: Team): Promise<void> {
  const [leader] = members
  const row = { id: demoId('workforce', `team ${name}`), institutionId: institution(code), name }
  await teams.add(ctx, { ...row, kind: 'gp', phone: '0999-8600120', since: SINCE, until: null })
  await teams.addMembers(
    ctx,
    members.map((username) => ({
      ...{ institutionId: row.institutionId, teamId: row.id, since: SINCE, until: null },
      practitionerId: demoId('workforce', username),
      leads: username === leader,
    })),
  )
}

const onDuty: readonly (readonly [
  code: string,
  kind: 'dutyOfficer' | 'referralDesk',
  ...usernames: string[],
])[] = [
  ['LEAD', 'dutyOfficer', 'duty01', 'duty02'],
  ['LEAD', 'referralDesk', 'clerk01', 'clerk02'],
  ['GERI', 'dutyOfficer', 'head02'],
  ['CHC01', 'dutyOfficer', 'head11'],
  ['CHC02', 'dutyOfficer', 'head12'],
  ['QPH', 'dutyOfficer', 'qp-head01'],
]

/** Thirty days from a week ago, the people of each duty taking turns shift by shift. */
async function layRota(ctx: Ctx): Promise<void> {
  const first = dayAfter(dayOf(ctx.now), -7)
  for (const [code, kind, ...usernames] of onDuty) {
    const cells = Array.from({ length: ROTA_DAYS * 2 }, (_, i) => ({
      kind,
      day: dayAfter(first, Math.floor(i / 2)),
      shift: i % 2 === 0 ? ('day' as const) : ('night' as const),
      practitionerId: demoPerson(usernames[i % usernames.length] ?? '').practitionerId ?? '',
    }))
    await rota.add(ctx, institution(code), cells)
  }
}
