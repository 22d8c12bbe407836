import * as z from 'zod/mini'
import { type Api, id, moment, text } from '../kernel.ts'

/** A piece of a document as it is shown: what the sender's markup means, and none of it. */
export const block = z.object({
  kind: z.enum(['paragraph', 'list', 'table']),
  /** The paragraph, or the entries of the list. */
  items: z.array(z.string()),
  head: z.array(z.string()),
  rows: z.array(z.array(z.string())),
})
export type Block = z.output<typeof block>

/** A section with its depth below the document, from 0. */
export const section = z.object({ title: z.string(), depth: z.number(), blocks: z.array(block) })
export type Section = z.output<typeof section>

/** What the header of a clinical document says (HL7 CDA R2; WS/T 500 is one). */
export const documentHeader = z.object({
  standard: z.enum(['C-CDA', 'WS/T 500', 'CDA']),
  title: z.string(),
  type: z.nullable(z.object({ system: z.string(), code: z.string(), display: z.string() })),
  number: z.nullable(z.object({ root: z.string(), extension: z.string() })),
  at: z.nullable(moment),
  authors: z.array(z.string()),
  custodian: z.nullable(z.string()),
  patient: z.object({
    name: z.nullable(z.string()),
    sex: z.nullable(z.enum(['male', 'female'])),
    birthDate: z.nullable(z.string()),
    ids: z.array(z.object({ root: z.string(), extension: z.string() })),
  }),
})
export type DocumentHeader = z.output<typeof documentHeader>

/** What in a record has files: a document, the report of an examination, a picture. */
export const filed = z.enum(['DocumentReference', 'DiagnosticReport', 'Media'])
export type Filed = z.output<typeof filed>

/** One document of a record, ready to be read. */
export const heldDocument = z.object({
  id: z.string(),
  title: z.string(),
  at: z.nullable(moment),
  media: z.string(),
  fileName: z.string(),
  size: z.number(),
  /** The files whose bytes are here, by their place among all. */
  files: z.array(z.object({ nth: z.number(), name: z.string(), media: z.string() })),
  header: z.nullable(documentHeader),
  sections: z.array(section),
  /** Of a plain text, the text. */
  text: z.nullable(z.string()),
})
export type HeldDocument = z.output<typeof heldDocument>

const own = ['resident'] as const
const one = z.object({ id, did: z.string().check(z.maxLength(64)) })
const which = z.object({
  /** What has the file, where it is no document. */
  of: z._default(filed, 'DocumentReference'),
  /** Which file, from 0; the first whose bytes are here where nothing is said. */
  nth: z.optional(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(999))),
})

export const documentApi = {
  addDocument: {
    method: 'POST',
    path: '/residents/:id/record/documents',
    summary:
      'Takes an uploaded file into the record as it is; a clinical document must be about this resident.',
    may: 'record.write',
    params: z.object({ id }),
    body: z.object({
      hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      fileName: text(200),
      /** What it is, where the file itself does not say so. */
      title: z.optional(text(200)),
    }),
    returns: z.object({ id: z.string() }),
  },
  readDocument: {
    method: 'GET',
    path: '/residents/:id/record/documents/:did',
    summary: 'One document, report or picture, readable: its header and its sections.',
    may: 'record.read',
    params: one,
    query: which,
    returns: heldDocument,
  },
  readOriginal: {
    method: 'GET',
    path: '/residents/:id/record/documents/:did/original',
    summary: 'Its file byte for byte as it came.',
    may: 'record.read',
    params: one,
    query: which,
    returns: { media: 'application/octet-stream' },
  },
  readMyDocument: {
    method: 'GET',
    path: '/me/record/:id/documents/:did',
    summary: 'One document, report or picture of mine, or of somebody I stand for, readable.',
    may: 'signed-in',
    for: own,
    params: one,
    query: which,
    returns: heldDocument,
  },
  readMyOriginal: {
    method: 'GET',
    path: '/me/record/:id/documents/:did/original',
    summary: 'Its file byte for byte as it came.',
    may: 'signed-in',
    for: own,
    params: one,
    query: which,
    returns: { media: 'application/octet-stream' },
  },
} as const satisfies Api
