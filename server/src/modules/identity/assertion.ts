import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'

/** How a client signs for itself (SMART Backend Services 2.2; RFC 7523). */
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const SECONDS_MAX = 300

/** What a signed assertion says, once its signature has been proven. */
export interface Assertion {
  readonly clientId: string
  readonly jti: string
  readonly until: Date
}

/** For whom an assertion says it was made; nothing is proven by it yet. */
export function issuerOf(jwt: string): string | undefined {
  try {
    return decodeJwt(jwt).iss
  } catch {
    return undefined
  }
}

/**
 * The assertion, where one of these keys signed it for this audience now and for at most five minutes; undefined
 * otherwise. RS384 and ES384, as SMART asks.
 */
export async function provenAssertion(
  jwt: string,
  by: { readonly jwks: string; readonly audience: string; readonly now: Date },
): Promise<Assertion | undefined> {
  try {
    const keys = createLocalJWKSet(JSON.parse(by.jwks) as JSONWebKeySet)
    const { payload } = await jwtVerify(jwt, keys, {
      algorithms: ['RS384', 'ES384'],
      audience: by.audience,
      currentDate: by.now,
      clockTolerance: 5,
      requiredClaims: ['iss', 'sub', 'exp', 'jti'],
    })
    const { iss = '', sub, exp = 0, jti = '' } = payload
    const isShort = exp - by.now.getTime() / 1000 <= SECONDS_MAX + 5
    if (iss !== sub || !isShort || jti.length === 0 || jti.length > 200) return undefined
    return { clientId: iss, jti, until: new Date((exp + 10) * 1000) }
  } catch {
    return undefined
  }
}
