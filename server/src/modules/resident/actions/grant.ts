import type { Ctx } from '../../../kernel/ctx.ts'
import { addGrants, endGrants, type Grant, pairsVia, suspendVia, walkGrants } from '../../../kernel/grant.ts'
import { sharesRecords } from '../../network/index.ts'
import { tell } from '../events.ts'

export interface NewGrant {
  readonly residentId: string
  readonly institutionId: string
  readonly basis: 'treatment' | 'referral' | 'contract' | 'consult' | 'consent' | 'emergency'
  /** The thing it springs from: `referral:<id>`. */
  readonly source: string
  readonly depth: 'summary' | 'full'
  readonly until?: Date | null
  /** The institution by whose agreement it is held: suspended while the two share no records. */
  readonly viaInstitutionId?: string | null
  /** Bits of the sensitive categories it opens besides (`sensitiveBits`); none where nothing is said. */
  readonly sensitive?: number
}

/** Opens a resident's record to an institution; the same source again makes it longer, never shorter. */
export async function grant(ctx: Ctx, given: NewGrant): Promise<void> {
  await grantMany(ctx, [given])
}

/** As `grant`, for many at once. */
export async function grantMany(ctx: Ctx, all: readonly NewGrant[]): Promise<void> {
  const rows = all.map(({ until = null, viaInstitutionId = null, ...given }) => ({
    ...{ ...given, since: ctx.now, until, viaInstitutionId },
  }))
  if (rows.length > 0) await addGrants(ctx, rows)
  for (const { residentId, institutionId, basis, source } of rows) {
    await tell(ctx, 'resident.granted', {
      thing: `resident:${residentId}`,
      residentId,
      audience: [institutionId],
      data: { institutionId, basis, source },
    })
  }
}

/** Ends what sprang from one source; grants from other sources stay. */
export async function endGrant(
  ctx: Ctx,
  of: { source: string; residentId?: string; institutionId?: string },
): Promise<void> {
  const ended = Map.groupBy(await endGrants(ctx, of), (row) => row.residentId)
  for (const [residentId, rows] of ended) {
    const institutionIds = rows.map((row) => row.institutionId)
    const data = { institutionIds, source: of.source }
    await tell(ctx, 'resident.grant-ended', {
      thing: `resident:${residentId}`,
      residentId,
      audience: institutionIds,
      data,
    })
  }
}

/** Suspends what these institutions hold by virtue of each other and share no longer, and lifts where they share again. */
export async function followAgreements(ctx: Ctx, institutionIds: readonly string[]): Promise<void> {
  for (const { institutionId, viaInstitutionId } of await pairsVia(ctx, institutionIds)) {
    if (viaInstitutionId === null) continue
    const suspended = !(await sharesRecords(ctx, institutionId, viaInstitutionId))
    const changed = await suspendVia(ctx, { institutionId, viaInstitutionId, suspended })
    if (changed.length === 0) continue
    await tell(ctx, suspended ? 'resident.grants-suspended' : 'resident.grants-resumed', {
      thing: `institution:${institutionId}`,
      audience: [institutionId, viaInstitutionId],
      data: { institutionId, viaInstitutionId, residents: changed.length },
    })
  }
}

/** Which of these sources still live; the grants of the others have outlived their reason. */
export type IsLive = (ctx: Ctx, sources: readonly string[]) => Promise<ReadonlySet<string>>

const kinds = new Map<string, IsLive>()

/** Says how to look up whether sources `kind:…` (or plain `kind`) are live; each module for the kinds it grants by. */
export function registerSource(kind: string, isLive: IsLive): void {
  if (kinds.has(kind)) throw new Error(`source ${kind} is registered already`)
  kinds.set(kind, isLive)
}

const kindOf = (source: string): string => source.split(':', 1)[0] ?? ''
const BATCH = 1000

/** Every grant without a live source, and every one of a kind that nobody can vouch for. */
export async function* grantsWithoutSource(ctx: Ctx): AsyncGenerator<Outlived> {
  let after: Grant | undefined
  for (;;) {
    const batch = await walkGrants(ctx, after, BATCH)
    for (const [kind, rows] of Map.groupBy(batch, (row) => kindOf(row.source))) {
      yield* await outlived(ctx, kind, rows)
    }
    if (batch.length < BATCH) return
    after = batch.at(-1)
  }
}

type Outlived = Grant & { problem: 'dead' | 'unknown-kind' }

async function outlived(ctx: Ctx, kind: string, rows: readonly Grant[]): Promise<Outlived[]> {
  const live = await kinds.get(kind)?.(ctx, [...new Set(rows.map((row) => row.source))])
  if (!live) return rows.map((row) => ({ ...row, problem: 'unknown-kind' }))
  return rows.filter((row) => !live.has(row.source)).map((row) => ({ ...row, problem: 'dead' }))
}
