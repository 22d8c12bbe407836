import * as z from 'zod/mini'
import { launchScopes, parseScope } from './scope.ts'

/** What people type to sign in: lower case letters, digits, point, dash; 3 to 40. */
export const username = z.string().check(z.trim(), z.toLowerCase(), z.regex(/^[a-z0-9][a-z0-9._-]{2,39}$/))
/** A mobile number of the mainland, eleven digits. */
export const phone = z.string().check(z.trim(), z.regex(/^1[3-9]\d{9}$/))
/** A password about to be set; the server also refuses common ones and the user name. */
export const newPassword = z.string().check(z.minLength(10), z.maxLength(200))
/** A password as typed at sign-in. */
export const typedPassword = z.string().check(z.minLength(1), z.maxLength(200))
/** A code of six digits (TOTP, SMS). */
export const digits = z.string().check(z.trim(), z.regex(/^\d{6}$/))
/** `demo-his`: how a system client is called; it never changes. */
export const clientId = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{2,39}$/))
/** SMART scopes: `system/*.cruds`, `patient/Observation.rs`, `user/*.read`, `openid`, `launch/patient`. */
export const scope = z
  .string()
  .check(z.refine((text) => parseScope(text) !== undefined || launchScopes.some((one) => one === text)))

/** How the session reaches the caller: as an HttpOnly cookie (browsers), or as a bearer token in the answer. */
export const carry = z._default(z.enum(['cookie', 'token']), 'cookie')

/** An answer that says only that it is done. */
export const done = z.object({})
