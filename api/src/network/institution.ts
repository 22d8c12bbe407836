import * as z from 'zod/mini'
import { type Api, byId, day, id, page, paging, text } from '../kernel.ts'

export const institutionKind = z.enum([
  'generalHospital',
  'specialtyHospital',
  'branchHospital',
  'countyHospital',
  'communityCentre',
  'townshipCentre',
  'villageClinic',
  'rehabHospital',
  'nursingHome',
  'healthAuthority',
  'external',
])
export type InstitutionKind = z.output<typeof institutionKind>

/** 级别; 等次 stands in `hospitalGrade`: 三甲 is tertiary and gradeA. */
export const tier = z.enum(['tertiary', 'secondary', 'primary'])
export type Tier = z.output<typeof tier>
export const hospitalGrade = z.enum(['special', 'gradeA', 'gradeB', 'gradeC'])

/** What a department is for, with its number in the national list of clinical subjects (诊疗科目名录); offices have none. */
export const specialtyNumbers = {
  preventiveCare: '01',
  generalPractice: '02',
  internalMedicine: '03',
  respiratory: '03.01',
  gastroenterology: '03.02',
  neurology: '03.03',
  cardiology: '03.04',
  haematology: '03.05',
  nephrology: '03.06',
  endocrinology: '03.07',
  geriatrics: '03.10',
  generalSurgery: '04.01',
  neurosurgery: '04.02',
  orthopaedics: '04.03',
  urology: '04.04',
  thoracicSurgery: '04.05',
  cardiacSurgery: '04.06',
  plasticSurgery: '04.08',
  obstetricsGynaecology: '05',
  paediatrics: '07',
  ophthalmology: '10',
  otolaryngology: '11',
  stomatology: '12',
  dermatology: '13',
  psychiatry: '15',
  infectiousDisease: '16',
  oncology: '19',
  emergency: '20',
  rehabilitation: '21',
  anaesthesiology: '26',
  criticalCare: '28',
  laboratory: '30',
  pathology: '31',
  imaging: '32',
  chineseMedicine: '50',
  pharmacy: null,
  referralOffice: null,
  allianceOffice: null,
  administration: null,
} as const
export type Specialty = keyof typeof specialtyNumbers
export const specialty = z.enum(Object.keys(specialtyNumbers) as [Specialty, ...Specialty[]])

/** GB/T 2260 six digits; nine with the township, twelve with the village. */
export const divisionCode = z.string().check(z.regex(/^[0-9]{6}([0-9]{3}){0,2}$/))

const longitude = z.number().check(z.minimum(-180), z.maximum(180))
const latitude = z.number().check(z.minimum(-90), z.maximum(90))

const facts = {
  name: text(100),
  shortName: text(30),
  kind: institutionKind,
  tier: z.nullable(tier),
  hospitalGrade: z.nullable(hospitalGrade),
  creditCode: z.nullable(z.string().check(z.regex(/^[0-9A-Z]{18}$/))),
  divisionCode: z.nullable(divisionCode),
  longitude: z.nullable(longitude),
  latitude: z.nullable(latitude),
  address: z.nullable(text(200)),
  phone: z.nullable(text(40)),
}

export const institution = z.object({
  id,
  /** Short, unique, as people call it in lists and imports: `LEAD`, `CHC03`. */
  code: text(24),
  ...facts,
  /** Came in from outside (a FHIR Organization): readable, never a member. */
  external: z.boolean(),
  closedOn: z.nullable(day),
  version: z.number(),
})
export type Institution = z.output<typeof institution>

export const department = z.object({
  id,
  institutionId: id,
  code: text(24),
  name: text(60),
  specialty,
  phone: z.nullable(text(40)),
  closedOn: z.nullable(day),
  version: z.number(),
})
export type Department = z.output<typeof department>

const inAlliance = z.object({ allianceId: id, name: z.string(), role: z.string() })
/** One row of the directory: the institution and the alliances it is in today. */
export const institutionLine = z.object({
  ...institution.shape,
  divisionName: z.nullable(z.string()),
  alliances: z.array(inAlliance),
})
export type InstitutionLine = z.output<typeof institutionLine>

/** The institution's page: facts, open departments, and whether the viewer may change them. */
export const institutionPage = z.object({
  ...institutionLine.shape,
  departments: z.array(department),
  mayChange: z.boolean(),
})
export type InstitutionPage = z.output<typeof institutionPage>

const version = z.number().check(z.int(), z.minimum(1))
const departmentFacts = { name: text(60), specialty, phone: z.nullable(text(40)) }

const filters = {
  /** Part of the name, of its pinyin, of its pinyin initials, or of the code. */
  q: z.optional(z.string().check(z.trim(), z.maxLength(40))),
  kind: z.optional(institutionKind),
  tier: z.optional(tier),
  allianceId: z.optional(id),
  external: z._default(z.stringbool(), false),
}

export const institutionApi = {
  listInstitutions: {
    method: 'GET',
    path: '/institutions',
    summary: 'The directory of institutions, by name, pinyin initials, kind, tier and alliance',
    may: 'network.read',
    query: z.object({ ...paging, ...filters }),
    returns: page(institutionLine),
  },
  exportInstitutions: {
    method: 'GET',
    path: '/institutions/export',
    summary: 'The filtered directory as CSV (UTF-8 with BOM), at most 10 000 rows',
    may: 'network.read',
    query: z.object(filters),
    returns: { media: 'text/csv; charset=utf-8' },
  },
  readInstitution: {
    method: 'GET',
    path: '/institutions/:id',
    summary: 'One institution with its departments and the alliances it is in',
    may: 'network.read',
    params: byId,
    returns: institutionPage,
  },
  addInstitution: {
    method: 'POST',
    path: '/institutions',
    summary: 'Enters an institution into the directory',
    may: 'network.manage',
    body: z.object({ code: text(24), ...facts }),
    returns: institution,
  },
  changeInstitution: {
    method: 'POST',
    path: '/institutions/:id/change',
    summary: "Changes one's own institution's facts; refused where another has changed them since",
    may: 'network.institution',
    params: byId,
    body: z.object({ ...facts, version }),
    returns: institution,
  },
  listDepartments: {
    method: 'GET',
    path: '/departments',
    summary: 'Open departments, by institution and specialty',
    may: 'network.read',
    query: z.object({ ...paging, institutionId: z.optional(id), specialty: z.optional(specialty) }),
    returns: page(z.object({ ...department.shape, institutionName: z.string() })),
  },
  addDepartment: {
    method: 'POST',
    path: '/institutions/:id/departments',
    summary: "Opens a department in one's own institution",
    may: 'network.institution',
    params: byId,
    body: z.object({ code: text(24), ...departmentFacts }),
    returns: department,
  },
  changeDepartment: {
    method: 'POST',
    path: '/departments/:id/change',
    summary: "Changes a department of one's own institution",
    may: 'network.institution',
    params: byId,
    body: z.object({ ...departmentFacts, version }),
    returns: department,
  },
  closeDepartment: {
    method: 'POST',
    path: '/departments/:id/close',
    summary: "Closes a department of one's own institution; it stays readable in old records",
    may: 'network.institution',
    params: byId,
    body: z.object({ version }),
    returns: department,
  },
} as const satisfies Api
