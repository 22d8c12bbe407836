import * as z from 'zod/mini'

/** What everyone on staff may do, whatever their roles. */
const everyone = ['network.read', 'workforce.read', 'resident.read', 'notice.read'] as const

/** The permissions of each role, beyond those of everyone; a person has roles at each institution they work at. */
export const roles = {
  gp: [
    'resident.register',
    'resident.reveal',
    'record.read',
    'record.write',
    'referral.read',
    'referral.write',
    'referral.takeOver',
    'referral.followUp',
    'contract.read',
    'contract.sign',
    'contract.serve',
    'workforce.assign',
    'capacity.read',
    'capacity.book',
    'dispatch.read',
    'dispatch.call',
    'benefit.read',
    'benefit.insure',
  ],
  specialist: [
    'resident.reveal',
    'record.read',
    'record.write',
    'referral.read',
    'referral.write',
    'referral.treat',
    'contract.read',
    'workforce.assign',
    'technique.sign',
    'capacity.read',
    'capacity.book',
    'capacity.receive',
    'dispatch.read',
    'dispatch.call',
    'dispatch.sign',
    'benefit.read',
  ],
  nurse: [
    'resident.register',
    'record.read',
    'referral.read',
    'referral.receive',
    'referral.followUp',
    'contract.read',
    'contract.sign',
    'contract.serve',
    'capacity.read',
    'capacity.book',
    'capacity.receive',
    'capacity.bed',
    'dispatch.read',
    'dispatch.sign',
    'benefit.read',
    'benefit.insure',
  ],
  'referral-clerk': [
    'resident.register',
    'resident.reveal',
    'resident.link',
    'record.read',
    'referral.read',
    'referral.answer',
    'referral.receive',
    'contract.read',
    'capacity.read',
    'capacity.book',
    'capacity.receive',
    'capacity.bed',
    'dispatch.read',
    'dispatch.call',
    'dispatch.sign',
    'benefit.read',
    'benefit.insure',
  ],
  'office-head': [
    'resident.link',
    'referral.read',
    'referral.answer',
    'referral.review',
    'referral.rule',
    'office.head',
    'record.read',
    'contract.read',
    'contract.manage',
    'capacity.read',
    'capacity.book',
    'capacity.receive',
    'capacity.bed',
    'capacity.manage',
    'dispatch.read',
    'benefit.read',
  ],
  'duty-officer': [
    'referral.read',
    'referral.answer',
    'duty.officer',
    'record.read',
    'capacity.read',
    'capacity.book',
    'capacity.bed',
    'dispatch.read',
    'dispatch.call',
    'dispatch.sign',
    'benefit.read',
  ],
  pharmacist: ['record.read', 'referral.read', 'contract.read', 'benefit.read'],
  dispatcher: [
    'network.roads',
    'dispatch.read',
    'dispatch.call',
    'dispatch.dispatch',
    'dispatch.fleet',
    'referral.read',
  ],
  crew: ['dispatch.read', 'dispatch.drive', 'dispatch.sign'],
  'alliance-office': [
    'network.manage',
    'network.sign',
    'network.roads',
    'alliance.office',
    'referral.read',
    'referral.rule',
    'referral.watch',
    'technique.manage',
    'technique.sign',
    'capacity.read',
    'benefit.read',
    'benefit.manage',
  ],
  'health-commission': ['oversight.read', 'referral.watch', 'capacity.read'],
  it: ['it.operate', 'identity.client', 'network.roads'],
  admin: ['identity.manage', 'workforce.manage', 'network.institution', 'capacity.read', 'capacity.manage'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Role = keyof typeof roles
export type Permission = (typeof roles)[Role][number] | (typeof everyone)[number]

/** Roles that mean something only at certain kinds of institution: an admin elsewhere cannot give them. */
export const roleOnlyAt: Partial<Readonly<Record<Role, readonly string[]>>> = {
  'health-commission': ['healthAuthority'],
  'alliance-office': [
    'generalHospital',
    'specialtyHospital',
    'branchHospital',
    'countyHospital',
    'healthAuthority',
  ],
}

/** What a member of staff with these roles may do. */
export function permissionsOf(held: readonly Role[]): Set<Permission> {
  return new Set([...everyone, ...held.flatMap((role) => roles[role])])
}

export const role = z.enum(Object.keys(roles) as [Role, ...Role[]])
/** The roles of one post: at least one. */
export const roleList = z.array(role).check(z.minLength(1), z.maxLength(Object.keys(roles).length))
