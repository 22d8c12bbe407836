import * as z from 'zod/mini'
import { type Api, byId, day, id, page, paging, text } from '../kernel.ts'

/** GB/T 2261.1 as words: 1, 2, 0, 9. */
export const sex = z.enum(['male', 'female', 'unknown', 'unspecified'])
export type Sex = z.output<typeof sex>

export const practitionerKind = z.enum(['physician', 'nurse', 'pharmacist', 'technician'])
export type PractitionerKind = z.output<typeof practitionerKind>

/** Professional title 职称; `none` where none has been conferred. */
export const title = z.enum(['chief', 'associateChief', 'attending', 'resident', 'none'])
export type Title = z.output<typeof title>

/** What a licence is: the right to practise, or one that must be held besides (narcotics). */
export const licenceKind = z.enum([
  'physicianPractice',
  'assistantPractice',
  'nursePractice',
  'pharmacistPractice',
  'technicianPractice',
  'physicianQualification',
  'narcoticPrescribing',
])
export type LicenceKind = z.output<typeof licenceKind>

/** Scope of practice 执业范围. */
export const practiceScope = z.enum([
  'generalPractice',
  'internalMedicine',
  'surgery',
  'obstetrics',
  'paediatrics',
  'emergency',
  'rehabilitation',
  'psychiatry',
  'traditionalMedicine',
  'dentistry',
  'publicHealth',
  'imaging',
  'pathology',
  'laboratory',
  'anaesthesia',
  'ophthalmology',
  'otolaryngology',
  'nursing',
  'pharmacy',
])
export type PracticeScope = z.output<typeof practiceScope>

/** What needs a licence. Which licence each act needs is data (`GET /acts`). */
export const act = z.enum([
  'diagnose',
  'record',
  'refer',
  'answerReferral',
  'treat',
  'takeOver',
  'followUp',
  'prescribe',
  'prescribeNarcotic',
  'reviewPrescription',
  'consult',
  'report',
])
export type Act = z.output<typeof act>

/** What one act asks of one kind of practitioner; null asks nothing. In force from `since` to `until`. */
export const actRule = z.object({
  act,
  kind: practitionerKind,
  licences: z.array(licenceKind),
  scopes: z.nullable(z.array(practiceScope)),
  titles: z.nullable(z.array(title)),
  since: day,
  until: z.nullable(day),
  source: z.string(),
})
export type ActRule = z.output<typeof actRule>

export const licenceState = z.enum(['current', 'expiring', 'expired', 'notYet', 'none'])
export type LicenceState = z.output<typeof licenceState>

/** `number` is masked: a qualification certificate's number contains the holder's id number. */
export const licence = z.object({
  id,
  kind: licenceKind,
  number: z.string(),
  scopes: z.array(practiceScope),
  since: day,
  until: z.nullable(day),
  state: licenceState,
})
export type Licence = z.output<typeof licence>

/** Where somebody practises: one primary site, others by filing 备案. */
export const site = z.object({
  id,
  institutionId: id,
  institution: z.string(),
  departmentId: z.nullable(id),
  department: z.nullable(z.string()),
  primary: z.boolean(),
  since: day,
  until: z.nullable(day),
})
export type Site = z.output<typeof site>

/** A line of the staff directory. `licensedUntil` is the end of the licence to practise that ends last. */
export const staffLine = z.object({
  id,
  name: z.string(),
  sex,
  kind: practitionerKind,
  title,
  department: z.nullable(z.string()),
  primary: z.boolean(),
  licence: licenceState,
  licensedUntil: z.nullable(day),
})
export type StaffLine = z.output<typeof staffLine>

export const practitioner = z.object({
  id,
  institutionId: z.nullable(id),
  name: z.string(),
  sex,
  kind: practitionerKind,
  title,
  phone: z.nullable(z.string()),
  external: z.boolean(),
  version: z.number(),
  sites: z.array(site),
  licences: z.array(licence),
  teams: z.array(z.object({ id, name: z.string(), leads: z.boolean() })),
})
export type Practitioner = z.output<typeof practitioner>

