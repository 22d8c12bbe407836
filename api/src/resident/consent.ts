import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { opening } from './mine.ts'
import { depth, residentCard } from './person.ts'
import { reviewing } from './review.ts'

export const consentState = z.enum(['active', 'withdrawn'])
export type ConsentState = z.output<typeof consentState>
export const consentPurpose = z.enum(['treatment', 'consultation', 'insurance', 'research', 'other'])
export type ConsentPurpose = z.output<typeof consentPurpose>
/** How it was signed: on the resident's phone, on paper (scanned), on a pad at the desk. */
export const consentSigned = z.enum(['phone', 'paper', 'pad'])
export type ConsentSigned = z.output<typeof consentSigned>

/** Categories that nobody reads without being named for them. */
export const sensitiveCategory = z.enum(['psychiatry', 'hiv', 'addiction', 'reproduction'])
export type SensitiveCategory = z.output<typeof sensitiveCategory>
/** The bit of each category in `kernel.resource.sensitivity` and in a grant. */
export const sensitiveBits: Readonly<Record<SensitiveCategory, number>> = {
  psychiatry: 1,
  hiv: 2,
  addiction: 4,
  reproduction: 8,
}

/** A wording: what is signed for a purpose since a day, its blanks in braces. */
export const consentText = z.object({
  purpose: consentPurpose,
  version: z.number(),
  since: day,
  words: z.string(),
})
export type ConsentText = z.output<typeof consentText>

/** Who signed: the resident, or somebody who stood for them then. */
export const consentSigner = z.object({ id, name: z.string(), self: z.boolean() })
export type ConsentSigner = z.output<typeof consentSigner>

/** What a signed sheet may be kept as. */
export const sheetMedia = z.enum(['image/jpeg', 'image/png', 'application/pdf'])
export type SheetMedia = z.output<typeof sheetMedia>

export const consent = z.object({
  id,
  residentId: id,
  version: z.number(),
  state: consentState,
  institutionId: id,
  institution: z.string(),
  purpose: consentPurpose,
  depth,
  categories: z.array(sensitiveCategory),
  since: moment,
  until: z.nullable(moment),
  words: z.string(),
  /** SHA-256 of the words that were agreed to. */
  wordsHash: z.string(),
  /** Null: words of one's own, as the phone sent them. */
  textVersion: z.nullable(z.number()),
  signed: consentSigned,
  /** Of this version; null where nobody wrote it down. */
  signer: z.nullable(consentSigner),
  /** Who recorded it at the desk. */
  recorder: z.nullable(z.string()),
  sheet: z.nullable(sheetMedia),
  at: moment,
  reason: z.nullable(z.string()),
})
export type Consent = z.output<typeof consent>

const given = {
  institutionId: id,
  purpose: consentPurpose,
  depth,
  categories: z.array(sensitiveCategory).check(z.maxLength(4)),
  until: z.nullable(moment),
  words: text(2000).check(z.minLength(10)),
}

/** Why a consent ended that a later one for the same institution and purpose took the place of. */
export const replaced = '由新的授权代替'

export const emergencyState = z.enum(['open', 'justified', 'unjustified'])
export type EmergencyState = z.output<typeof emergencyState>
export const emergencyAccess = z.object({
  id,
  resident: residentCard,
  at: moment,
  until: moment,
  who: z.nullable(z.string()),
  reason: z.string(),
  /** How often the record was opened on it. */
  openings: z.number(),
  state: emergencyState,
  note: z.nullable(z.string()),
  /** Who opened it does not judge it. */
  isMine: z.boolean(),
})
export type EmergencyAccess = z.output<typeof emergencyAccess>

const own = ['resident'] as const

