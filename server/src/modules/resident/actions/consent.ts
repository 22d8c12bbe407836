import type { Consent, ConsentSigner, consentApi, SheetMedia } from '@tongmai/api/resident/consent'
import { replaced, sheetMedia } from '@tongmai/api/resident/consent'
import { isWording } from '@tongmai/api/resident/consent-words'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { attach, readBytes } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { lastOf } from '../../../kernel/resource/owner.ts'
import { project } from '../../../kernel/resource/project.ts'
import { tell } from '../events.ts'
import { bitsOf, categoriesOf, consentResource } from '../fhir-consent.ts'
import * as store from '../store/consent.ts'
import { endGrant, grant } from './grant.ts'
import { basisFor } from './lawful.ts'
import { dataDir } from './proxy.ts'
import { requireSigner, signersOf } from './signer.ts'

const MINUTE_MS = 60_000

const sourceOf = (id: string): string => `consent:${id}`

const signerOf = ({ residentId, signerId, signerName }: store.Named): ConsentSigner | null =>
  signerId === null ? null : { id: signerId, name: signerName ?? '', self: signerId === residentId }

const shown = (row: store.Named): Consent => ({
  ...{ id: row.id, residentId: row.residentId, version: row.version, state: row.state },
  ...{
    institutionId: row.institutionId,
    institution: row.institution,
    purpose: row.purpose,
    depth: row.depth,
  },
  ...{ categories: categoriesOf(row.sensitive), since: row.since, until: row.until, words: row.words },
  ...{ wordsHash: row.wordsHash, textVersion: row.textVersion, signed: row.signed, at: row.at },
  ...{ signer: signerOf(row), recorder: row.recorder, reason: row.reason },
  sheet: row.fileMedia as SheetMedia | null,
})

type Given = Pick<
  Consent,
  'residentId' | 'institutionId' | 'purpose' | 'depth' | 'categories' | 'until' | 'words' | 'signed'
> & {
  readonly textVersion: number | null
  readonly signer: ConsentSigner
  readonly file: { readonly hash: string; readonly media: string } | null
}

/** The words must be today's wording of their purpose, whatever is filled in. */
async function checkWording(ctx: Ctx, given: Given): Promise<void> {
  if (given.textVersion === null) return
  const texts = await store.listTexts(ctx, dayOf(ctx.now))
  const text = texts.find((one) => one.purpose === given.purpose)
  if (text?.version !== given.textVersion || !isWording(text, given.words))
    refuse('conflict', 'resident.consent-other-wording')
}

/** Two that say the same for as long: the button was pressed twice. */
const isSame = (row: store.Named, given: Given): boolean =>
  given.file === null &&
  row.depth === given.depth &&
  row.sensitive === bitsOf(given.categories) &&
  (row.until === null || given.until === null
    ? row.until === given.until
    : Math.abs(row.until.getTime() - given.until.getTime()) < MINUTE_MS)

/**
 * Writes the first version, opens the record to the institution, and shows it as FHIR: all at once or not at all. What was
 * agreed for the same institution and purpose before ends with it: what one agreed to last holds, wider or narrower, and
 * one withdrawal ends it.
 */
