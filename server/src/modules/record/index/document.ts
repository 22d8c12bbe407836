import { createHash } from 'node:crypto'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal, refuse } from '../../../kernel/refusal.ts'
import { fitting } from '../../../kernel/resource/comparable.ts'
import { nobodysId } from '../../../kernel/resource/concern.ts'
import { ownBase } from '../../../kernel/resource/extract.ts'
import type { Json, Resource, Stored } from '../../../kernel/resource/owner.ts'
import { searchable } from '../../../kernel/resource/parameter.ts'
import { readResource } from '../../../kernel/resource/read.ts'
import { rowsOf } from '../../../kernel/resource/row.ts'
import { requireResident } from '../../resident/index.ts'
import { attachmentsOf, BINARY } from '../attachment.ts'
import { headerOf, type Person, strangeIn } from '../cda-header.ts'
import { decoded, rootOf, type Tag } from '../cda-tree.ts'
import { node, text } from '../element.ts'

/** A file with its bytes. */
export interface Original {
  readonly media: string
  readonly name: string | undefined
  readonly bytes: Uint8Array
}

const CDA = /<(?:[\w.-]+:)?ClinicalDocument[\s>/]/

/** The SHA-1 of bytes in base64, as FHIR R4 writes it in Attachment.hash. */
export const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('base64')

/** The root of a clinical document; undefined where these bytes are none. */
export function clinicalDocument(bytes: Uint8Array): Tag | undefined {
  const root = rootOf(decoded(bytes))
  return root?.name === 'ClinicalDocument' ? root : undefined
}

/**
 * What comes in as a clinical document, under whatever media type: it is shown as one by its bytes. 422 where it calls
 * itself one and cannot be read, or declares entities: nobody could tell whose it is.
 */
export function receivedDocument(bytes: Uint8Array): Tag | undefined {
  const root = clinicalDocument(bytes)
  if (!root && CDA.test(decoded(bytes))) refuse('unprocessable', 'record.document-unreadable')
  return root
}

/** Refuses 422 a clinical document that names another person, or none, saying in what. */
export function requireAbout(root: Tag, person: Person): void {
  const strange = strangeIn(headerOf(root), person)
  if (strange.length === 0) return
  const code = strange[0] === 'nobody' ? 'record.document-names-nobody' : 'record.document-of-another-person'
  refuse('unprocessable', code, {
    fields: strange.map((path) => ({ path: `recordTarget.${path}`, problem: 'differs from the record' })),
  })
}

const pointing = `select distinct k.resident_id from kernel.resource_key k
  join kernel.resource r on r.resident_id = k.resident_id and r.type = k.type and r.id = k.id
  where k.type = 'DocumentReference' and k.key = any ($1) and k.resident_id <> $2 and not r.deleted`

async function binaryAt(ctx: Ctx, url: string): Promise<{ bytes: Uint8Array; media: string } | undefined> {
  const id = BINARY.exec(url)?.[1]
  if (!id) return undefined
  try {
    const { data, contentType } = JSON.parse((await readResource(ctx, 'Binary', id)).content) as Resource
    return { bytes: Buffer.from(text(data) ?? '', 'base64'), media: text(contentType) ?? '' }
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** The bytes of one attachment, in it or in the Binary it points at; undefined where they lie elsewhere. */
async function originalOf(ctx: Ctx, attachment: Json): Promise<Original | undefined> {
  const { data, url, contentType, title } = node(attachment)
  const held =
    typeof data === 'string'
      ? { bytes: new Uint8Array(Buffer.from(data, 'base64')), media: '' }
      : typeof url === 'string'
        ? await binaryAt(ctx, url)
        : undefined
  return held && { ...held, media: text(contentType) ?? held.media, name: text(title) }
}

/** The first file whose bytes are here, or the nth from 0, checked against its hash. */
export async function originalIn(ctx: Ctx, document: Resource, nth?: number): Promise<Original | undefined> {
  const attachments = attachmentsOf(document)
  for (const attachment of nth === undefined ? attachments : attachments.slice(nth, nth + 1)) {
    const original = await originalOf(ctx, attachment)
    if (!original) continue
    const { hash } = node(attachment)
    if (typeof hash === 'string' && hash !== sha1(original.bytes))
      refuse('unprocessable', 'record.document-hash-differs')
    return original
  }
  return undefined
}

/** What comes in as a document must be what its hash says, and a clinical document must be about the patient it is filed under. */
export async function checkDocument(ctx: Ctx, stored: Stored, document: Resource): Promise<void> {
  const original = await originalIn(ctx, document)
  if (!original || !stored.residentId) return
  const root = receivedDocument(original.bytes)
  if (root) requireAbout(root, await requireResident(ctx, stored.residentId))
}

/** Whether a Binary may hold XML: by its first bytes, a mark of its encoding and blanks aside. */
export const maybeXml = ({ data }: Resource): boolean => {
  const start = Buffer.from((text(data) ?? '').slice(0, 64), 'base64').toString('latin1')
  return /^(\xFF\xFE|\xFE\xFF|(\xEF\xBB\xBF)?\s*<)/.test(start)
}

/** A file that is written over is about whom it was about still: the patient it lies under, and whoever's documents point at it. */
export async function checkBinary(ctx: Ctx, stored: Stored, binary: Resource): Promise<void> {
  await asSystem(ctx, async (all) => {
    const pointing = stored.version > 1 ? await listPointing(all, stored.id) : []
    const residents = new Set([...(stored.residentId ? [stored.residentId] : []), ...pointing])
    if (residents.size === 0) return
    const root = receivedDocument(Buffer.from(text(binary.data) ?? '', 'base64'))
    for (const id of root ? residents : []) if (root) requireAbout(root, await requireResident(all, id))
  })
}

/** The residents whose documents name this file. */
async function listPointing(ctx: Ctx, binaryId: string): Promise<readonly string[]> {
  const slots = searchable('DocumentReference').parameters.get('location')?.slots ?? []
  const urls = [`Binary/${binaryId}`, `${ownBase()}/Binary/${binaryId}`]
  const keys = slots.flatMap((slot) => urls.map((url) => `${slot}=${fitting(url)}`))
  const rows = await rowsOf<{ resident_id: string }>(ctx, 'record-pointing', pointing, [keys, nobodysId])
  return rows.map((row) => row.resident_id)
}
