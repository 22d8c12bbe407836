import { type Permission, permissionsOf, type Role, roles } from '@tongmai/api/identity/role'
import { scope } from '@tongmai/api/identity/text'
import * as z from 'zod/mini'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { enqueue } from '../../../kernel/job.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { hashToken, seal } from '../../../kernel/secret.ts'
import { phoneIndexOf } from '../actions/attempt.ts'
import { tell } from '../announce.ts'
import { hashPassword } from '../password.ts'
import { addAccount, addPost, listHolders, listOfPractitioner } from '../store/account.ts'
import { addClient as addClientRow, findClient } from '../store/client.ts'
import { changeCredential } from '../store/credential.ts'
import { addResidentAccount as addResidentRow } from '../store/resident-account.ts'

/** A member of staff to be added as the system; the first post is at the institution they belong to. */
export interface NewStaff {
  readonly id?: string
  readonly name: string
  readonly username: string
  readonly password?: string
  /** Argon2id in PHC notation, where it has been made before. */
  readonly passwordHash?: string
  readonly posts: readonly {
    readonly institutionId: string
    readonly roles: readonly Role[]
    readonly practitionerId?: string | null
  }[]
  readonly mustChangePassword?: boolean
}

/** Adds an account with its posts; as the system only. Without a password nobody can sign in to it yet. */
export async function addStaff(ctx: Ctx, staff: NewStaff): Promise<{ id: string }> {
  const [home] = staff.posts
  if (!home) throw new Error(`${staff.username} has no post`)
  const id = staff.id ?? ctx.id()
  const { name, mustChangePassword = false } = staff
  const username = staff.username.toLowerCase()
  const account = { id, username, name, homeInstitutionId: home.institutionId, mustChangePassword }
  if (!(await addAccount(ctx, account))) refuse('conflict', 'identity.username-taken')
  for (const { institutionId, roles: held, practitionerId = null } of staff.posts) {
    await addPost(ctx, { institutionId, accountId: id, roles: held, practitionerId })
  }
  const hash = staff.passwordHash ?? (staff.password && (await hashPassword(staff.password)))
  if (hash) await changeCredential(ctx, id, hash)
  await tell(ctx, 'identity.account-added', {
    thing: `account:${id}`,
    audience: staff.posts.map((post) => post.institutionId),
    data: { accountId: id, roles: [...new Set(staff.posts.flatMap((post) => post.roles))] },
  })
  return { id }
}

/** A system client to be added as the system. */
export interface KnownClient {
  readonly id: string
  readonly secret: string
  readonly institutionId: string
  readonly name: string
  readonly scopes: readonly string[]
  /** An app that people open: where it lives and who opens it. */
  readonly kind?: 'confidential' | 'public'
  readonly persons?: 'staff' | 'resident'
  readonly redirectUris?: readonly string[]
  readonly launchUrl?: string
  /** Its public keys, a JWK Set as JSON, or where they are to be had. */
  readonly jwks?: string
  readonly jwksUrl?: string
  /** Below which addresses it may be notified. */
  readonly notifyUrls?: readonly string[]
}

/** Adds a system client with a secret of the caller's choice; as the system only. */
export async function addClient(ctx: Ctx, client: KnownClient): Promise<void> {
  const { secret, ...row } = client
  const unknown = row.scopes.find((one) => !z.safeParse(scope, one).success)
  if (unknown) throw new Error(`${unknown} is no scope`)
  if (!(await addClientRow(ctx, { ...row, secretHash: hashToken(secret) }))) {
    refuse('conflict', 'identity.client-id-taken')
  }
  await tell(ctx, 'identity.client-added', {
    thing: `client:${row.id}`,
    audience: [row.institutionId],
    data: { clientId: row.id, scopes: [...row.scopes] },
  })
}

/** Below which addresses a client may be notified; none while it is disabled. */
export async function notifyUrlsOf(ctx: Ctx, clientId: string): Promise<readonly string[]> {
  const client = await asSystem(ctx, (all) => findClient(all, clientId))
  return client?.state === 'active' ? client.notifyUrls : []
}

/** Below which addresses what a hook did not bring may be read for a client; none while it is disabled. */
export async function fhirServersOf(ctx: Ctx, clientId: string): Promise<readonly string[]> {
  const client = await asSystem(ctx, (all) => findClient(all, clientId))
  return client?.state === 'active' ? client.fhirServers : []
}

/** A resident's account to be added as the system. */
export interface NewResident {
  readonly residentId: string
  readonly phone: string
  readonly name?: string
  readonly password?: string
  readonly passwordHash?: string
}

/** Adds the account with which a resident signs in; as the system only. */
export async function addResidentAccount(ctx: Ctx, resident: NewResident): Promise<{ id: string }> {
  const { residentId, phone, name = '' } = resident
  const passwordHash = resident.passwordHash ?? (await hashPassword(resident.password ?? ''))
  const id = ctx.id()
  const phoneIndex = phoneIndexOf(phone)
  const added = await addResidentRow(ctx, {
    id,
    residentId,
    name,
    phone: seal(phone),
    phoneIndex,
    passwordHash,
  })
  if (!added) refuse('conflict', 'identity.registered-already')
  await tell(ctx, 'identity.account-added', {
    thing: `account:${id}`,
    residentId,
    data: { accountId: id, roles: [] },
  })
  return { id }
}

/** The active accounts at an institution whose roles hold a permission: whom to tell. */
export function accountsWith(ctx: Ctx, institutionId: string, permission: string) {
  const all = Object.keys(roles) as Role[]
  const holding = all.filter((role) => permissionsOf([role]).has(permission as Permission))
  return asSystem(ctx, (system) => listHolders(system, institutionId, holding))
}

/** The active accounts of a practitioner, with the institution of each post. */
export const accountsOfPractitioner = (ctx: Ctx, practitionerId: string) =>
  asSystem(ctx, (system) => listOfPractitioner(system, practitionerId))

/** Sends a code by which somebody signs to a telephone (sealed), by the gateway that signs people in. */
export async function sendCodeTo(ctx: Ctx, to: { phoneSealed: string; code: string }): Promise<void> {
  await enqueue(ctx, 'identity.send-code', { phone: to.phoneSealed, code: seal(to.code), purpose: 'sign' })
}
