import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from './kernel.ts'
import { specialty } from './network/institution.ts'

/** What is done: to treat, to operate, to examine by apparatus, to test a specimen. */
export const techniqueKind = z.enum(['treatment', 'procedure', 'examination', 'test'])
export type TechniqueKind = z.output<typeof techniqueKind>

/** 适宜技术, 一般技术, 限制类技术: the last asks for a filing before it may be signed off. */
export const techniqueLevel = z.enum(['appropriate', 'general', 'restricted'])
export type TechniqueLevel = z.output<typeof techniqueLevel>

const facts = {
  name: text(80),
  /** Other names by which people look for it. */
  aliases: z.array(text(60)).check(z.maxLength(10)),
  specialty,
  kind: techniqueKind,
  level: techniqueLevel,
  note: z.nullable(text(500)),
}

export const technique = z.object({
  id,
  /** Short and unique, as lists and imports name it: `ECHO`, `PICC`. */
  code: text(24),
  ...facts,
  retiredOn: z.nullable(day),
  version: z.number(),
})
export type Technique = z.output<typeof technique>

/** One row of the catalogue, with how many institutions master it now. */
export const techniqueLine = z.object({ ...technique.shape, institutions: z.number() })
export type TechniqueLine = z.output<typeof techniqueLine>

export const masteryState = z.enum(['live', 'withdrawn', 'expired'])
export type MasteryState = z.output<typeof masteryState>

/** Somebody was signed off: this department (or one practitioner in it) does the technique independently. */
export const mastery = z.object({
  id,
  techniqueId: id,
  techniqueName: z.string(),
  institutionId: id,
  institutionName: z.string(),
  departmentId: id,
  departmentName: z.string(),
  /** Null where the department as a whole was signed off. */
  practitionerId: z.nullable(id),
  practitionerName: z.nullable(z.string()),
  since: day,
  /** The last day; null where it was given without one. */
  until: z.nullable(day),
  filing: z.nullable(z.string()),
  evidence: z.nullable(z.object({ hash: z.string(), name: z.string() })),
  teacherId: id,
  teacherName: z.string(),
  signerName: z.string(),
  signedAt: moment,
  state: masteryState,
  endedAt: z.nullable(moment),
  endedReason: z.nullable(z.string()),
  mayWithdraw: z.boolean(),
})
export type Mastery = z.output<typeof mastery>

const past = z.object({ version: z.number(), at: moment, facts: z.object(facts) })
/** The technique's page: its versions, who masters it, and what the viewer may do. */
export const techniquePage = z.object({
  ...technique.shape,
  versions: z.array(past),
  mayManage: z.boolean(),
  maySignOff: z.boolean(),
})
export type TechniquePage = z.output<typeof techniquePage>

const version = z.number().check(z.int(), z.minimum(1))
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const managed = 'technique.manage'
const read = 'network.read'

/** The catalogue of techniques and examinations, and who has been signed off for which. */
export const techniqueApi = {
  listTechniques: {
    method: 'GET',
    path: '/techniques',
    summary: 'The catalogue, found by Chinese, pinyin, initials or code',
    may: read,
    query: z.object({
      ...paging,
      q: z.optional(z.string().check(z.trim(), z.maxLength(40))),
      kind: z.optional(techniqueKind),
      level: z.optional(techniqueLevel),
      specialty: z.optional(specialty),
      retired: z._default(z.stringbool(), false),
    }),
    returns: page(techniqueLine),
  },
  readTechnique: {
    method: 'GET',
    path: '/techniques/:id',
    summary: 'One technique with its versions and what the caller may do',
    may: read,
    params: byId,
    returns: techniquePage,
  },
  addTechnique: {
    method: 'POST',
    path: '/techniques',
    summary: 'Enters a technique into the catalogue',
    may: managed,
    body: z.object({ code: text(24), ...facts }),
    returns: technique,
  },
  changeTechnique: {
    method: 'POST',
    path: '/techniques/:id/change',
    summary: 'Changes a technique; its earlier version stays readable',
    may: managed,
    params: byId,
    body: z.object({ ...facts, version }),
    returns: technique,
  },
  retireTechnique: {
    method: 'POST',
    path: '/techniques/:id/retire',
    summary: 'Takes a technique out of the catalogue; nobody is signed off for it any more',
    may: managed,
    params: byId,
    body: z.object({ version }),
    returns: technique,
  },
  listMasteries: {
    method: 'GET',
    path: '/masteries',
    summary: 'Who is or was signed off, by technique, institution, practitioner and state',
    may: read,
    query: z.object({
      ...paging,
      techniqueId: z.optional(id),
      institutionId: z.optional(id),
      practitionerId: z.optional(id),
      state: z.optional(masteryState),
    }),
    returns: page(mastery),
  },
  signOff: {
    method: 'POST',
    path: '/techniques/:id/sign-off',
    summary: 'The teaching hospital signs a department or practitioner off for independent practice',
    may: 'technique.sign',
    params: byId,
    body: z.object({
      departmentId: id,
      practitionerId: z.nullable(id),
      since: day,
      until: z.nullable(day),
      /** Number of the filing, asked for restricted techniques. */
      filing: z.nullable(text(60)),
      evidence: z.nullable(z.object({ hash, name: text(120) })),
    }),
    returns: mastery,
  },
  withdrawMastery: {
    method: 'POST',
    path: '/masteries/:id/withdraw',
    summary: 'Withdraws a sign-off at once, with the reason',
    may: 'technique.sign',
    params: byId,
    body: z.object({ reason: text(300) }),
    returns: mastery,
  },
} as const satisfies Api
