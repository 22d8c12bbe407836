import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal, refuse } from '../../../kernel/refusal.ts'
import { advise } from '../../../kernel/resource/advise.ts'
import { type Json, ownerOf, type Resource } from '../../../kernel/resource/owner.ts'
import { isResourceId } from '../../../kernel/resource/primitive.ts'
import { findStored, readResource } from '../../../kernel/resource/read.ts'
import { type Problem, problemsOf } from '../../../kernel/resource/validate.ts'
import { requirePast } from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'
import { allDone } from '../outcome.ts'
import { placeOf, requireUse } from './admit.ts'
import { partsIn } from './asked-in.ts'
import { type Asking, ask } from './question.ts'
import { RESOURCE_BYTES_MAX } from './write-route.ts'

interface Asked {
  readonly resource: Resource | undefined
  readonly mode: string | undefined
  /** The profile that is asked about beside those that the resource names. */
  readonly profile: string | undefined
}

const modes: readonly (string | undefined)[] = [undefined, 'create', 'update', 'delete', 'profile']

/** What is to be validated: the body itself, or what Parameters say; where those are meant that say nothing, they themselves. */
function askedOf({ body, query, params }: Asking): Asked {
  const given = (typeof body === 'object' && body !== null ? body : undefined) as Resource | undefined
  const said = (query ?? {}) as { mode?: unknown; profile?: unknown }
  const spoken = typeof said.mode === 'string' ? said.mode : undefined
  const profile = typeof said.profile === 'string' ? said.profile : undefined
  if (given?.resourceType !== 'Parameters') return { resource: given, mode: spoken, profile }
  const parts = partsIn(given) as readonly Part[]
  const named = parts.find(({ name }) => name === 'profile')
  const isThemselves = (params as { type?: string }).type === 'Parameters'
  return {
    resource: parts.find(({ name }) => name === 'resource')?.resource ?? (isThemselves ? given : undefined),
    mode: parts.find(({ name }) => name === 'mode')?.valueCode ?? spoken,
    profile: named?.valueUri ?? named?.valueCanonical ?? profile,
  }
}

interface Part {
  readonly name?: string
  readonly resource?: Resource
  readonly valueCode?: string
  readonly valueUri?: string
  readonly valueCanonical?: string
}

const issueOf = ({ path, code, text, advice }: Problem) => ({
  severity: advice ? 'warning' : 'error',
  code,
  diagnostics: `${path}: ${text}`,
  expression: [path],
})

/** `$validate` of a type or of one resource: says what a write would be refused for, and what it is advised; stores nothing. */
export function routeValidation(fhir: FastifyInstance, world: World): void {
  const answer = async (ctx: Ctx, request: Asking) => {
    const { type, id } = placeOf(request)
    const asked = askedOf(request)
    const { mode } = asked
    if (!modes.includes(mode)) refuse('invalid', 'record.bad-mode', { details: { mode } })
    requireUse(request, type, mode === 'create' ? 'c' : mode === 'delete' ? 'd' : 'r')
    const problems = await problemsIn(ctx, { type, id, ...asked })
    const outcome =
      problems.length > 0
        ? { resourceType: 'OperationOutcome', issue: problems.map(issueOf) }
        : allDone('nothing is wrong with this resource')
    return JSON.stringify(outcome)
  }
  const question = { bodyLimit: RESOURCE_BYTES_MAX, answer }
  ask(fhir, world, { methods: ['POST'], path: '/:type/$validate' }, question)
  ask(fhir, world, { methods: ['GET', 'POST'], path: '/:type/:id/$validate' }, question)
}

async function problemsIn(
  ctx: Ctx,
  { type, id, resource, mode, profile }: Asked & { type: string; id: string | undefined },
): Promise<readonly Problem[]> {
  if (mode === 'delete') return removable(ctx, type, id)
  const subject = resource ?? (id ? await stored(ctx, type, id) : undefined)
  if (!subject) return refuse('invalid', 'record.entry-without-resource')
  return [
    ...problemsOf(subject, advise),
    ...writable(ctx, subject, { type, id, mode }),
    ...unchecked(subject, profile),
  ]
}

const BASE = 'http://hl7.org/fhir/StructureDefinition/'

/** Profiles, of which it must not be believed that nothing is wrong with them: only R4's own definitions are held against. */
function unchecked({ resourceType, meta }: Resource, asked: string | undefined): Problem[] {
  const claimed = ((meta ?? {}) as { profile?: Json }).profile
  const profiles = new Set([asked, ...(Array.isArray(claimed) ? claimed : [])])
  return [...profiles].flatMap((profile) =>
    typeof profile !== 'string' || profile.replace(/\|.*$/, '') === `${BASE}${resourceType}`
      ? []
      : [
          {
            path: `${resourceType}.meta.profile`,
            code: 'not-supported' as const,
            text: `${profile} is not checked here`,
            advice: true as const,
          },
        ],
  )
}

const stored = async (ctx: Ctx, type: string, id: string): Promise<Resource> =>
  JSON.parse((await readResource(ctx, type, id)).content) as Resource

const rule = (path: string, text: string): Problem => ({ path, code: 'business-rule', text })

/** What besides its shape would keep a resource from being written at this address. */
function writable(
  ctx: Ctx,
  resource: Resource,
  { type, id, mode }: { type: string; id: string | undefined; mode: string | undefined },
): Problem[] {
  const problems: Problem[] = []
  const path = String(resource.resourceType)
  if (resource.resourceType !== type) problems.push(rule(path, `is no ${type}`))
  if (resource.id !== undefined && !isResourceId(resource.id))
    problems.push({ path: `${path}.id`, code: 'value', text: 'is no id' })
  if (mode === 'update' && id !== undefined && resource.id !== id)
    problems.push(rule(`${path}.id`, 'is not the id in the address'))
  try {
    requirePast(ctx, resource)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    problems.push(rule(error.extra.fields?.[0]?.path ?? path, error.code))
  }
  return problems
}

/** Whether a removal would be refused. */
async function removable(ctx: Ctx, type: string, id: string | undefined): Promise<Problem[]> {
  if (!id) return refuse('invalid', 'record.bad-url')
  const found = (await findStored(ctx, type, id)) ?? refuse('missing', 'record.no-such-resource')
  if (found.deleted) return []
  const owner = ownerOf(JSON.parse(found.content) as Resource)
  if (owner && !owner.remove) return [rule(type, 'record.cannot-be-removed')]
  const isOurs = owner || found.institutionId === ctx.actor.institutionId
  return isOurs ? [] : [rule(type, 'record.recorded-elsewhere')]
}
