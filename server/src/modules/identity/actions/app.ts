import type { identityApi } from '@tongmai/api/identity'
import type { AppRequest } from '@tongmai/api/identity/app'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { patientIdOf } from '../../../kernel/resource/patient-id.ts'
import { hashToken, newToken } from '../../../kernel/secret.ts'
import { tell } from '../announce.ts'
import { answerAddress, isBound, mayAnswerTo, wantedBy } from '../app-request.ts'
import { appUntil, codeUntil, launchUntil } from '../sign-in-limit.ts'
import { findInstitutionName } from '../store/account.ts'
import { addCode, addGrant, addLaunch, findLaunch, listGrants, removeGrant } from '../store/app.ts'
import { findClient, listLaunchable } from '../store/client.ts'
import { forgetAccount } from '../token-cache.ts'
import { forgetting, visit } from '../visit.ts'

const fhirBase = () => `${visit().world.publicUrl}/fhir/R4`

const wrong = (error: string): never =>
  refuse('unprocessable', 'identity.app-request', { details: { error } })

/** The client behind a request and what it wants, of a person of the kind the client is for. */
async function understood(ctx: Ctx, request: AppRequest) {
  const client = await asSystem(ctx, (all) => findClient(all, request.client_id ?? ''))
  if (!mayAnswerTo(client, request)) return wrong('invalid_client')
  if (client.persons !== ctx.actor.kind) refuse('forbidden', 'identity.app-not-for-you')
  const wanted = wantedBy(client, request, fhirBase())
  return typeof wanted === 'string' ? wrong(wanted) : { client, wanted, launch: await launchOf(ctx, request) }
}

/** For whom the app was opened; a launch is good for whoever opened it. */
async function launchOf(ctx: Ctx, { launch, client_id }: AppRequest) {
  if (launch === undefined) return undefined
  const found = await asSystem(ctx, (all) => findLaunch(all, hashToken(launch)))
  return found && found.clientId === client_id && found.accountId === ctx.actor.id
    ? found
    : wrong('invalid_launch')
}

/** The patient in context; 404 for whoever may not open them. */
async function patientOf(ctx: Ctx, scopes: readonly string[], residentId: string | null) {
  if (!residentId) return isBound(scopes) ? wrong('patient_missing') : undefined
  const patientId = (await patientIdOf(ctx, residentId)) ?? refuse('missing', 'resident.no-such-resident')
  return { residentId, patientId }
}

async function allow(
  ctx: Ctx,
  request: AppRequest,
  chosen: { scopes?: string[]; residentId?: string | null },
) {
  const { client, wanted, launch } = await understood(ctx, request)
  const scopes = chosen.scopes
    ? wanted.scopes.filter((one) => chosen.scopes?.includes(one))
    : [...wanted.scopes]
  if (scopes.length === 0) return answerAddress(request, { error: 'access_denied' })
  const residentId = launch?.residentId ?? (isBound(scopes) ? (chosen.residentId ?? null) : null)
  const patient = await patientOf(ctx, scopes, residentId)
  const code = newToken()
  const id = ctx.id()
  const isStaff = ctx.actor.kind === 'staff'
  await asSystem(ctx, async (all) => {
    await addGrant(all, {
      ...{ id, clientId: client.id, scopes, nonce: request.nonce ?? null, until: appUntil(ctx.now, scopes) },
      accountId: isStaff ? ctx.actor.id : null,
      residentAccountId: isStaff ? null : ctx.actor.id,
      institutionId: ctx.actor.institutionId,
      residentId: patient?.residentId ?? null,
      patientId: patient?.patientId ?? null,
    })
    const { redirectUri, challenge } = wanted
    const until = codeUntil(ctx.now)
    await addCode(all, { hash: hashToken(code), grantId: id, redirectUri, challenge, until })
  })
  await tell(ctx, 'identity.app-allowed', {
    thing: `client:${client.id}`,
    residentId: patient?.residentId ?? null,
    audience: ctx.actor.institutionId ? [ctx.actor.institutionId] : [],
    data: { clientId: client.id, grantId: id, scopes },
  })
  return answerAddress(request, { code })
}

type Apps =
  | 'readAppRequest'
  | 'answerAppRequest'
  | 'listLaunchableApps'
  | 'launchApp'
  | 'listAppGrants'
  | 'endAppGrant'

export const appActions: Pick<Actions<typeof identityApi>, Apps> = {
  readAppRequest: async (ctx, { query }) => {
    const { client, wanted, launch } = await understood(ctx, query)
    const choose = isBound(wanted.scopes) ? 'choose' : 'none'
    return {
      name: client.name,
      institution: (await findInstitutionName(ctx, client.institutionId))?.name ?? '',
      host: new URL(wanted.redirectUri).host,
      scopes: [...wanted.scopes],
      patient: launch ? 'launched' : choose,
      residentId: launch?.residentId ?? null,
    }
  },

  answerAppRequest: async (ctx, { body }) => {
    const { request, allow: isAllowed, scopes, residentId } = body
    if (isAllowed)
      return {
        goTo: await allow(ctx, request, {
          ...(scopes ? { scopes } : {}),
          ...(residentId === undefined ? {} : { residentId }),
        }),
      }
    await understood(ctx, request)
    return { goTo: answerAddress(request, { error: 'access_denied' }) }
  },

  listLaunchableApps: async (ctx) => ({ items: await listLaunchable(ctx, ctx.actor.institutionId ?? '') }),

  launchApp: async (ctx, { params, body }) => {
    const client = await findClient(ctx, params.id)
    const isOpen = client?.state === 'active' && client.persons === 'staff'
    const launchUrl = (isOpen && client.launchUrl) || refuse('missing', 'identity.no-such-client')
    const patientId =
      (await patientIdOf(ctx, body.residentId)) ?? refuse('missing', 'resident.no-such-resident')
    const launch = newToken()
    await asSystem(ctx, (all) =>
      addLaunch(all, {
        ...{ hash: hashToken(launch), clientId: params.id, accountId: ctx.actor.id, patientId },
        ...{ residentId: body.residentId, until: launchUntil(ctx.now) },
      }),
    )
    const url = new URL(launchUrl)
    url.searchParams.set('iss', fhirBase())
    url.searchParams.set('launch', launch)
    return { goTo: url.href }
  },

  listAppGrants: async (ctx) => ({ items: await asSystem(ctx, (all) => listGrants(all, ctx.actor.id)) }),

  endAppGrant: async (ctx, { params }) => {
    const mine = await asSystem(ctx, (all) => listGrants(all, ctx.actor.id))
    if (!mine.some(({ id }) => id === params.id)) refuse('missing', 'identity.no-such-grant')
    await asSystem(ctx, (all) => removeGrant(all, params.id))
    forgetting(() => forgetAccount(ctx.actor.id))
    await tell(ctx, 'identity.app-ended', { thing: `account:${ctx.actor.id}`, data: { grantId: params.id } })
    return {}
  },
}
