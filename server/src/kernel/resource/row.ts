import type { Ctx } from '../ctx.ts'
import { exactText } from './exact.ts'
import type { Resource, Stored } from './owner.ts'

/** A row of `kernel.resource` as the driver gives it. */
export interface Row {
  readonly resident_id: string
  readonly type: string
  readonly id: string
  readonly own_id: string | null
  readonly version: number
  readonly updated_at: Date
  readonly institution_id: string | null
  readonly audience: string[] | null
  readonly sensitivity: number
  readonly deleted: boolean
  readonly content: string
}

export const columns =
  'r.resident_id, r.type, r.id, r.own_id, r.version, r.updated_at, r.institution_id, r.audience, r.sensitivity, r.deleted, r.content'

const nobodysId = '00000000-0000-0000-0000-000000000000'

/** The row as others see it. */
export const storedOf = (row: Row): Stored => ({
  type: row.type,
  id: row.id,
  ownId: row.own_id ?? row.id,
  version: row.version,
  updatedAt: row.updated_at,
  residentId: row.resident_id === nobodysId ? null : row.resident_id,
  institutionId: row.institution_id,
  audience: row.audience,
  sensitivity: row.sensitivity,
  deleted: row.deleted,
  content: row.content,
})

/** Which version of what is to be written as JSON. */
export interface Label {
  readonly id: string
  readonly version: number
  readonly updatedAt: Date
}

/** The exact JSON to answer: the resource under its id, with the version and the time the store gave it. */
export function render(resource: Resource, { id, version, updatedAt }: Label): string {
  const { resourceType, id: _, meta, ...elements } = resource
  const own = typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? meta : undefined
  const stamp = { versionId: String(version), lastUpdated: updatedAt.toISOString() }
  return exactText({ resourceType, id, meta: own ? { ...own, ...stamp } : stamp, ...elements })
}

/** Runs one statement under a name, so that each connection parses and plans it once. */
export async function rowsOf<T extends object>(
  ctx: Ctx,
  name: string,
  text: string,
  values: unknown[],
): Promise<T[]> {
  return (await ctx.client.query<T>({ name, text, values })).rows
}

/** True for a violated unique key: somebody else stored it at the same moment. */
export const isTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '23505'
