import { identityApi } from '@tongmai/api/identity'
import { permissionsOf } from '@tongmai/api/identity/role'
import type { Api } from '@tongmai/api/kernel'
import type { FastifyRequest } from 'fastify'
import { type Actor, nobody, system } from '../../../kernel/actor.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { hashToken } from '../../../kernel/secret.ts'
import type { World } from '../../../kernel/world.ts'
import { appActor } from '../app-actor.ts'
import { isCrossSite } from '../cross-site.ts'
import { practisesAt, standsFor } from '../question.ts'
import { narrowingBy, permissionsOfScopes } from '../scope.ts'
import { endsAt, isSeenLongAgo } from '../sign-in-limit.ts'
import { findAppToken } from '../store/app.ts'
import { findToken } from '../store/client.ts'
import { changeSession, findByToken } from '../store/session.ts'
import { APP_TOKEN_MARK, CLIENT_TOKEN_MARK, digestOf, type Known, remembered } from '../token-cache.ts'

export const COOKIE = 'tongmai_session'
const cookiePattern = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;\\s]+)`)
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const free = new Set(['session', 'changePassword', 'signOut'])
/** What one may do before the first password is changed: `GET /api/session`. */
const beforeChange: ReadonlySet<string> = new Set(
  Object.entries(identityApi as Api)
    .filter(([name, { may }]) => may === 'anyone' || free.has(name))
    .map(([, { method, path }]) => `${method} /api${path}`),
)

/** Who signed a request: asked of the database at most every five seconds per token. */
export function resolveActor(world: World): (request: FastifyRequest) => Promise<Actor> {
  return async (request) => {
    const found = tokenOf(request.headers)
    if (!found) return nobody
    const now = world.now().getTime()
    const known = await remembered(digestOf(found.token), now, () => load(world, found.token))
    if (!known || known.until <= now || isElsewhere(known.actor, request)) return nobody
    if (found.byCookie && isCrossSite(request.method, request.headers))
      refuse('forbidden', 'identity.cross-site')
    if (known.mustChangePassword && !beforeChange.has(`${request.method} ${request.routeOptions.url}`)) {
      refuse('forbidden', 'identity.change-password-first')
    }
    const practitioner = known.actor.kind === 'client' ? request.headers['x-practitioner'] : undefined
    return practitioner === undefined
      ? known.actor
      : onBehalf(world, { known, token: found.token, practitioner })
  }
}

/** An app that a person uses speaks FHIR; what the pages call is not its business. */
const isElsewhere = ({ app }: Actor, { url }: FastifyRequest): boolean =>
  app !== undefined && !url.startsWith('/fhir/')

function tokenOf({ authorization, cookie }: FastifyRequest['headers']) {
  const bearer = authorization && /^Bearer +([^\s]+)$/i.exec(authorization)?.[1]
  if (bearer) return { token: bearer, byCookie: false }
  const token = cookie && cookiePattern.exec(cookie)?.[1]
  return token ? { token, byCookie: true } : undefined
}

interface Behalf {
  readonly known: Known
  readonly token: string
  readonly practitioner: string | string[]
}

/** A client names the practitioner it acts for, one of its own institution; workforce decides what that one may. */
async function onBehalf(world: World, { known, token, practitioner }: Behalf): Promise<Actor> {
  if (typeof practitioner !== 'string' || !uuid.test(practitioner)) {
    const fields = [{ path: 'X-Practitioner', problem: 'uuid' }]
    refuse('invalid', 'identity.invalid-practitioner', { fields })
  }
  const practitionerId = practitioner.toLowerCase()
  const institutionId = known.actor.institutionId ?? ''
  const own = await remembered(hashToken(`${token} ${practitionerId}`), world.now().getTime(), async () => {
    const about = { practitionerId, institutionId }
    const is = await world.read(system(null), (ctx) => practisesAt.ask(ctx, about))
    return is ? { ...known, actor: { ...known.actor, practitionerId } } : null
  })
  return own?.actor ?? refuse('forbidden', 'identity.practitioner-not-here')
}

function load(world: World, token: string): Promise<Known | null> {
  if (token.startsWith(CLIENT_TOKEN_MARK)) return loadToken(world, token)
  return token.startsWith(APP_TOKEN_MARK) ? loadAppToken(world, token) : loadSession(world, token)
}

async function loadAppToken(world: World, token: string): Promise<Known | null> {
  const loaded = await world.read(system(null), async (ctx) => {
    const found = await findAppToken(ctx, hashToken(token))
    if (!found?.isAlive || found.until <= ctx.now) return undefined
    const { ownResidentId } = found
    const others = ownResidentId ? await standsFor.ask(ctx, { residentId: ownResidentId }) : []
    return { ...found, others }
  })
  const actor = loaded && appActor(loaded, loaded.others)
  return actor ? { actor, until: loaded.tokenUntil.getTime(), mustChangePassword: false } : null
}

async function loadToken(world: World, token: string): Promise<Known | null> {
  const found = await world.read(system(null), (ctx) => findToken(ctx, hashToken(token)))
  if (found?.state !== 'active') return null
  const { id, institutionId, scopes } = found
  const permissions = permissionsOfScopes(scopes)
  const narrowing = narrowingBy(scopes)
  const actor: Actor = { ...nobody, kind: 'client', id, institutionId, scopes, permissions, narrowing }
  return { actor, until: found.until.getTime(), mustChangePassword: false }
}

async function loadSession(world: World, token: string): Promise<Known | null> {
  const loaded = await world.read(system(null), async (ctx) => {
    const found = await findByToken(ctx, hashToken(token))
    if (found?.state !== 'active' || endsAt(found) <= ctx.now) return undefined
    const others = found.residentId ? await standsFor.ask(ctx, { residentId: found.residentId }) : []
    return { ...found, others, now: ctx.now }
  })
  if (!loaded) return null
  const { id, seenAt, now } = loaded
  const seen = isSeenLongAgo(seenAt, now)
  if (seen) await world.asSystem(null, (ctx) => changeSession(ctx, id, { seenAt: now }))
  const actor = loaded.residentId ? residentOf(loaded, loaded.residentId) : staffOf(loaded)
  const until = endsAt({ seenAt: seen ? now : seenAt, until: loaded.until }).getTime()
  return actor && { actor, until, mustChangePassword: loaded.mustChangePassword ?? false }
}

type Loaded = NonNullable<Awaited<ReturnType<typeof findByToken>>> & { readonly others: readonly string[] }

const residentOf = ({ id, residentAccountId, others }: Loaded, residentId: string): Actor => ({
  ...nobody,
  kind: 'resident',
  id: residentAccountId ?? '',
  residentIds: [residentId, ...others],
  sessionId: id,
})

/** Null where the post has ended: who has no part there acts for nobody. */
function staffOf({ id, accountId, institutionId, practitionerId, roles }: Loaded): Actor | null {
  if (!accountId || !roles) return null
  const permissions = permissionsOf(roles)
  return {
    ...nobody,
    kind: 'staff',
    id: accountId,
    institutionId,
    practitionerId,
    permissions,
    sessionId: id,
  }
}
