import { exportApi } from './interop/export.ts'
import { messageApi } from './interop/message.ts'
import { subscriptionApi } from './interop/subscription.ts'
import type { Api } from './kernel.ts'

/** What the IT department sees and does of the wire. */
export const interopApi = { ...exportApi, ...messageApi, ...subscriptionApi } as const satisfies Api
