import { createHash } from 'node:crypto'
import type { Institution } from '@tongmai/api/network/institution'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { lastOf, type Resource, type ResourceOwner, type Stored } from '../../../kernel/resource/owner.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import { type Foreign, foreignOf, systems } from '../fhir.ts'
import * as alliances from '../store/alliance.ts'
import * as departments from '../store/department.ts'
import * as store from '../store/institution.ts'
import * as memberships from '../store/membership.ts'
import { showAlliance, showDepartment, showExternal, showInstitution, showMembership } from './show.ts'

/** An institution met in records from elsewhere: under which identifier, and where it was met. */
export interface ExternalInstitution {
  readonly name: string
  readonly identifier: { readonly system: string | null; readonly value: string }
  readonly source: string
  readonly phone?: string | null
  readonly address?: string | null
}

/** Finds the institution of this identifier, or adds it as external: readable by all, never a member. */
export async function addExternalInstitution(ctx: Ctx, met: ExternalInstitution): Promise<Institution> {
  const { system, value } = met.identifier
  const identifier = `${system ?? ''}|${value}`
  const known = await findKnown(ctx, met.identifier)
  if (known) return known
  const name = met.name.slice(0, 100)
  const added = await store.add(ctx, {
    id: ctx.id(),
    code: `X-${createHash('sha256').update(identifier).digest('hex').slice(0, 12).toUpperCase()}`,
    name,
    shortName: name.slice(0, 30),
    kind: 'external',
    tier: null,
    hospitalGrade: null,
    creditCode: null,
    divisionCode: null,
    longitude: null,
    latitude: null,
    address: met.address ?? null,
    phone: met.phone ?? null,
    external: true,
    identifier,
    source: met.source.slice(0, 200),
  })
  const institution = added ?? (await store.findExternal(ctx, identifier))
  if (!institution) return refuse('conflict', 'network.institution-code-taken')
  await showExternal(ctx, institution, met.identifier)
  return institution
}

async function findKnown(
  ctx: Ctx,
  { system, value }: ExternalInstitution['identifier'],
): Promise<Institution | undefined> {
  if (system === systems.institutionCode) return store.findByCode(ctx, value)
  if (system === systems.creditCode) return store.findByCreditCode(ctx, value)
  return store.findExternal(ctx, `${system ?? ''}|${value}`)
}

/** A foreign Organization without any identifier is known by its name only. */
const identityOf = (foreign: Foreign): { system: string | null; value: string } =>
  foreign.value === null
    ? { system: 'urn:tongmai:name', value: foreign.name }
    : { ...foreign, value: foreign.value }

async function takeIn(ctx: Ctx, resource: Resource): Promise<Stored> {
  const foreign = foreignOf(resource)
  const identifier = identityOf(foreign)
  const institution = await addExternalInstitution(ctx, { ...foreign, identifier, source: 'FHIR' })
  return institution.external ? showExternal(ctx, institution, identifier) : showInstitution(ctx, institution)
}

async function change(ctx: Ctx, ownId: string, resource: Resource): Promise<Stored> {
  const institution = await store.find(ctx, ownId)
  if (!institution.external) refuse('forbidden', 'network.changed-in-its-own-form-only')
  const held = await store.lock(ctx, ownId)
  const foreign = foreignOf(resource)
  const name = foreign.name.slice(0, 100)
  const { phone, address } = foreign
  const changed = await store.change(ctx, held, { name, shortName: name.slice(0, 30), phone, address })
  return showExternal(ctx, changed, identityOf(foreign))
}

/** As it is known now, under the identifier with which it came. */
async function showExternalAnew(ctx: Ctx, institution: Institution): Promise<void> {
  const stored = await findStored(ctx, 'Organization', institution.id)
  if (!stored || stored.deleted) return
  const before = JSON.parse(stored.content) as Resource
  await showExternal(ctx, institution, identityOf(foreignOf(before)))
}

/** Projects the institutions with their departments anew, in id order, and with the first the alliances. */
async function rebuildInstitutions(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const institutions = await store.listAfter(ctx, after, limit)
  for (const institution of institutions) {
    await (institution.external ? showExternalAnew : showInstitution)(ctx, institution)
    for (const department of await departments.listOf(ctx, institution.id))
      await showDepartment(ctx, department)
  }
  if (after === null) {
    const { items } = await alliances.list(ctx, { offset: 0, limit: 10_000 })
    for (const line of items) await showAlliance(ctx, { ...line, charter: null })
  }
  return lastOf(institutions, limit)
}

/**
 * Every Organization is the network's. One that comes in over FHIR is external, or the member it is already;
 * members, departments and alliances are changed in their own forms only.
 */
export const organizationOwner: ResourceOwner = {
  type: 'Organization',
  owns: () => true,
  // What an external one is a part of is kept as it is told; of ours the projection says it.
  models: ['identifier', 'active', 'type', 'name', 'alias', 'telecom', 'address'],
  create: takeIn,
  change,
  rebuild: { name: 'network.institution', edition: 2, run: rebuildInstitutions },
}

const notOverFhir = async (): Promise<never> => refuse('forbidden', 'network.changed-in-its-own-form-only')

/** Affiliations are projections of memberships: read over FHIR, decided by the alliance's lead. */
export const affiliationOwner: ResourceOwner = {
  type: 'OrganizationAffiliation',
  owns: () => true,
  models: ['active', 'period', 'organization', 'participatingOrganization', 'code'],
  create: notOverFhir,
  change: notOverFhir,
  rebuild: {
    name: 'network.membership',
    edition: 1,
    async run(ctx, after, limit) {
      const found = await memberships.listAfter(ctx, after, limit)
      for (const membership of found) await showMembership(ctx, membership)
      return lastOf(found, limit)
    },
  },
}

/** A HealthcareService that bears one of our departments' codes is what that department offers. */
export const serviceOwner: ResourceOwner = {
  type: 'HealthcareService',
  owns: ({ identifier }) =>
    Array.isArray(identifier) && JSON.stringify(identifier).includes(`"${systems.departmentCode}"`),
  models: ['active', 'identifier', 'providedBy', 'type', 'specialty', 'location', 'name', 'telecom'],
  create: notOverFhir,
  change: notOverFhir,
}

/** A Location that bears one of our institutions' codes is that institution's place. */
export const locationOwner: ResourceOwner = {
  type: 'Location',
  owns: ({ identifier }) =>
    Array.isArray(identifier) && JSON.stringify(identifier).includes(`"${systems.institutionCode}"`),
  models: ['status', 'identifier', 'name', 'mode', 'telecom', 'address', 'position', 'managingOrganization'],
  create: notOverFhir,
  change: notOverFhir,
}
