import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { sex } from '../workforce/practitioner.ts'

/** Kind of document, CV02.01.101: 01 identity card, 02 household book, 03 passport … 99 other. */
export const documentKind = z.enum(['01', '02', '03', '04', '05', '06', '07', '99'])
export type DocumentKind = z.output<typeof documentKind>

/** The lawful bases on which a record is opened; `self` and `proxy` are the resident's own. */
export const basis = z.enum([
  'treatment',
  'contract',
  'referral',
  'consult',
  'consent',
  'emergency',
  'self',
  'proxy',
  'own',
])
export type Basis = z.output<typeof basis>
export const depth = z.enum(['summary', 'full'])
export type Depth = z.output<typeof depth>

/** How a resident stands in a list: masked. */
export const residentCard = z.object({
  id,
  nameMasked: z.string(),
  sex,
  birthDate: z.nullable(day),
  idMasked: z.nullable(z.string()),
})
export type ResidentCard = z.output<typeof residentCard>

export const heldDocument = z.object({
  id: z.string(),
  kind: z.nullable(documentKind),
  system: z.string(),
  country: z.nullable(z.string()),
  valueMasked: z.string(),
})
export type HeldDocument = z.output<typeof heldDocument>

/** A resident opened on a lawful basis: the name in full, everything else masked until it is revealed. */
export const openedResident = z.extend(residentCard, {
  name: z.string(),
  phoneMasked: z.nullable(z.string()),
  addressMasked: z.nullable(z.string()),
  unknown: z.boolean(),
  foundAt: z.nullable(moment),
  foundPlace: z.nullable(z.string()),
  basis,
  depth,
  documents: z.array(heldDocument),
  version: z.number(),
})
export type OpenedResident = z.output<typeof openedResident>

/** A document as it is shown at the desk; `country` is ISO 3166 alpha-3 and only for foreign ones. */
export const shownDocument = z.object({
  kind: documentKind,
  number: text(64),
  country: z.nullable(z.string().check(z.regex(/^[A-Z]{3}$/))),
})
export type ShownDocument = z.output<typeof shownDocument>

const personal = {
  name: text(80),
  sex: z.nullable(sex),
  birthDate: z.nullable(day),
  phone: z.nullable(text(20)),
  address: z.nullable(text(200)),
  divisionCode: z.nullable(z.string().check(z.regex(/^\d{6}(\d{3}){0,2}$/))),
}
const documents = z.array(shownDocument).check(z.minLength(1), z.maxLength(8))

/** What the desk asks for; sex and birth date may be left to the identity number. */
export const registration = z.object({ ...personal, documents })
export type Registration = z.output<typeof registration>

export const registered = z.object({ id, isNew: z.boolean(), card: residentCard })

/**
 * By exact number or by the code on the resident's phone; or, among those my institution may open, by telephone or by
 * the beginning of a name: in characters, in pinyin or by the initials. Nothing else.
 */
export const searchFor = z.object({
  number: z.optional(text(64)),
  code: z.optional(text(40)),
  phone: z.optional(text(20)),
  name: z.optional(text(80)),
  birthDate: z.optional(day),
  ...paging,
})
export const found = z.extend(residentCard, {
  /** In full where there is a basis to open the record, and logged; else only the mask is shown. */
  name: z.nullable(z.string()),
  /** Null: in the index, but nobody here has a basis to open the record. */
  basis: z.nullable(basis),
  phoneMasked: z.nullable(z.string()),
})
export type Found = z.output<typeof found>

export const revealed = z.object({ value: z.string() })
export const revealField = z.enum(['phone', 'address', 'identifier'])
export type RevealedField = z.output<typeof revealField>

/** GB/T 4761: 0 the person, 1 spouse, 2 son, 3 daughter, 4 grandchild, 5 parent, 6 grandparent, 7 sibling, 8 other. */
export const relation = z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8'])
export type Relation = z.output<typeof relation>
export const householdMember = z.extend(residentCard, { relation, hasProxy: z.boolean() })
export type HouseholdMember = z.output<typeof householdMember>
/** `hasProxy`: somebody of the household may read and act for this member. */
export const household = z.object({ id: z.nullable(id), members: z.array(householdMember) })
export type Household = z.output<typeof household>

const reveal = z.object({
  field: revealField,
  documentId: z.optional(z.string()),
  reason: text(200).check(z.minLength(4)),
})

export const personApi = {
  register: {
    method: 'POST',
    path: '/residents',
    summary: 'Registers a resident; one already known by any document is returned instead of doubled.',
    may: 'resident.register',
    body: registration,
    returns: registered,
  },
  registerUnknown: {
    method: 'POST',
    path: '/residents/unknown',
    summary: 'Registers somebody who cannot say who they are, to be identified later.',
    may: 'resident.register',
    body: z.object({ sex, foundAt: moment, foundPlace: text(200), note: z.nullable(text(200)) }),
    returns: registered,
  },
  identify: {
    method: 'POST',
    path: '/residents/:id/identify',
    summary: 'Gives an unknown person name and documents; refused where a document is another resident’s.',
    may: 'resident.register',
    params: byId,
    body: z.object({ ...personal, documents }),
    returns: openedResident,
  },
  addDocument: {
    method: 'POST',
    path: '/residents/:id/documents',
    summary: 'Adds a document; refused where it is another resident’s.',
    may: 'resident.register',
    params: byId,
    body: shownDocument,
    returns: openedResident,
  },
  proposeLink: {
    method: 'POST',
    path: '/residents/:id/links',
    summary: 'Says that two residents are one person; somebody with the right to merge decides.',
    may: 'resident.register',
    params: byId,
    body: z.object({ otherId: id, note: text(500) }),
    returns: z.object({ id }),
  },
  search: {
    method: 'POST',
    path: '/residents/search',
    summary:
      'By exact number, code, phone, or name (also in pinyin or initials) and birth date; never the whole index.',
    may: 'resident.read',
    body: searchFor,
    returns: page(found),
  },
  read: {
    method: 'GET',
    path: '/residents/:id',
    summary: 'One resident, on a lawful basis; the opening is logged.',
    may: 'resident.read',
    params: byId,
    returns: openedResident,
  },
  edit: {
    method: 'POST',
    path: '/residents/:id',
    summary: 'Corrects name, phone or address; a null leaves what is known.',
    may: 'resident.register',
    params: byId,
    body: z.object({ ...personal, name: z.nullable(text(80)), version: z.number() }),
    returns: openedResident,
  },
  reveal: {
    method: 'POST',
    path: '/residents/:id/reveal',
    summary: 'Shows one hidden value in full, for a reason; logged.',
    may: 'resident.reveal',
    params: byId,
    body: reveal,
    returns: revealed,
  },
  readHousehold: {
    method: 'GET',
    path: '/residents/:id/household',
    summary: 'The household of a resident, masked.',
    may: 'resident.read',
    params: byId,
    returns: household,
  },
  addToHousehold: {
    method: 'POST',
    path: '/residents/:id/household',
    summary:
      'Puts another into this resident’s household; `standsFor`: this resident may read and act for them.',
    may: 'resident.register',
    params: byId,
    body: z.object({ memberId: id, relation, standsFor: z.boolean() }),
    returns: household,
  },
  removeFromHousehold: {
    method: 'POST',
    path: '/residents/:id/household/remove',
    summary: 'Takes a member out of this resident’s household; who stood for whom between them ends too.',
    may: 'resident.register',
    params: byId,
    body: z.object({ memberId: id }),
    returns: household,
  },
} as const satisfies Api
