import type { Consent, consentApi } from '@tongmai/api/resident/consent'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { attach } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { project } from '../../../kernel/resource/project.ts'
import { tell } from '../events.ts'
import { bitsOf, categoriesOf, consentResource } from '../fhir-consent.ts'
import * as store from '../store/consent.ts'
import { endGrant, grant } from './grant.ts'
import { basisFor } from './lawful.ts'

const sourceOf = (id: string): string => `consent:${id}`

const shown = (row: store.Named): Consent => ({
  ...{ id: row.id, residentId: row.residentId, version: row.version, state: row.state },
  ...{
    institutionId: row.institutionId,
    institution: row.institution,
    purpose: row.purpose,
    depth: row.depth,
  },
  ...{ categories: categoriesOf(row.sensitive), since: row.since, until: row.until, words: row.words },
  ...{ wordsHash: row.wordsHash, signed: row.signed, at: row.at, reason: row.reason },
})

type Given = Pick<
  Consent,
  'residentId' | 'institutionId' | 'purpose' | 'depth' | 'categories' | 'until' | 'words' | 'signed'
> & {
  fileHash: string | null
}

/** Writes the first version, opens the record to the institution, and shows it as FHIR: all at once or not at all. */
async function give(ctx: Ctx, given: Given): Promise<Consent> {
  const { residentId, institutionId, purpose, depth, categories, until, words, signed, fileHash } = given
  if (until !== null && until <= ctx.now) {
    const fields = [{ path: 'body.until', problem: 'resident.consent-ends-before' }]
    refuse('invalid', 'resident.consent-ends-before', { fields })
  }
  const id = ctx.id()
  const sensitive = bitsOf(categories)
  const { practitionerId, id: byId, institutionId: byInstitutionId } = ctx.actor
  const row = {
    ...{ residentId, id, version: 1, state: 'active' as const, institutionId, purpose, depth, sensitive },
    ...{ since: ctx.now, until, words, wordsHash: store.hashOf(words), signed, fileHash, at: ctx.now },
    ...{ byId, practitionerId, byInstitutionId, reason: null },
  }
  await store.add(ctx, row)
  await grant(ctx, {
    residentId,
    institutionId,
    basis: 'consent',
    source: sourceOf(id),
    depth,
    until,
    sensitive,
  })
  return after(ctx, id, 'resident.consented')
}

/** Adds the version that ends it; what rested on it is closed in the same transaction. */
async function withdraw(ctx: Ctx, id: string, reason: string | null): Promise<Consent> {
  const { institution: _, ...row } = await store.lock(ctx, id)
  if (row.state === 'withdrawn') refuse('conflict', 'resident.consent-withdrawn-already')
  const { practitionerId, id: byId, institutionId: byInstitutionId } = ctx.actor
  const who = { byId, practitionerId, byInstitutionId }
  await store.add(ctx, { ...row, ...who, version: row.version + 1, state: 'withdrawn', at: ctx.now, reason })
  await endGrant(ctx, { source: sourceOf(id) })
  return after(ctx, id, 'resident.consent-withdrawn')
}

async function after(
  ctx: Ctx,
  id: string,
  event: 'resident.consented' | 'resident.consent-withdrawn',
): Promise<Consent> {
  const consent = shown(await asSystem(ctx, (all) => store.lock(all, id)))
  const { residentId, institutionId, purpose } = consent
  await project(ctx, { resource: consentResource(consent), residentId })
  await tell(ctx, event, {
    thing: `consent:${id}`,
    residentId,
    audience: [institutionId],
    data: { institutionId, purpose },
  })
  return consent
}

const requireOwn = (ctx: Ctx, residentId: string): void => {
  if (!ctx.actor.residentIds.includes(residentId)) refuse('missing', 'resident.missing')
}

async function requireLawful(ctx: Ctx, id: string): Promise<void> {
  if (!(await basisFor(ctx, id))) refuse('missing', 'resident.missing')
}

type Own = Pick<
  typeof consentApi,
  | 'listMyConsents'
  | 'listConsentable'
  | 'giveMyConsent'
  | 'withdrawMyConsent'
  | 'listConsents'
  | 'recordConsent'
  | 'withdrawConsent'
>

export const consentActions: Actions<Own> = {
  listMyConsents: async (ctx) => (await store.list(ctx, ctx.actor.residentIds)).map(shown),
  listConsentable: (ctx, { query }) => store.listInstitutions(ctx, query.q),

  giveMyConsent(ctx, { body }) {
    requireOwn(ctx, body.residentId)
    return give(ctx, { ...body, signed: 'phone', fileHash: null })
  },
  async withdrawMyConsent(ctx, { params, body }) {
    return withdraw(ctx, params.id, body.reason)
  },

  async listConsents(ctx, { params }) {
    await requireLawful(ctx, params.id)
    return (await store.list(ctx, [params.id])).map(shown)
  },
  async recordConsent(ctx, { params, body }) {
    await requireLawful(ctx, params.id)
    await attach(ctx, [body.fileHash])
    return give(ctx, { ...body, residentId: params.id })
  },
  async withdrawConsent(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (row.institutionId !== ownInstitution(ctx.actor)) await requireLawful(ctx, row.residentId)
    return withdraw(ctx, params.id, body.reason)
  },
}
