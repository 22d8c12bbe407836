import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type JWK, SignJWT } from 'jose'
import { seal, unseal } from '../../kernel/secret.ts'

/** A key of this installation as it is kept. */
export interface KeptKey {
  readonly kid: string
  readonly secret: string
}

/** The algorithm every OpenID client must take (OpenID Connect Discovery 1.0, 3). */
export const SIGNING = 'RS256'

/** A new key, sealed. */
export async function newSigningKey(kid: string): Promise<KeptKey> {
  const { privateKey } = await generateKeyPair(SIGNING, { extractable: true })
  return { kid, secret: seal(await exportPKCS8(privateKey)) }
}

const opened = (key: KeptKey) => importPKCS8(unseal(key.secret), SIGNING, { extractable: true })

/** What others need to check our signatures, as a JWK Set. */
export async function publicKeys(keys: readonly KeptKey[]): Promise<{ keys: JWK[] }> {
  const jwks = keys.map(async (key) => {
    const { kty = '', n = '', e = '' } = await exportJWK(await opened(key))
    return { kty, n, e, kid: key.kid, alg: SIGNING, use: 'sig' }
  })
  return { keys: await Promise.all(jwks) }
}

/** Who somebody is (OpenID Connect Core 1.0, 2), signed for one client. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  readonly audience: string
  readonly claims: Readonly<Record<string, string>>
  readonly now: Date
  readonly until: Date
}

export async function signed(key: KeptKey, about: Identity): Promise<string> {
  return new SignJWT({ ...about.claims })
    .setProtectedHeader({ alg: SIGNING, kid: key.kid })
    .setIssuer(about.issuer)
    .setSubject(about.subject)
    .setAudience(about.audience)
    .setIssuedAt(about.now)
    .setExpirationTime(about.until)
    .sign(await opened(key))
}