export const consentApi = {
  listConsentTexts: {
    method: 'GET',
    path: '/consent-texts',
    summary: 'The wordings in force today, one for each purpose.',
    may: 'signed-in',
    for: ['staff', 'resident'],
    returns: z.array(consentText),
  },
  listMyConsents: {
    method: 'GET',
    path: '/me/consents',
    summary: 'What I have agreed to, and what I took back.',
    may: 'signed-in',
    for: own,
    returns: z.array(consent),
  },
  listConsentable: {
    method: 'GET',
    path: '/me/consents/institutions',
    summary: 'Institutions to which I can open my record, by a part of the name.',
    may: 'signed-in',
    for: own,
    query: z.object({ q: text(40) }),
    returns: z.array(z.object({ id, name: z.string() })),
  },
  giveMyConsent: {
    method: 'POST',
    path: '/me/consents',
    summary:
      'I open my record, or that of somebody I stand for, to an institution, for a purpose and a time; it holds at once.',
    may: 'signed-in',
    for: own,
    body: z.object({ residentId: id, ...given, textVersion: z.optional(z.number()) }),
    returns: consent,
  },
  withdrawMyConsent: {
    method: 'POST',
    path: '/me/consents/:id/withdraw',
    summary: 'I take a consent back; from this moment the institution reads nothing on it.',
    may: 'signed-in',
    for: own,
    params: byId,
    body: z.object({ reason: z.nullable(text(500)) }),
    returns: consent,
  },
  listConsents: {
    method: 'GET',
    path: '/residents/:id/consents',
    summary: 'What a resident has agreed to.',
    may: 'resident.read',
    params: byId,
    returns: z.array(consent),
  },
  listConsentSigners: {
    method: 'GET',
    path: '/residents/:id/consents/signers',
    summary:
      'Who may sign for a resident today: themselves unless they are a child, and who stands for them.',
    may: 'resident.register',
    params: byId,
    returns: z.array(consentSigner),
  },
  readConsent: {
    method: 'GET',
    path: '/consents/:id',
    summary: 'One consent in all its versions, the latest first.',
    may: 'resident.read',
    params: byId,
    returns: z.array(consent),
  },
  readConsentSheet: {
    method: 'GET',
    path: '/consents/:id/sheet',
    summary: 'The signed sheet as it was kept; `sheet` of the consent says what it is.',
    may: 'resident.read',
    params: byId,
    returns: { media: 'application/octet-stream' },
  },
  recordConsent: {
    method: 'POST',
    path: '/residents/:id/consents',
    summary: 'Records a consent that the resident signed at the desk; the signed sheet is kept.',
    may: 'resident.register',
    params: byId,
    body: z.object({
      ...given,
      textVersion: z.number(),
      signerId: id,
      signed: z.enum(['paper', 'pad']),
      fileHash: text(64),
    }),
    returns: consent,
  },
  withdrawConsent: {
    method: 'POST',
    path: '/consents/:id/withdraw',
    summary: 'Takes a consent back for a resident, or who stands for them, who asks for it.',
    may: 'resident.register',
    params: byId,
    body: z.object({ reason: text(500), signerId: id }),
    returns: consent,
  },
  openInEmergency: {
    method: 'POST',
    path: '/residents/:id/emergency',
    summary:
      'Opens a record without another basis in an emergency: for hours only, told to the office at once, judged later.',
    may: 'resident.emergency',
    params: byId,
    body: z.object({ reason: text(500).check(z.minLength(6)) }),
    returns: z.object({ id, until: moment }),
  },
  listEmergencies: {
    method: 'GET',
    path: '/emergency-accesses',
    summary: 'Records opened in an emergency at my institution, those to judge first.',
    may: 'office.head',
    /** Searched by reason, by whoever opened it and by masked name. */
    query: z.object({ state: z.optional(emergencyState), ...reviewing }),
    returns: page(emergencyAccess),
  },
  listEmergencyOpenings: {
    method: 'GET',
    path: '/emergency-accesses/:id/openings',
    summary: 'What was opened on one emergency, newest first: for whoever judges it.',
    may: 'office.head',
    params: byId,
    query: z.object(paging),
    returns: page(opening),
  },
  judgeEmergency: {
    method: 'POST',
    path: '/emergency-accesses/:id/judge',
    summary: 'Says whether an emergency opening was right; where not, it ends at once.',
    may: 'office.head',
    params: byId,
    body: z.object({ justified: z.boolean(), note: text(500).check(z.minLength(2)) }),
    returns: z.object({ id, state: emergencyState }),
  },
} as const satisfies Api
