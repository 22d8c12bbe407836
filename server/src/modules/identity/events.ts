import * as z from 'zod/mini'

const accountId = z.uuid()

/** What identity announces; the thing is `account:<id>`, `client:<id>` or, for strangers, `sign-in`. */
export const identityEvents = {
  'identity.signed-in': z.object({ kind: z.enum(['staff', 'resident']), accountId }),
  'identity.sign-in-failed': z.object({
    kind: z.enum(['staff', 'resident', 'client']),
    accountId: z.nullable(z.string()),
    address: z.string(),
    locked: z.boolean(),
  }),
  'identity.session-ended': z.object({ accountId, sessions: z.number() }),
  'identity.acting-changed': z.object({ accountId, institutionId: z.uuid() }),
  'identity.account-added': z.object({ accountId, roles: z.array(z.string()) }),
  'identity.account-changed': z.object({
    accountId,
    change: z.enum([
      'post-added',
      'post-changed',
      'post-ended',
      'disabled',
      'enabled',
      'password-changed',
      'password-reset',
      'unlocked',
      'second-factor-on',
      'second-factor-off',
      'recovery-code-used',
    ]),
    roles: z.optional(z.array(z.string())),
  }),
  'identity.client-added': z.object({ clientId: z.string(), scopes: z.array(z.string()) }),
  'identity.client-changed': z.object({
    clientId: z.string(),
    change: z.enum(['secret-rotated', 'disabled', 'enabled', 'registered-anew']),
  }),
  'identity.app-allowed': z.object({
    clientId: z.string(),
    grantId: z.uuid(),
    scopes: z.array(z.string()),
  }),
  'identity.app-ended': z.object({ grantId: z.uuid() }),
}
