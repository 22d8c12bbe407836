import { TOTP } from 'otpauth'
import { givenStaff } from './given-identity.ts'
import { type Region, region } from './world.ts'

interface Ask {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A region with a hospital, a community centre and an authority, and the ways to ask it about identities. */
export async function openIdentityWorld() {
  const world = await region()
  const hospital = await addInstitution(world, 'generalHospital')
  const centre = await addInstitution(world, 'communityCentre')
  const authority = await addInstitution(world, 'healthAuthority')

  async function ask<T = Record<string, unknown>>(method: 'GET' | 'POST', path: string, asked: Ask = {}) {
    const answer = await world.app.inject({
      method,
      url: path.startsWith('/oauth') ? path : `/api${path}`,
      headers: asked.headers ?? {},
      ...(asked.body === undefined ? {} : { payload: asked.body as object }),
    })
    return { status: answer.statusCode, headers: answer.headers, json: answer.json<T & { code?: string }>() }
  }
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    ask('POST', path, { headers, body })
  const now = () => world.world.now().getTime()
  return {
    ...{ world, hospital, centre, authority, ask, post },
    signIn: (username: string, password: string) => post('/session', { username, password }),
    later: (minutes: number) => world.setNow(new Date(now() + minutes * 60_000)),
    /** The code an authenticator app shows now, or so many half minutes later. */
    codeOf: (secret: string, steps = 0) =>
      new TOTP({ secret }).generate({ timestamp: now() + steps * 30_000 }),
    administrator: () => givenStaff(world, hospital, ['admin']),
  }
}

/** The cookie an answer sets, as the browser sends it back. */
export const cookieOf = (headers: { 'set-cookie'?: string | string[] | number | undefined }): string =>
  String(headers['set-cookie']).split(';')[0] ?? ''

async function addInstitution(world: Region, kind: string): Promise<string> {
  const id = crypto.randomUUID()
  await world.sql(
    `insert into network.institution (id, code, name, short_name, kind, added_at, changed_at) values ($1, $2, $3, $4, $5, now(), now())`,
    [id, kind.slice(0, 6).toUpperCase(), `${kind} 名`, kind, kind],
  )
  return id
}
