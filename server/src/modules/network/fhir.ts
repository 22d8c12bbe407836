import type { Alliance, Membership } from '@tongmai/api/network/alliance'
import { type Department, type Institution, specialtyNumbers } from '@tongmai/api/network/institution'
import type { Json, Resource } from '../../kernel/resource/owner.ts'

export type Projected = Resource & { readonly id: string }

/** Identifier and code systems of this module's things, as FHIR names them. */
export const systems = {
  institutionCode: 'urn:tongmai:institution-code',
  creditCode: 'urn:tongmai:credit-code',
  departmentCode: 'urn:tongmai:department-code',
  institutionKind: 'urn:tongmai:institution-kind',
  tier: 'urn:tongmai:tier',
  allianceForm: 'urn:tongmai:alliance-form',
  membershipRole: 'urn:tongmai:membership-role',
  layer: 'urn:tongmai:layer',
  cooperationGrade: 'urn:tongmai:cooperation-grade',
  specialty: 'urn:tongmai:specialty',
  clinicalSubject: 'urn:tongmai:clinical-subject',
  division: 'urn:tongmai:division',
  organizationType: 'http://terminology.hl7.org/CodeSystem/organization-type',
} as const

type Fields = { [key: string]: Json }

/** Leaves out what is unknown: FHIR has no null and no empty list. */
const known = (fields: { [key: string]: Json }): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== null && String(value) !== '',
    ),
  )

const concept = (system: string, code: string | null | undefined): Fields[] =>
  code ? [{ coding: [{ system, code }] }] : []

const reference = (type: string, id: string): Fields => ({ reference: `${type}/${id}` })

const phone = (value: string | null): Fields[] => (value ? [{ system: 'phone', value, use: 'work' }] : [])

const addressOf = (institution: Institution): Fields | undefined =>
  institution.address
    ? known({ text: institution.address, country: 'CN', district: institution.divisionCode })
    : undefined

/** An institution as FHIR's Organization; an external one keeps the identifier under which it came. */
export function organizationOf(
  institution: Institution,
  foreign?: { system: string | null; value: string },
): Projected {
  const address = addressOf(institution)
  const own = institution.external
    ? [known({ system: foreign?.system, value: foreign?.value })].filter((i) => i.value !== undefined)
    : [
        { system: systems.institutionCode, value: institution.code },
        ...(institution.creditCode ? [{ system: systems.creditCode, value: institution.creditCode }] : []),
      ]
  const general = institution.kind === 'healthAuthority' ? 'govt' : 'prov'
  return {
    resourceType: 'Organization',
    id: institution.id,
    ...known({
      active: institution.closedOn === null,
      identifier: own,
      type: [
        ...concept(systems.organizationType, general),
        ...(institution.external ? [] : concept(systems.institutionKind, institution.kind)),
        ...concept(systems.tier, institution.tier),
      ],
      name: institution.name,
      alias: institution.shortName === institution.name ? [] : [institution.shortName],
      telecom: phone(institution.phone),
      address: address ? [address] : [],
    }),
  }
}

/** Where an institution stands, as FHIR's Location; it has the institution's id. */
export const locationOf = (institution: Institution): Projected => ({
  resourceType: 'Location',
  id: institution.id,
  ...known({
    status: institution.closedOn === null ? 'active' : 'inactive',
    identifier: [{ system: systems.institutionCode, value: institution.code }],
    name: institution.name,
    mode: 'instance',
    telecom: phone(institution.phone),
    address: addressOf(institution),
    position:
      institution.longitude === null || institution.latitude === null
        ? undefined
        : { longitude: institution.longitude, latitude: institution.latitude },
    managingOrganization: reference('Organization', institution.id),
  }),
})

/** A department as an Organization that is part of its institution's. */
export const departmentOf = (department: Department): Projected => ({
  resourceType: 'Organization',
  id: department.id,
  ...known({
    active: department.closedOn === null,
    identifier: [{ system: systems.departmentCode, value: department.code }],
    type: [
      ...concept(systems.organizationType, 'dept'),
      ...concept(systems.specialty, department.specialty),
      ...concept(systems.clinicalSubject, specialtyNumbers[department.specialty]),
    ],
    name: department.name,
    telecom: phone(department.phone),
    partOf: reference('Organization', department.institutionId),
  }),
})

/** What a department offers, as FHIR's HealthcareService; it has the department's id. */
export const serviceOf = (department: Department): Projected => ({
  resourceType: 'HealthcareService',
  id: department.id,
  ...known({
    active: department.closedOn === null,
    identifier: [{ system: systems.departmentCode, value: department.code }],
    providedBy: reference('Organization', department.institutionId),
    type: concept(systems.specialty, department.specialty),
    specialty: concept(systems.clinicalSubject, specialtyNumbers[department.specialty]),
    location: [reference('Location', department.institutionId)],
    name: department.name,
    telecom: phone(department.phone),
  }),
})

/** An alliance as an Organization of its own, which its members are affiliated with. */
export const allianceOf = (alliance: Alliance): Projected => ({
  resourceType: 'Organization',
  id: alliance.id,
  ...known({
    active: alliance.until === null,
    type: [
      ...concept(systems.organizationType, 'other'),
      ...concept(systems.allianceForm, alliance.form),
      ...concept(systems.specialty, alliance.specialty),
    ],
    name: alliance.name,
    alias: alliance.shortName === alliance.name ? [] : [alliance.shortName],
  }),
})

/** A membership as FHIR's OrganizationAffiliation: the alliance's Organization and the member's. */
export const affiliationOf = (membership: Membership): Projected => ({
  resourceType: 'OrganizationAffiliation',
  id: membership.id,
  ...known({
    active: membership.until === null,
    period: known({ start: membership.since, end: membership.until }),
    organization: reference('Organization', membership.allianceId),
    participatingOrganization: reference('Organization', membership.institutionId),
    code: [
      ...concept(systems.membershipRole, membership.role),
      ...concept(systems.layer, membership.layer),
      ...concept(systems.cooperationGrade, membership.grade),
    ],
  }),
})

/** What a foreign Organization says about itself, as far as an external institution keeps it. */
export interface Foreign {
  readonly name: string
  readonly system: string | null
  readonly value: string | null
  readonly phone: string | null
  readonly address: string | null
}

/** Reads a foreign Organization; its first identifier with a value is its identity. */
export function foreignOf(organization: Resource): Foreign {
  const identifier = fieldsOf(organization.identifier).find(
    (one) => typeof one.value === 'string' && one.value,
  )
  const [address] = fieldsOf(organization.address)
  const lines = Array.isArray(address?.line) ? address.line : []
  const parts = [...lines, address?.city, address?.state, address?.country].filter(
    (part) => typeof part === 'string',
  )
  const telecom = fieldsOf(organization.telecom).find((one) => one.system === 'phone')
  return {
    name: textOf(organization.name) ?? 'unnamed',
    system: textOf(identifier?.system),
    value: textOf(identifier?.value),
    phone: textOf(telecom?.value)?.slice(0, 40) ?? null,
    address: (textOf(address?.text) ?? parts.join(', ')).slice(0, 200) || null,
  }
}

const textOf = (value: Json): string | null => (typeof value === 'string' && value !== '' ? value : null)

const fieldsOf = (value: Json): Fields[] =>
  Array.isArray(value)
    ? value.filter((one): one is Fields => typeof one === 'object' && one !== null && !Array.isArray(one))
    : []
