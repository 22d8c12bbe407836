import type { documentApi, HeldDocument } from '@tongmai/api/record/document'
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
import { sectionsOf } from '../cda-body.ts'
import { headerOf } from '../cda-header.ts'
import { decoded } from '../cda-tree.ts'
import { at, text, textAt } from '../element.ts'
import {
  clinicalDocument,
  type Original,
  originalIn,
  receivedDocument,
  requireAbout,
} from '../index/document.ts'
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

/** The document of this resident, with its file; 404 where it is another's. */
async function find(ctx: Ctx, { id, did }: { id: string; did: string }) {
  await requireResident(ctx, id, 'record')
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
