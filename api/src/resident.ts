import type { Api } from './kernel.ts'
import { consentApi } from './resident/consent.ts'
import { departureApi } from './resident/departure.ts'
import { linkApi } from './resident/link.ts'
import { mineApi } from './resident/mine.ts'
import { personApi } from './resident/person.ts'
import { proxyApi } from './resident/proxy.ts'

/** Everything that is said on the wire about residents: registering, finding and opening them, and their own view. */
export const residentApi = {
  ...personApi,
  ...departureApi,
  ...mineApi,
  ...linkApi,
  ...consentApi,
  ...proxyApi,
} as const satisfies Api