export const newLicence = z.object({
  kind: licenceKind,
  number: text(40),
  scopes: z.array(practiceScope).check(z.maxLength(10)),
  since: day,
  until: z.nullable(day),
})

export const newSite = z.object({
  departmentId: z.nullable(id),
  primary: z.boolean(),
  since: day,
  until: z.nullable(day),
})

const person = {
  name: text(50),
  sex,
  kind: practitionerKind,
  title,
  phone: z.nullable(text(20)),
}

const staffFilter = {
  kind: z.optional(practitionerKind),
  title: z.optional(title),
  licence: z.optional(licenceState),
  /** Part of a name, in characters, pinyin or initials. */
  name: z.optional(text(50)),
  /** Only those who may do it today. */
  act: z.optional(act),
}

export const practitionerApi = {
  listStaff: {
    method: 'GET',
    path: '/practitioners',
    summary: 'Those who practise at my institution.',
    may: 'workforce.read',
    query: z.object({ ...staffFilter, institutionId: z.optional(id), ...paging }),
    returns: page(staffLine),
  },
  exportStaff: {
    method: 'GET',
    path: '/practitioners.csv',
    summary: 'The same list as a CSV file that opens in a spreadsheet; at most 10 000 lines.',
    may: 'workforce.read',
    query: z.object(staffFilter),
    returns: { media: 'text/csv; charset=utf-8' },
  },
  read: {
    method: 'GET',
    path: '/practitioners/:id',
    summary: 'One practitioner with licences, sites and teams.',
    may: 'workforce.read',
    params: byId,
    returns: practitioner,
  },
  add: {
    method: 'POST',
    path: '/practitioners',
    summary: 'Adds somebody whose primary site is my institution.',
    may: 'workforce.manage',
    body: z.object({ ...person, departmentId: z.nullable(id), since: day }),
    returns: practitioner,
  },
  edit: {
    method: 'POST',
    path: '/practitioners/:id',
    summary: 'Changes name, title or phone of my own staff.',
    may: 'workforce.manage',
    params: byId,
    body: z.object({ ...person, version: z.number() }),
    returns: practitioner,
  },
  addLicence: {
    method: 'POST',
    path: '/practitioners/:id/licences',
    summary: 'Records a licence, or its renewal; the open reminder of the earlier one is closed.',
    may: 'workforce.manage',
    params: byId,
    body: newLicence,
    returns: practitioner,
  },
  endLicence: {
    method: 'POST',
    path: '/licences/:id/end',
    summary: 'A licence ends earlier than it says: revoked, handed back.',
    may: 'workforce.manage',
    params: byId,
    body: z.object({ until: day }),
    returns: practitioner,
  },
  addSite: {
    method: 'POST',
    path: '/practitioners/:id/sites',
    summary: 'Files a practitioner at my institution, or makes it the primary site.',
    may: 'workforce.manage',
    params: byId,
    body: newSite,
    returns: practitioner,
  },
  endSite: {
    method: 'POST',
    path: '/sites/:id/end',
    summary: 'Somebody stops practising at my institution.',
    may: 'workforce.manage',
    params: byId,
    body: z.object({ until: day }),
    returns: practitioner,
  },
  listExpiring: {
    method: 'GET',
    path: '/licences/expiring',
    summary: 'Licences of my institution that have ended or end within so many days, soonest first.',
    may: 'workforce.read',
    query: z.object({
      days: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(730)), 30),
      ...paging,
    }),
    returns: page(z.object({ practitionerId: id, name: z.string(), kind: practitionerKind, licence })),
  },
  listActs: {
    method: 'GET',
    path: '/acts',
    summary: 'Which licence each act needs today.',
    may: 'workforce.read',
    returns: z.array(actRule),
  },
} as const satisfies Api
