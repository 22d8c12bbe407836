import type { Role } from '@tongmai/api/identity/role'
import { hashToken, newToken } from '../src/kernel/secret.ts'
import { addClient, addResidentAccount, addStaff, hashPassword } from '../src/modules/identity/index.ts'
import type { Region } from './world.ts'

/** The password of every given account, unlike any that is refused. */
export const PASSWORD = 'plain-tea-at-noon-7'
let passwordHash: Promise<string> | undefined
let given = 0

/** An account or client with the headers that sign its requests. */
export interface Signed {
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Staff extends Signed {
  readonly username: string
  readonly password: string
  readonly institutionId: string
}

export interface GivenStaff {
  readonly practitioner?: string
  readonly username?: string
  readonly name?: string
  readonly mustChangePassword?: boolean
  /** Posts besides the first. */
  readonly also?: readonly { institutionId: string; roles: readonly Role[] }[]
}

/** A member of staff, signed in at the institution; the session is made without asking for the password. */
export async function givenStaff(
  world: Region,
  institutionId: string,
  roles: readonly Role[],
  more: GivenStaff = {},
): Promise<Staff> {
  passwordHash ??= hashPassword(PASSWORD)
  const hash = await passwordHash
  const number = given++
  const {
    practitioner,
    username = `staff-${number}`,
    name = `员工${number}`,
    mustChangePassword = false,
  } = more
  const first = { institutionId, roles, practitionerId: practitioner ?? null }
  const { id } = await world.system((ctx) =>
    addStaff(ctx, {
      name,
      username,
      passwordHash: hash,
      posts: [first, ...(more.also ?? [])],
      mustChangePassword,
    }),
  )
  const headers = await givenSession(world, { accountId: id, institutionId })
  return { id, username, password: PASSWORD, institutionId, headers }
}

/** One more session of an account. */
export async function givenSession(
  world: Region,
  session: { accountId?: string; residentAccountId?: string; institutionId?: string },
): Promise<Signed['headers']> {
  const token = newToken()
  const { accountId = null, residentAccountId = null, institutionId = null } = session
  await world.system((ctx) =>
    ctx.client.query(
      `insert into identity.session (id, token_hash, account_id, resident_account_id, institution_id, since, seen_at, until, agent, address)
        values ($1, $2, $3, $4, $5, $6, $6, $6::timestamptz + interval '7 days', 'test', '127.0.0.1')`,
      [ctx.id(), hashToken(token), accountId, residentAccountId, institutionId, ctx.now],
    ),
  )
  return { authorization: `Bearer ${token}` }
}

/** A resident's account, signed in. */
export async function givenResidentAccount(
  world: Region,
  residentId: string,
  phone = `139${String(10_000_000 + given++)}`,
): Promise<Signed & { readonly phone: string; readonly password: string }> {
  passwordHash ??= hashPassword(PASSWORD)
  const hash = await passwordHash
  const account = { residentId, phone, name: '居民', passwordHash: hash }
  const { id } = await world.system((ctx) => addResidentAccount(ctx, account))
  return { id, phone, password: PASSWORD, headers: await givenSession(world, { residentAccountId: id }) }
}

/** A system client with an access token for its scopes. */
export async function givenClient(
  world: Region,
  institutionId: string,
  scopes: readonly string[] = ['system/*.cruds'],
): Promise<Signed & { readonly secret: string }> {
  const id = `client-${given++}`
  const secret = newToken()
  await world.system((ctx) => addClient(ctx, { id, secret, institutionId, name: id, scopes }))
  const token = await clientToken(world, { id, secret })
  return { id, secret, headers: { authorization: `Bearer ${token}` } }
}

/** A new access token for a client, through the token endpoint. */
export async function clientToken(
  world: Region,
  { id, secret, scope }: { id: string; secret: string; scope?: string },
): Promise<string> {
  const form = {
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
    ...(scope ? { scope } : {}),
  }
  const answer = await world.app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })
  if (answer.statusCode !== 200) throw new Error(`no token: ${answer.body}`)
  return answer.json<{ access_token: string }>().access_token
}
