import type { Ctx } from '../../ctx.ts'
import { unkeepable } from '../../keepable.ts'
import { refuse } from '../../refusal.ts'
import { exactIn, resourceIn } from '../exact.ts'
import type { Json, Resource } from '../owner.ts'
import { lockStored, readResource } from '../read.ts'
import { refuseSeries } from '../series.ts'
import { requireShape, requireVersion, updateResource, type Written } from '../write.ts'
import { jsonPatchIn, patchedByJson } from './json.ts'
import { patchedByPath, pathPatchIn } from './path.ts'

/** What is to be done to a resource; answers the resource after it, and leaves the one before as it is. */
export type Patch = (resource: Resource) => Resource

/** Reads a patch: a JSON Patch (a list, or a Binary that holds one), or a FHIRPath Patch (Parameters); 400 for others. */
export function patchIn(body: Json): Patch {
  const resource = (typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}) as Resource
  if (resource.resourceType === 'Parameters') {
    requireShape(resource)
    const operations = pathPatchIn(resource)
    return (target) => patchedByPath(target, operations)
  }
  const operations = jsonPatchIn(resource.resourceType === 'Binary' ? inBinary(resource) : body)
  return (target) => patchedByJson(target, operations)
}

function inBinary({ contentType, data }: Resource): Json {
  if (contentType !== 'application/json-patch+json') refuse('invalid', 'record.bad-patch')
  const body = parsed(Buffer.from(String(data), 'base64').toString())
  return unkeepable(body) ? refuse('invalid', 'record.bad-patch') : body
}

function parsed(text: string): Json {
  try {
    return exactIn(text)
  } catch {
    return refuse('invalid', 'record.bad-patch')
  }
}

/**
 * Changes a resource by a patch on what the caller would read of it now, exactly as a PUT of the result would: what a
 * module owns is changed by its module.
 */
export async function patchResource(
  ctx: Ctx,
  { type, id }: { type: string; id: string },
  patch: Patch,
  expected?: number,
): Promise<Written> {
  const stored = await lockStored(ctx, type, id)
  if (!stored) {
    await refuseSeries(ctx, type, id)
    return refuse('missing', 'record.no-such-resource')
  }
  const now = await readResource(ctx, type, stored.id)
  requireVersion(stored, expected)
  const next = patch(resourceIn(now.content))
  if (next.resourceType !== type || next.id !== stored.id) refuse('unprocessable', 'record.id-differs')
  requireShape(next)
  return updateResource(ctx, { ...next, id: stored.id }, expected)
}
