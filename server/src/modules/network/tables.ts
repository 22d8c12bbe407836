import type { Generated, JSONColumnType } from 'kysely'

export type NetworkTables = {
  'network.agreement': {
    addedAt: Date
    allianceId: string
    drafterId: string
    endedAt: Date | null
    grade: string
    id: string
    inForceAt: Date | null
    number: string
    parties: string[]
    renews: string | null
    since: string
    status: string
    text: string
    title: string
    until: string
    version: Generated<number>
  }
  'network.agreementStep': {
    actorId: string
    agreementId: string
    at: Date
    id: string
    institutionId: string | null
    move: string
    note: string | null
    personName: string | null
  }
  'network.alliance': {
    addedAt: Date
    charter: string | null
    form: string
    founderId: string
    id: string
    name: string
    shortName: string
    since: string
    specialty: string | null
    until: string | null
    version: Generated<number>
  }
  'network.areaDuty': {
    allianceId: string
    communityId: string | null
    departmentId: string
    divisionCode: string | null
    evidence: string | null
    id: string
    institutionId: string
    personName: string
    personPhone: string | null
    practitionerId: string | null
    since: string
    task: string
    until: string | null
    version: Generated<number>
  }
  'network.cooperation': {
    agreementId: string
    allianceId: string
    grade: string
    institutionId: string
    partnerId: string
    since: Date
    until: Date
  }
  'network.department': {
    closedOn: string | null
    code: string
    id: string
    institutionId: string
    name: string
    phone: string | null
    specialty: string
    version: Generated<number>
  }
  'network.departmentName': {
    id: string | null
    institutionId: string | null
    name: string | null
    specialty: string | null
  }
  'network.division': {
    code: string
    inRegion: Generated<boolean>
    level: string
    name: string
    parentCode: string | null
    population: number | null
    shape: JSONColumnType<object> | null
  }
  'network.duty': {
    allianceId: string
    departmentId: string | null
    doneAt: Date | null
    doneBy: string | null
    due: string
    evidence: string | null
    id: string
    institutionId: string
    personName: string | null
    resolutionId: string
    title: string
    version: Generated<number>
  }
  'network.gridCell': {
    addedAt: Date
    allianceId: string
    code: string
    colour: string
    dissolvedAt: Date | null
    id: string
    name: string
    version: Generated<number>
  }
  'network.gridDivision': {
    divisionCode: string
    gridId: string
    since: Date
  }
  'network.institution': {
    addedAt: Date
    address: string | null
    changedAt: Date
    closedOn: string | null
    code: string
    creditCode: string | null
    divisionCode: string | null
    external: Generated<boolean>
    hospitalGrade: string | null
    id: string
    identifier: string | null
    kind: string
    latitude: number | null
    longitude: number | null
    name: string
    phone: string | null
    shortName: string
    source: string | null
    tier: string | null
    version: Generated<number>
  }
  'network.membership': {
    allianceId: string
    grade: string
    id: string
    institutionId: string
    layer: string
    role: string
    since: string
    until: string | null
    version: Generated<number>
  }
  'network.name': {
    id: string | null
    kind: string | null
    name: string | null
    shortName: string | null
    tier: string | null
  }
  'network.resolution': {
    addedAt: Date
    adoptedOn: string
    allianceId: string
    id: string
    number: string
    text: string
    title: string
    votesAbstained: number
    votesAgainst: number
    votesFor: number
  }
  'network.searchKey': {
    institutionId: string
    key: string
  }
  'network.serviceBetween': {
    agreementId: string | null
    institutionId: string | null
    partnerId: string | null
    service: string | null
    since: Date | null
    until: Date | null
  }
  'network.serviceRule': {
    allianceId: string | null
    grade: string
    id: string
    service: string
    since: string
    until: string | null
  }
  'network.signatory': {
    agreementId: string
    id: string
    institutionId: string
    leftAt: Date | null
    signedAt: Date | null
    signerId: string | null
    signerName: string | null
  }
}
