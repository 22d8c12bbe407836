import { accountApi } from './identity/account.ts'
import { appApi } from './identity/app.ts'
import { clientApi } from './identity/client.ts'
import { residentApi } from './identity/resident.ts'
import { sessionApi } from './identity/session.ts'

/**
 * All that module identity offers over HTTP. The roles stand in `identity/role.ts`, the shape of a session in
 * `identity/session.ts`.
 */
export const identityApi = { ...sessionApi, ...residentApi, ...accountApi, ...clientApi, ...appApi } as const
