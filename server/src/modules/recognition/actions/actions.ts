import type { recognitionApi } from '@tongmai/api/recognition'
import type { Actions } from '../../../kernel/module.ts'
import { catalogue } from './catalogue.ts'
import { gating } from './gate.ts'
import { ledger } from './ledger.ts'
import { ordering } from './order.ts'

/** One function per endpoint of the contract. */
export const actions: Actions<typeof recognitionApi> = { ...catalogue, ...gating, ...ordering, ...ledger }