async function give(ctx: Ctx, given: Given): Promise<Consent> {
  const { residentId, institutionId, purpose, depth, categories, until, words, signed, signer, file } = given
  if (until !== null && until <= ctx.now) {
    const fields = [{ path: 'body.until', problem: 'resident.consent-ends-before' }]
    refuse('invalid', 'resident.consent-ends-before', { fields })
  }
  await checkWording(ctx, given)
  for (const before of await asSystem(ctx, (all) => store.lockLive(all, given))) {
    if (isSame(before, given)) return shown(before)
    await withdraw(ctx, before, { reason: replaced, signer })
  }
  const id = ctx.id()
  const sensitive = bitsOf(categories)
  const { practitionerId, id: byId, institutionId: byInstitutionId } = ctx.actor
  const row = {
    ...{ residentId, id, version: 1, state: 'active' as const, institutionId, purpose, depth, sensitive },
    ...{ since: ctx.now, until, words, wordsHash: store.hashOf(words), signed, at: ctx.now },
    ...{ textVersion: given.textVersion, signerId: signer.id, signerName: signer.name },
    ...{ fileHash: file?.hash ?? null, fileMedia: file?.media ?? null },
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
async function withdraw(
  ctx: Ctx,
  before: store.Named,
  said: { reason: string | null; signer: ConsentSigner },
): Promise<Consent> {
  const { institution: _, recorder: __, ...row } = before
  if (row.state === 'withdrawn') refuse('conflict', 'resident.consent-withdrawn-already')
  const { practitionerId, id: byId, institutionId: byInstitutionId } = ctx.actor
  await store.add(ctx, {
    ...{ ...row, byId, practitionerId, byInstitutionId },
    ...{ version: row.version + 1, state: 'withdrawn', at: ctx.now, reason: said.reason },
    ...{ signerId: said.signer.id, signerName: said.signer.name },
  })
  await endGrant(ctx, { source: sourceOf(row.id) })
  return after(ctx, row.id, 'resident.consent-withdrawn')
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

/** Projects the consents anew, in id order. */
export async function rebuildConsents(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await store.listAfter(ctx, after, limit)
  for (const row of rows)
    await project(ctx, { resource: consentResource(shown(row)), residentId: row.residentId })
  return lastOf(rows, limit)
}

/** The account's own person, who signs on the phone for themselves or for whom they stand. */
const self = (ctx: Ctx): string => ctx.actor.residentIds[0] ?? refuse('missing', 'resident.missing')

const requireOwn = (ctx: Ctx, residentId: string): void => {
  if (!ctx.actor.residentIds.includes(residentId)) refuse('missing', 'resident.missing')
}

async function requireLawful(ctx: Ctx, id: string): Promise<void> {
  if (!(await basisFor(ctx, id))) refuse('missing', 'resident.missing')
}

/** Whoever looks at a consent looks into the record; the institution it was given to may, also when it is over. */
async function logOpened(ctx: Ctx, residentId: string): Promise<void> {
  const lawful = await basisFor(ctx, residentId)
  ctx.opened({ residentId, basis: lawful?.basis ?? 'own', thing: 'consent' })
}

async function takeSheet(ctx: Ctx, hash: string) {
  const [file] = await attach(ctx, [hash])
  if (!file || !sheetMedia.options.some((one) => one === file.media))
    return refuse('unprocessable', 'resident.sheet-of-another-kind')
  return file
}

type Own = Omit<
  typeof consentApi,
  'openInEmergency' | 'listEmergencies' | 'listEmergencyOpenings' | 'judgeEmergency'
>

export const consentActions: Actions<Own> = {
  listConsentTexts: (ctx) => store.listTexts(ctx, dayOf(ctx.now)),
  listMyConsents: async (ctx) => (await store.list(ctx, ctx.actor.residentIds)).map(shown),
  listConsentable: (ctx, { query }) => store.listInstitutions(ctx, query.q),

  async giveMyConsent(ctx, { body }) {
    requireOwn(ctx, body.residentId)
    const signer = await requireSigner(ctx, body.residentId, self(ctx))
    const { textVersion = null } = body
    return give(ctx, { ...body, textVersion, signer, signed: 'phone', file: null })
  },
  async withdrawMyConsent(ctx, { params, body }) {
    const before = await store.lock(ctx, params.id)
    requireOwn(ctx, before.residentId)
    const signer = await requireSigner(ctx, before.residentId, self(ctx))
    return withdraw(ctx, before, { ...body, signer })
  },

  async listConsents(ctx, { params }) {
    await requireLawful(ctx, params.id)
    return (await store.list(ctx, [params.id])).map(shown)
  },
  async listConsentSigners(ctx, { params }) {
    await requireLawful(ctx, params.id)
    return signersOf(ctx, params.id)
  },
  async readConsent(ctx, { params }) {
    const versions = await store.history(ctx, params.id)
    const [last] = versions
    if (!last) return refuse('missing', 'resident.consent-missing')
    await logOpened(ctx, last.residentId)
    return versions.map(shown)
  },
  async readConsentSheet(ctx, { params }) {
    const [last] = await store.history(ctx, params.id)
    if (!last?.fileHash) return refuse('missing', 'resident.consent-missing')
    await logOpened(ctx, last.residentId)
    const extension = last.fileMedia?.split('/')[1] ?? 'bin'
    return { bytes: await readBytes(dataDir, last.fileHash), fileName: `consent.${extension}` }
  },
  async recordConsent(ctx, { params, body }) {
    await requireLawful(ctx, params.id)
    const signer = await requireSigner(ctx, params.id, body.signerId)
    const file = await takeSheet(ctx, body.fileHash)
    return give(ctx, { ...body, residentId: params.id, signer, file })
  },
  async withdrawConsent(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (row.institutionId !== ownInstitution(ctx.actor)) await requireLawful(ctx, row.residentId)
    const signer = await requireSigner(ctx, row.residentId, body.signerId)
    return withdraw(ctx, row, { ...body, signer })
  },
}
