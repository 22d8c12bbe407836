import type { ContractStatus } from '@tongmai/api/contract/flow'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import type { ContractRow } from './store/row.ts'

type Own = Resource & { readonly id: string }

const NUMBER = 'urn:tongmai:contract-number'
const STATUS = 'urn:tongmai:contract-status'

/** Whether a Contract, CareTeam, EpisodeOfCare or Coverage is one of this platform's: it bears one of our numbers. */
export const isOurs = (resource: Resource): boolean =>
  Array.isArray(resource.identifier) &&
  resource.identifier.some(
    (one) => typeof one === 'object' && one !== null && 'system' in one && one.system === NUMBER,
  )

const identifier = (c: ContractRow): Json => [{ system: NUMBER, value: c.number }]
const to = (type: string, id: string): Json => ({ reference: `${type}/${id}` })
const periodOf = (c: ContractRow): Json => ({ start: c.startsOn, end: c.endedOn ?? c.endsOn })

/** Contract.status says where the agreement stands; what binds now is `executed`. */
const contractStatuses: Readonly<Record<ContractStatus, string>> = {
  pendingReview: 'offered',
  active: 'executed',
  expiring: 'executed',
  expired: 'terminated',
  renewed: 'renewed',
  teamChanged: 'terminated',
  rescinded: 'revoked',
  terminated: 'terminated',
}
const hasEnded = (c: ContractRow): boolean => c.endedOn !== null

/** The contract itself: its parties, its term, its packages as terms. */
export function toContract(c: ContractRow): Own {
  const hospitals = [c.secondaryId, c.tertiaryId].filter((id) => id !== null)
  return {
    resourceType: 'Contract',
    id: c.id,
    identifier: identifier(c),
    status: contractStatuses[c.status],
    legalState: { coding: [{ system: STATUS, code: c.status }] },
    ...(c.signedAt ? { issued: c.signedAt.toISOString() } : {}),
    applies: periodOf(c),
    subject: [to('Patient', c.residentId)],
    authority: [to('Organization', c.communityId)],
    ...(hospitals.length > 0 ? { site: hospitals.map((id) => to('Location', id)) } : {}),
    author: to('Practitioner', c.doctorId),
    type: { text: '家庭医生签约服务协议' },
    term: c.packages.map((one) => ({
      identifier: { system: 'urn:tongmai:service-package', value: `${one.code}|${one.version}` },
      offer: { text: one.name },
      asset: one.items.map((item) => ({
        type: [{ coding: [{ system: 'urn:tongmai:service-item', code: item.code }], text: item.name }],
        condition: `${item.times}/${item.period}`,
      })),
    })),
  }
}

/** Who cares for the resident by virtue of it. */
export function toCareTeam(c: ContractRow): Own {
  return {
    resourceType: 'CareTeam',
    id: c.id,
    identifier: identifier(c),
    status: hasEnded(c) ? 'inactive' : c.upcoming ? 'proposed' : 'active',
    category: [
      {
        coding: [
          {
            system: 'http://loinc.org',
            code: 'LA27976-2',
            display: 'Longitudinal care-coordination focused care team',
          },
        ],
      },
    ],
    name: '家庭医生签约团队',
    subject: to('Patient', c.residentId),
    period: periodOf(c),
    participant: [
      {
        role: [{ text: '家庭医生' }],
        member: to('Practitioner', c.doctorId),
        onBehalfOf: to('Organization', c.communityId),
      },
      ...[c.secondaryId, c.tertiaryId]
        .filter((id) => id !== null)
        .map((id) => ({ role: [{ text: '签约医院' }], member: to('Organization', id) })),
    ],
    managingOrganization: [to('Organization', c.communityId)],
  }
}

/** What the resident is entitled to by it: the packages as classes of the plan. */
export function toCoverage(c: ContractRow): Own {
  return {
    resourceType: 'Coverage',
    id: c.id,
    identifier: identifier(c),
    status: hasEnded(c) ? 'cancelled' : c.upcoming ? 'draft' : 'active',
    type: { text: '家庭医生签约服务' },
    subscriber: to('Patient', c.residentId),
    beneficiary: to('Patient', c.residentId),
    period: periodOf(c),
    payor: [to('Organization', c.communityId)],
    class: c.packages.map((one) => ({
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-class', code: 'plan' }] },
      value: `${one.code}|${one.version}`,
      name: one.name,
    })),
    contract: [to('Contract', c.id)],
  }
}

/** The span over which the community answers for the resident's care. */
export function toEpisode(c: ContractRow): Own {
  return {
    resourceType: 'EpisodeOfCare',
    id: c.id,
    identifier: identifier(c),
    status: hasEnded(c) ? 'finished' : c.upcoming ? 'planned' : 'active',
    type: [{ text: '家庭医生签约服务' }],
    patient: to('Patient', c.residentId),
    managingOrganization: to('Organization', c.communityId),
    period: periodOf(c),
    careManager: to('Practitioner', c.doctorId),
    team: [to('CareTeam', c.id)],
  }
}
