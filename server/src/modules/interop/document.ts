import type { Ctx } from '../../kernel/ctx.ts'
import { refuse } from '../../kernel/refusal.ts'
import { exactText, markExact, resourceIn } from '../../kernel/resource/exact.ts'
import { nodes } from '../../kernel/resource/node.ts'
import type { Json, Resource, ResourceOwner, Stored } from '../../kernel/resource/owner.ts'
import { listParts, type Part } from '../../kernel/resource/parts.ts'
import { projectNew } from '../../kernel/resource/project.ts'
import { after } from '../../kernel/resource/put.ts'
import { present, readResource } from '../../kernel/resource/read.ts'
import { isResourceType } from '../../kernel/resource/shape.ts'

const BYTES_MAX = 5 * 1_048_576

/** Whose document, and for whom. */
export interface DocumentWish {
  /** `https://…/fhir/R4`. */
  readonly base: string
  readonly compositionId: string
  /** Whether the caller may read resources of a type at all. */
  readonly may: (type: string) => boolean
}

const pointer = /"reference":"([^"]*?)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^"/]+)?"/g

/** What a resource points at on this server and the caller may read, each once, in the order in which it names them. */
function pointedAt(content: string, { base, may }: DocumentWish): (readonly [string, string])[] {
  const pointed = new Map<string, readonly [string, string]>()
  for (const [, before, type = '', id = ''] of content.matchAll(pointer))
    if ((before === '' || before === `${base}/`) && isResourceType(type) && may(type))
      pointed.set(`${type}/${id}`, [type, id])
  return [...pointed.values()]
}

/** The Composition and whatever it points at that the caller may see, as they lie in the store. */
async function partsOf(ctx: Ctx, wish: DocumentWish): Promise<readonly Part[]> {
  const { content, id } = await readResource(ctx, 'Composition', wish.compositionId)
  const named = pointedAt(content, wish).filter(([type, other]) => type !== 'Composition' || other !== id)
  return listParts(ctx, [['Composition', id], ...named])
}

const bundleOf = (ctx: Ctx, base: string, contents: readonly string[]): Resource & { readonly id: string } =>
  markExact({
    ...{ resourceType: 'Bundle', id: ctx.id(), type: 'document', timestamp: ctx.now.toISOString() },
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${ctx.id()}` },
    entry: contents.map(resourceIn).map((resource) => ({
      fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
      resource: resource as unknown as Json,
    })),
  })

/** The document as the caller reads it. */
export async function documentOf(ctx: Ctx, wish: DocumentWish): Promise<string> {
  const parts = await partsOf(ctx, wish)
  const contents = await Promise.all(parts.map(({ stored }) => present(ctx, stored)))
  return exactText(bundleOf(ctx, wish.base, contents))
}

/** Why a part cannot lie in a kept document, which is read by whoever reads the patient's record; undefined where it can. */
function whyNot({ stored, reader }: Part, residentId: string | null): string | undefined {
  if (reader !== null || stored.audience !== null) return 'may be seen by some only'
  const isPatients = stored.residentId === residentId
  return isPatients || stored.residentId === null ? undefined : 'is of another registration'
}

function requireKeepable(parts: readonly Part[]): string {
  const residentId = parts[0]?.stored.residentId ?? null
  const fields = parts.flatMap((part) => {
    const problem = whyNot(part, residentId)
    return problem ? [{ path: `${part.stored.type}/${part.stored.id}`, problem }] : []
  })
  if (residentId === null)
    fields.push({ path: 'Composition.subject', problem: 'is no Patient of this server' })
  return residentId !== null && fields.length === 0
    ? residentId
    : refuse('unprocessable', 'interop.document-not-kept', { fields })
}

/**
 * Keeps the document as a Bundle of the patient, as sensitive as the most sensitive of what it holds. Where another
 * institution recorded that, the Bundle is nobody's: its maker reads it as long as they may read what is in it.
 */
export async function keepDocument(ctx: Ctx, wish: DocumentWish): Promise<Stored> {
  const parts = await partsOf(ctx, wish)
  const residentId = requireKeepable(parts)
  const all = parts.map(({ stored }) => stored)
  const own = ctx.actor.institutionId
  const isOthers = all.some((one) => one.sensitivity !== 0 && one.institutionId !== own)
  const resource = bundleOf(
    ctx,
    wish.base,
    all.map(({ content }) => content),
  )
  const sensitivity = all.reduce((bits, one) => bits | one.sensitivity, 0)
  const institutionId = isOthers ? null : own
  const stored = await projectNew(ctx, { resource, residentId, sensitivity, institutionId })
  if (stored.content.length > BYTES_MAX) refuse('too-large', 'kernel.body-too-large')
  await after(ctx, stored, resource, 'created')
  return stored
}

/** A kept document as it leaves: its Patient with what may be shown to this reader, as anywhere else. */
async function presented(ctx: Ctx, stored: Stored): Promise<string> {
  const { residentId, content } = stored
  if (residentId === null) return content
  const bundle = resourceIn(content)
  const entry = await Promise.all(
    nodes(bundle.entry).map(async (one) => {
      const inner = one.resource as unknown as Resource | undefined
      if (inner?.resourceType !== 'Patient') return one
      const own = { type: 'Patient', id: inner.id ?? '', ownId: residentId, content: exactText(inner) }
      return { ...one, resource: resourceIn(await present(ctx, { ...stored, ...own })) as unknown as Json }
    }),
  )
  return exactText(markExact({ ...bundle, entry: entry as Json[] }))
}

const never = (): never => refuse('conflict', 'record.cannot-change-owner')

/** Bundles are nobody's; what is kept of a patient in them is put in on read. */
export const documentOwner: ResourceOwner = {
  ...{
    type: 'Bundle',
    owns: () => false,
    models: [],
    create: async () => never(),
    change: async () => never(),
  },
  present: presented,
}
