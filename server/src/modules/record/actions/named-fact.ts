import type { Ctx } from '../../../kernel/ctx.ts'
import { resourceIn } from '../../../kernel/resource/exact.ts'
import type { StoredFact } from '../../../kernel/resource/facts.ts'
import { factOf, providerIn } from '../fact.ts'
import { listNames } from '../store/rule.ts'
import type { Measurement } from '../trend.ts'
import { rangeOf } from '../value.ts'

interface Read extends Measurement {
  readonly institutionId: string | null
  readonly providerId: string | undefined
}

function read(stored: StoredFact): Read[] {
  const resource = resourceIn(stored.content)
  const fact = factOf(resource, stored)
  const { institutionId } = stored
  return fact
    ? [{ fact, range: rangeOf(resource as never), institutionId, providerId: providerIn(resource) }]
    : []
}

/** What is stored as facts, with who recorded each and where it happened by name; what is no line of a record is left out. */
export async function measurementsOf(ctx: Ctx, stored: readonly StoredFact[]): Promise<Measurement[]> {
  const reads = stored.flatMap(read)
  const ids = reads.flatMap(({ institutionId, providerId }) => [institutionId, providerId])
  const names = await listNames(ctx, [...new Set(ids.filter((id): id is string => isUuid(id)))])
  return reads.map(({ fact, range, institutionId, providerId }) => ({
    range,
    fact: {
      ...fact,
      provider: (providerId && names.get(providerId)) ?? null,
      institution: institutionId ? { id: institutionId, name: names.get(institutionId) ?? '' } : null,
    },
  }))
}

const isUuid = (id: string | null | undefined): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id ?? '')
