import type {
  Act,
  LicenceKind,
  PracticeScope,
  PractitionerKind,
  Sex,
  Title,
} from '@tongmai/api/workforce/practitioner'
import type { DutyKind, Shift } from '@tongmai/api/workforce/duty'
import type { Generated } from 'kysely'

export type WorkforceTables = {
  'workforce.practitioner': {
    id: string
    institutionId: string | null
    name: string
    sex: Sex
    kind: PractitionerKind
    title: Title
    phone: string | null
    external: Generated<boolean>
    sourceKey: string | null
    version: Generated<number>
    createdAt: Date
  }
  'workforce.name': { id: string; institutionId: string | null; name: string; title: Title }
  'workforce.licence': {
    practitionerId: string
    id: string
    kind: LicenceKind
    numberSealed: string
    numberMasked: string
    numberBlind: string
    scopes: PracticeScope[]
    since: string
    until: string | null
    createdAt: Date
  }
  'workforce.site': {
    practitionerId: string
    id: string
    institutionId: string
    departmentId: string | null
    isPrimary: boolean
    since: string
    until: string | null
  }
  'workforce.actRule': {
    act: Act
    kind: PractitionerKind
    since: string
    until: string | null
    licences: LicenceKind[]
    scopes: PracticeScope[] | null
    titles: Title[] | null
    source: string
  }
  'workforce.rule': { code: string; since: string; value: number; source: string }
  'workforce.team': {
    institutionId: string
    id: string
    name: string
    kind: 'gp' | 'attending'
    phone: string | null
    since: string
    until: string | null
    version: Generated<number>
  }
  'workforce.teamMember': {
    institutionId: string
    teamId: string
    practitionerId: string
    leads: boolean
    since: string
    until: string | null
  }
  'workforce.duty': {
    institutionId: string
    kind: DutyKind
    day: string
    shift: Shift
    practitionerId: string
  }
  'workforce.responsible': {
    residentId: string
    thing: string
    institutionId: string
    practitionerId: string
    since: Date
    releasedAt: Date | null
    note: string | null
    parties: string[]
  }
  'workforce.responsibleHistory': {
    residentId: string
    thing: string
    since: Date
    until: Date
    institutionId: string
    practitionerId: string
    note: string | null
    parties: string[]
    id: string
  }
  'network.name': { id: string; name: string; shortName: string; kind: string; tier: string | null }
  'network.departmentName': { id: string; institutionId: string; name: string; specialty: string | null }
}
