import type { documentApi, Filed, HeldDocument } from '@tongmai/api/record/document'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { readBytes } from '../../../kernel/file.ts'
import { type Actions, prepared } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { happenedAt } from '../../../kernel/resource/happened.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { findStored, readResource } from '../../../kernel/resource/read.ts'
import { requireResident } from '../../resident/index.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { attachmentsOf, isHeld } from '../attachment.ts'
import { sectionsOf } from '../cda-body.ts'
import { headerOf } from '../cda-header.ts'
import { decoded } from '../cda-tree.ts'
import { at, node, text, textAt } from '../element.ts'
import { factLabel } from '../fact.ts'
import {
  clinicalDocument,
  type Original,
  originalIn,
  receivedDocument,
  requireAbout,
} from '../index/document.ts'
import { isInRecord } from './in-record.ts'
import { keepDocument } from './keep-document.ts'

const BYTES_MAX = 5 * 1_048_576
const TEXT_MAX = 200_000

let dataDir = ''

/** Says where uploaded files lie; once, when the routes are mounted. */
export function setFiles(folder: string): void {
  dataDir = folder
}

interface Brought {
  readonly bytes: Uint8Array
  readonly root: ReturnType<typeof clinicalDocument>
}

async function bring(hash: string): Promise<Brought> {
  const bytes = await readBytes(dataDir, hash)
  if (bytes.length > BYTES_MAX) refuse('too-large', 'record.document-too-large')
  return { bytes, root: receivedDocument(bytes) }
}

const add: Actions<typeof documentApi>['addDocument'] = prepared(
  ({ body }) => bring(body.hash),
  async (ctx, { params, body }, { bytes, root }) => {
    await requireLicensed(ctx, ctx.actor.practitionerId, 'record', ownInstitution(ctx.actor))
    const person = await requireResident(ctx, params.id)
    if (root) requireAbout(root, person)
    const file = { bytes, root, fileName: body.fileName, title: body.title ?? undefined }
    return { id: await keepDocument(ctx, params.id, file) }
  },
)

interface Asked {
  readonly params: { readonly id: string; readonly did: string }
  readonly query: { readonly of: Filed; readonly nth?: number | undefined }
}

/** What of this resident has the file, and the file; 404 where it is another's. */
async function find(ctx: Ctx, { params: { id, did }, query: { of, nth } }: Asked) {
  await requireResident(ctx, id, 'record')
  const stored = await findStored(ctx, of, did)
  if (!stored || !(await isInRecord(ctx, id, stored.residentId)))
    return refuse('missing', 'record.no-such-resource')
  const document = JSON.parse((await readResource(ctx, of, did)).content) as Resource
  const original = await originalIn(ctx, document, nth)
  return { document, original: original ?? refuse('missing', 'record.document-elsewhere') }
}

const endings: Readonly<Record<string, string>> = { plain: 'txt', 'octet-stream': 'bin' }

function endingOf(kind: string): string {
  if (/xml|hl7/.test(kind)) return 'xml'
  const subtype = kind.split(/[/;]/)[1] ?? 'bin'
  return endings[subtype] ?? subtype
}

const titleOf = (document: Resource): string | undefined =>
  text(document.description) ??
  (document.resourceType === 'DocumentReference' ? undefined : factLabel(document).text)

/** The name of the file to take away, with an ending by which it opens. */
function nameOf(document: Resource, { name, media: kind }: Original): string {
  const known = name ?? titleOf(document) ?? 'document'
  return /\.\w{2,5}$/.test(known) ? known : `${known}.${endingOf(kind)}`
}

const filesOf = (document: Resource): HeldDocument['files'] =>
  attachmentsOf(document).flatMap((attachment, nth) => {
    const { title, contentType } = node(attachment)
    const kind = text(contentType) ?? ''
    return isHeld(attachment) ? [{ nth, name: text(title) ?? '', media: kind }] : []
  })

async function readable(ctx: Ctx, asked: Asked): Promise<HeldDocument> {
  const { document, original } = await find(ctx, asked)
  const { bytes, media: kind } = original
  const root = clinicalDocument(bytes)
  const header = root ? headerOf(root) : null
  return {
    id: asked.params.did,
    title: titleOf(document) ?? header?.title ?? textAt(at(document, 'type'), 'text') ?? '',
    at: header?.at ?? happenedAt(document),
    ...{ media: kind, fileName: nameOf(document, original), size: bytes.length, header },
    files: filesOf(document),
    sections: root ? [...sectionsOf(root)] : [],
    text: kind.startsWith('text/plain') ? decoded(bytes).slice(0, TEXT_MAX) : null,
  }
}

async function original(ctx: Ctx, asked: Asked) {
  const { document, original: file } = await find(ctx, asked)
  return { bytes: file.bytes, fileName: nameOf(document, file) }
}

export const documents: Actions<typeof documentApi> = {
  addDocument: add,
  readDocument: readable,
  readOriginal: original,
  readMyDocument: readable,
  readMyOriginal: original,
}
