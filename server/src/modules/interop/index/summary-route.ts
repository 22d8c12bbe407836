import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { openedAsOne } from '../../../kernel/opening.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { exactly, resourceIn } from '../../../kernel/resource/exact.ts'
import { happenedAt } from '../../../kernel/resource/happened.ts'
import { isInScope } from '../../../kernel/resource/narrow.ts'
import { residentOf } from '../../../kernel/resource/next.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import { matchesOf } from '../../../kernel/resource/query.ts'
import { findMany } from '../../../kernel/resource/search.ts'
import { listCompartment } from '../../../kernel/resource/whole-record.ts'
import type { World } from '../../../kernel/world.ts'
import { doubtOf, factOf } from '../../record/index.ts'
import { summaryDocument } from '../summary-document.ts'
import { sections, type Told, toldIn } from '../summary-section.ts'
import { placeOf } from './admit.ts'
import { paramsOf, partsIn } from './asked-in.ts'
import { mayUse } from './may-use.ts'
import { type Asking, ask } from './question.ts'

const FACTS_MAX = 10_000
const types = [...new Set(sections.flatMap((section) => section.types))]
/** What facts point at and a reader needs beside them. */
const followed = ['Medication', 'Practitioner', 'PractitionerRole', 'Organization', 'Location']

/** `Patient/<id>/$summary`, and `Patient/$summary` by an identifier: an International Patient Summary of what the caller may see. */
export function routeSummary(fhir: FastifyInstance, world: World): void {
  const answer = async (ctx: Ctx, request: Asking) => {
    const may = (type: string) => mayUse(request.actor, type, 'r')
    const id = placeOf(request).id ?? (await identified(ctx, identifierIn(request)))
    const made = openedAsOne(ctx, 'summary', () =>
      summary(ctx, { id, may, base: `${world.publicUrl}/fhir/R4` }),
    )
    return JSON.stringify(await made, exactly)
  }
  for (const path of ['/Patient/:id/$summary', '/Patient/$summary'])
    ask(fhir, world, { methods: ['GET', 'POST'], path }, { verb: 'r', answer })
}

/** `system|value`, from the address or from Parameters. */
function identifierIn(request: Asking): string {
  const inAddress = paramsOf(request).get('identifier')
  if (inAddress) return inAddress
  const said = partsIn(request.body).find(({ name }) => name === 'identifier')
  const { system = '', value } = (said?.valueIdentifier ?? {}) as Record<string, Json>
  if (typeof said?.valueString === 'string') return said.valueString
  return typeof value === 'string' ? `${system}|${value}` : refuse('invalid', 'interop.parameter-missing')
}

async function identified(ctx: Ctx, identifier: string): Promise<string> {
  const query = new URLSearchParams({ identifier })
  const [found, other] = await matchesOf(ctx, 'Patient', query.toString())
  if (other) return refuse('precondition', 'record.several-match')
  return found?.id ?? refuse('missing', 'record.no-such-resource')
}

interface Wanted {
  readonly id: string
  readonly base: string
  readonly may: (type: string) => boolean
}

async function summary(ctx: Ctx, { id, base, may }: Wanted): Promise<Resource> {
  const residentId = (await residentOf(ctx, id)) ?? refuse('missing', 'record.no-such-resource')
  const patient = await patientOf(ctx, residentId)
  const { found } = await listCompartment(ctx, residentId, { types: types.filter(may), limit: FACTS_MAX })
  const facts = found.flatMap(({ content, ...kept }): Told[] => {
    const resource = resourceIn(content)
    const fact = factOf(resource, { ...kept, happenedAt: happenedAt(resource) })
    return fact ? [{ fact, resource, doubt: doubtOf(resource) }] : []
  })
  const told = facts.toSorted((a, b) => (b.fact.at?.getTime() ?? 0) - (a.fact.at?.getTime() ?? 0))
  const shown = sections.flatMap((section) => toldIn(section, told)).map(({ resource }) => resource)
  const custodian = ctx.actor.institutionId ?? undefined
  const wanted = [...shown, patient, { reference: custodian ? `Organization/${custodian}` : '' }]
  const beside = await pointedAt(ctx, wanted, may)
  const isThere = beside.some(
    ({ resourceType, id: own }) => resourceType === 'Organization' && own === custodian,
  )
  return summaryDocument({
    ...{ base, patient, told, beside, custodian: isThere ? custodian : undefined },
    ...{ now: ctx.now, id: ctx.id },
  })
}

async function patientOf(ctx: Ctx, residentId: string): Promise<Resource> {
  const [found] = await findMany(ctx, 'Patient', { ids: [], residents: [residentId] })
  const patient = found && resourceIn(found.content)
  return patient && isInScope(ctx.actor, 'r', patient)
    ? patient
    : refuse('missing', 'record.no-such-resource')
}

/** What these point at, of the types that are followed, as far as the caller may see it. */
async function pointedAt(ctx: Ctx, from: readonly unknown[], may: Wanted['may']): Promise<Resource[]> {
  const text = JSON.stringify(from)
  const found: Resource[] = []
  for (const type of followed.filter(may)) {
    const pointers = text.matchAll(new RegExp(`"reference":"${type}/([A-Za-z0-9.-]{1,64})"`, 'g'))
    const ids = [...new Set([...pointers].map(([, id = '']) => id))]
    if (ids.length === 0) continue
    const matches = await findMany(ctx, type, { ids, residents: [] })
    found.push(...matches.map(({ content }) => resourceIn(content)))
  }
  return found
}
