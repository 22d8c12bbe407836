import type { Opened } from '@tongmai/api/record'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { resourceIn } from '../../../kernel/resource/exact.ts'
import { listFacts } from '../../../kernel/resource/facts.ts'
import { happenedAt } from '../../../kernel/resource/happened.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { listVersions } from '../../../kernel/resource/read.ts'
import { linesOf } from '../detail.ts'
import { list, textAt } from '../element.ts'
import { typesOfKinds } from '../fact.ts'
import { recorderOf } from '../recorder.ts'
import { listNames, practitionerName } from '../store/rule.ts'
import { isInRecord } from './in-record.ts'
import { measurementsOf } from './named-fact.ts'

const mostResults = 200

/** The Observations of a report, or of one that has others as its parts, in the order in which it names them. */
const resultIds = (resource: Resource): string[] =>
  list(resource.resourceType === 'DiagnosticReport' ? resource.result : resource.hasMember).flatMap(
    (one) => /(?:^|\/)Observation\/([A-Za-z0-9\-.]{1,64})/.exec(textAt(one, 'reference') ?? '')?.[1] ?? [],
  )

/** What was found, as far as it lies in this record and may be seen. */
async function resultsOf(ctx: Ctx, residentId: string, resource: Resource): Promise<Opened['results']> {
  const ids = resultIds(resource).slice(0, mostResults)
  if (ids.length === 0) return []
  const among = { types: ['Observation'], ids, offset: 0, limit: mostResults }
  const { items } = await listFacts(ctx, residentId, among)
  const order = new Map(ids.map((id, at) => [id, at]))
  const placed = items.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
  const ranges = new Map(
    placed.map(({ id, content }) => [
      id,
      linesOf(resourceIn(content)).find(({ name }) => name === 'referenceRange')?.text ?? null,
    ]),
  )
  const found = await measurementsOf(ctx, placed)
  return found.map(({ fact }) => ({ fact, reference: ranges.get(fact.id) ?? null }))
}

/** One fact with everything its source says. The resident has been opened already. */
export async function openFact(ctx: Ctx, residentId: string, type: string, id: string): Promise<Opened> {
  if (!typesOfKinds().includes(type)) refuse('missing', 'record.no-such-resource')
  const versions = await listVersions(ctx, type, id)
  const [latest] = versions
  if (!latest || !(await isInRecord(ctx, residentId, latest.residentId)))
    return refuse('missing', 'record.no-such-resource')
  const current = versions.find((one) => !one.deleted) ?? latest
  const resource = resourceIn(current.content)
  const [measurement] = await measurementsOf(ctx, [{ ...current, happenedAt: happenedAt(resource) }])
  if (!measurement) return refuse('missing', 'record.no-such-resource')
  const recorderId = recorderOf(resource)
  const names = await listNames(ctx, [...new Set(versions.flatMap((one) => one.institutionId ?? []))])
  return {
    fact: measurement.fact,
    lines: linesOf(resource),
    results: await resultsOf(ctx, residentId, resource),
    versions: versions.map(({ version, updatedAt, institutionId, deleted }) => ({
      version,
      at: updatedAt,
      institution: institutionId ? { id: institutionId, name: names.get(institutionId) ?? '' } : null,
      change: deleted ? 'removed' : version === 1 ? 'created' : 'changed',
    })),
    recorder: recorderId && (await practitionerName(ctx, recorderId)),
    source: current.content,
  }
}
