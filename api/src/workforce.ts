import type { Api } from './kernel.ts'
import { dutyApi } from './workforce/duty.ts'
import { practitionerApi } from './workforce/practitioner.ts'

/** Everything that is said on the wire about staff: who they are, what they may do, who answers for what. */
export const workforceApi = { ...practitionerApi, ...dutyApi } as const satisfies Api
