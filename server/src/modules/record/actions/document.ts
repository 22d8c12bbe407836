import type { DocumentHeader, documentApi, HeldDocument } from '@tongmai/api/record/document'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { readBytes } from '../../../kernel/file.ts'
import { type Actions, prepared } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { happenedAt } from '../../../kernel/resource/happened.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { matchesOf } from '../../../kernel/resource/query.ts'
import { findStored, readResource } from '../../../kernel/resource/read.ts'
import { createResource, requireShape } from '../../../kernel/resource/write.ts'
import { requireResident } from '../../resident/index.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { sectionsOf } from '../cda-body.ts'
import { headerOf } from '../cda-header.ts'
import { decoded } from '../cda-tree.ts'
import { at, text, textAt } from '../element.ts'
import { clinicalDocument, type Original, originalIn, requireAbout, sha1 } from '../index/document.ts'

const BYTES_MAX = 5 * 1_048_576
const TEXT_MAX = 200_000
const CDA = 'application/hl7-cda+xml'

let dataDir = ''

/** Says where uploaded files lie; once, when the routes are mounted. */
export function setFiles(folder: string): void {
  dataDir = folder
}

/** Media that files of these endings are; what is not here is kept and handed out, but not shown. */
const media: Readonly<Record<string, string>> = {
  ...{ xml: 'application/xml', cda: 'application/xml', pdf: 'application/pdf', txt: 'text/plain' },
  ...{ jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' },
}

const mediaOf = (fileName: string): string => {
  const ending = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  return (Object.hasOwn(media, ending) && media[ending]) || 'application/octet-stream'
}

interface Brought {
  readonly bytes: Uint8Array
  readonly root: ReturnType<typeof clinicalDocument>
}

async function bring(hash: string): Promise<Brought> {
  const bytes = await readBytes(dataDir, hash)
  if (bytes.length > BYTES_MAX) refuse('too-large', 'record.document-too-large')
  return { bytes, root: clinicalDocument(bytes) }
}

const oid = (root: string): string => (/^[\d.]+$/.test(root) ? `urn:oid:${root}` : `urn:uuid:${root}`)

/** The number of the document as FHIR writes it. */
const numberOf = ({ number }: DocumentHeader) =>
  number ? { system: oid(number.root), value: number.extension } : undefined

/** A document that came in before is not taken twice. */
async function refuseKnown(ctx: Ctx, residentId: string, header: DocumentHeader): Promise<void> {
  const number = numberOf(header)
  if (!number) return
  const identifier = `${number.system}|${number.value.replace(/[\\,|$]/g, '\\$&')}`
  const query = new URLSearchParams({ patient: residentId, identifier }).toString()
  const [known] = await matchesOf(ctx, 'DocumentReference', query)
  if (known) refuse('conflict', 'record.document-known', { details: { id: known.id } })
}

/** What the header says, in the words of a DocumentReference. */
const described = (header: DocumentHeader): Record<string, Json> => ({
  ...(header.number ? { masterIdentifier: numberOf(header) as Json } : {}),
  ...(header.type
    ? {
        type: {
          coding: [
            {
              ...(header.type.system ? { system: oid(header.type.system) } : {}),
              code: header.type.code,
              ...(header.type.display ? { display: header.type.display } : {}),
            },
          ],
        },
      }
    : {}),
  ...(header.authors.length > 0 ? { author: header.authors.map((display) => ({ display })) } : {}),
})

const add: Actions<typeof documentApi>['addDocument'] = prepared(
  ({ body }) => bring(body.hash),
  async (ctx, { params, body }, { bytes, root }) => {
    const institutionId = ownInstitution(ctx.actor)
    await requireLicensed(ctx, ctx.actor.practitionerId, 'record', institutionId)
    const person = await requireResident(ctx, params.id)
    if (root) requireAbout(root, person)
    const header = root && headerOf(root)
    if (header) await refuseKnown(ctx, params.id, header)
    const title = body.title ?? header?.title ?? body.fileName
    const contentType = root ? CDA : mediaOf(body.fileName)
    const patient = { reference: `Patient/${params.id}` }
    const data = Buffer.from(bytes).toString('base64')
    const binary = { resourceType: 'Binary', contentType, securityContext: patient, data }
    const { stored } = await createResource(ctx, binary)
    const document: Resource = {
      ...{ resourceType: 'DocumentReference', status: 'current', subject: patient, description: title },
      ...(header ? described(header) : {}),
      date: (header?.at ?? ctx.now).toISOString(),
      custodian: { reference: `Organization/${institutionId}` },
      content: [
        {
          attachment: {
            ...{ contentType, url: `Binary/${stored.id}`, title: body.fileName },
            ...{ size: bytes.length, hash: sha1(bytes) },
          },
        },
      ],
    }
    requireShape(document)
    const made = await createResource(ctx, document)
    return { id: made.stored.id }
  },
)

/** The document of this resident, with its file; 404 where it is another's. */
async function find(ctx: Ctx, { id, did }: { id: string; did: string }) {
  await requireResident(ctx, id)
  const stored = await findStored(ctx, 'DocumentReference', did)
  if (stored?.residentId !== id) return refuse('missing', 'record.no-such-resource')
  const document = JSON.parse((await readResource(ctx, 'DocumentReference', did)).content) as Resource
  const original = await originalIn(ctx, document)
  return { document, original: original ?? refuse('missing', 'record.document-elsewhere') }
}

const nameOf = (document: Resource, { name, media: kind }: Original): string =>
  name ??
  `${text(document.description) ?? 'document'}.${/xml|hl7/.test(kind) ? 'xml' : (kind.split('/')[1] ?? 'bin')}`

async function readable(ctx: Ctx, params: { id: string; did: string }): Promise<HeldDocument> {
  const { document, original } = await find(ctx, params)
  const { bytes, media: kind } = original
  const root = clinicalDocument(bytes)
  const header = root ? headerOf(root) : null
  return {
    id: params.did,
    title: text(document.description) ?? header?.title ?? textAt(at(document, 'type'), 'text') ?? '',
    at: header?.at ?? happenedAt(document),
    ...{ media: kind, fileName: nameOf(document, original), size: bytes.length, header },
    sections: root ? [...sectionsOf(root)] : [],
    text: kind.startsWith('text/plain') ? decoded(bytes).slice(0, TEXT_MAX) : null,
  }
}

export const documents: Actions<typeof documentApi> = {
  addDocument: add,
  readDocument: (ctx, { params }) => readable(ctx, params),
  async readOriginal(ctx, { params }) {
    const { document, original } = await find(ctx, params)
    return { bytes: original.bytes, fileName: nameOf(document, original) }
  },
}
