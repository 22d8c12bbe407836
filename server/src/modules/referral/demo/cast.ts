import type { ReferralMove } from '@tongmai/api/referral/flow'
import { demoId } from '../../../kernel/demo.ts'
import { type DemoResident, demoResidents } from '../../resident/index.ts'
import { type DemoStaff, demoStaff } from '../../workforce/index.ts'
import type { Condition } from './condition.ts'

/** Who plays in one referral. */
export interface Cast {
  readonly resident: DemoResident
  readonly sender: DemoStaff
  readonly toInstitutionId: string
  readonly toDepartmentId: string | null
  readonly toPractitionerId: string | null
  /** Who of the receiver made a move. */
  readonly receiverOf: (move: ReferralMove) => DemoStaff
}

const at = (institution: string, role: string): DemoStaff => {
  const found = demoStaff.find((one) => one.institution === institution && one.roles.includes(role as never))
  if (!found) throw new Error(`${institution} has no ${role}`)
  return found
}
const called = (username: string): DemoStaff => {
  const found = demoStaff.find((one) => one.username === username)
  if (!found) throw new Error(`nobody is called ${username}`)
  return found
}

/** Communities that refer; the first, where the stories begin, most of all. */
const communities = [
  'CHC01',
  'CHC02',
  'CHC01',
  'CHC03',
  'CHC04',
  'CHC01',
  'CHC05',
  'CHC06',
  'CHC07',
  'CHC08',
  'CHC09',
  'CHC10',
]
const county = ['TS01', 'TS02', 'TS03', 'TS04']

const answers: readonly ReferralMove[] = ['askSupplement', 'accept', 'reject', 'cancel', 'arrive']

function patientsOf(): Map<string, DemoResident[]> {
  const grown = demoResidents().filter((one) => one.birthDate < '1972-01-01')
  return Map.groupBy(grown, (one) => one.institution)
}

/** Deals people to referrals: the same ones in the same order every time, nobody twice. */
export function caster() {
  const patients = patientsOf()
  const next = (community: string): DemoResident => {
    const resident = patients.get(community)?.shift()
    if (!resident) throw new Error(`no more patients at ${community}`)
    return resident
  }
  const communityOf = (n: number, condition: Condition): string => {
    const inCounty = condition.department === 'CARD' && n % 9 === 4
    return (inCounty ? county[n % county.length] : communities[n % communities.length]) as string
  }

  /** From the community to the hospital above it. */
  function up(n: number, condition: Condition): Cast {
    const community = communityOf(n, condition)
    const hospital = community.startsWith('TS') ? 'QPH' : 'LEAD'
    const doctor = hospital === 'QPH' ? called('qp-card01') : called(condition.doctor)
    const clerk = at(hospital, 'referral-clerk')
    return {
      resident: next(community),
      sender: at(community, 'gp'),
      toInstitutionId: demoId('network', hospital),
      toDepartmentId: demoId('network', `${hospital}/${condition.department}`),
      toPractitionerId: doctor.practitionerId,
      receiverOf: (move) => (answers.includes(move) ? clerk : doctor),
    }
  }

  /** The way back of an up-referral, or a first one from the hospital to a community. */
  function down(n: number, condition: Condition, before?: Cast): Cast {
    const community = before?.sender.institution ?? communityOf(n, condition)
    const doctor = at(community, 'gp')
    const sender = before ? before.receiverOf('treat') : called(condition.doctor)
    return {
      resident: before?.resident ?? next(community),
      sender,
      toInstitutionId: demoId('network', community),
      toDepartmentId: null,
      toPractitionerId: doctor.practitionerId,
      receiverOf: () => doctor,
    }
  }

  /** From the lead hospital to its branch for old people. */
  function sideways(n: number, condition: Condition): Cast {
    const doctor = called('geri02')
    return {
      ...up(n, condition),
      sender: called(condition.doctor),
      toInstitutionId: demoId('network', 'GERI'),
      toDepartmentId: demoId('network', 'GERI/GERI'),
      toPractitionerId: doctor.practitionerId,
      receiverOf: (move) => (answers.includes(move) ? called('clerk03') : doctor),
    }
  }
  return { up, down, sideways }
}
