import type { Api } from './kernel.ts'
import { catalogueApi } from './recognition/catalogue.ts'
import { gateApi } from './recognition/gate.ts'
import { ledgerApi } from './recognition/ledger.ts'
import { orderApi } from './recognition/order.ts'

/** Mutual recognition of tests and examinations. */
export const recognitionApi = {
  ...catalogueApi,
  ...gateApi,
  ...orderApi,
  ...ledgerApi,
} as const satisfies Api
