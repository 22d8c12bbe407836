import type { DocumentHeader } from '@tongmai/api/record/document'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { matchesOf } from '../../../kernel/resource/query.ts'
import { createResource, requireShape } from '../../../kernel/resource/write.ts'
import { headerOf } from '../cda-header.ts'
import { type clinicalDocument, sha1 } from '../index/document.ts'

const CDA = 'application/hl7-cda+xml'

/** Media that files of these endings are; what is not here is kept and handed out, but not shown. */
const media: Readonly<Record<string, string>> = {
  ...{ xml: 'application/xml', cda: 'application/xml', pdf: 'application/pdf', txt: 'text/plain' },
  ...{ jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' },
}

const mediaOf = (fileName: string): string => {
  const ending = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  return (Object.hasOwn(media, ending) && media[ending]) || 'application/octet-stream'
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

/** Keeps a file as it came, and what its head says beside it; answers the id of its DocumentReference. */
export async function keepDocument(
  ctx: Ctx,
  residentId: string,
  file: {
    readonly bytes: Uint8Array
    readonly root: ReturnType<typeof clinicalDocument>
    readonly fileName: string
    readonly title?: string | undefined
  },
): Promise<string> {
  const { bytes, root, fileName } = file
  const header = root && headerOf(root)
  if (header) await refuseKnown(ctx, residentId, header)
  const contentType = root ? CDA : mediaOf(fileName)
  const patient = { reference: `Patient/${residentId}` }
  const data = Buffer.from(bytes).toString('base64')
  const binary = { resourceType: 'Binary', contentType, securityContext: patient, data }
  const { stored } = await createResource(ctx, binary)
  const document: Resource = {
    ...{ resourceType: 'DocumentReference', status: 'current', subject: patient },
    description: file.title ?? header?.title ?? fileName,
    ...(header ? described(header) : {}),
    date: (header?.at ?? ctx.now).toISOString(),
    custodian: { reference: `Organization/${ownInstitution(ctx.actor)}` },
    content: [
      {
        attachment: {
          ...{ contentType, url: `Binary/${stored.id}`, title: fileName },
          ...{ size: bytes.length, hash: sha1(bytes) },
        },
      },
    ],
  }
  requireShape(document)
  return (await createResource(ctx, document)).stored.id
}
