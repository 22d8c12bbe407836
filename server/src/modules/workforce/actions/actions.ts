import type { workforceApi } from '@tongmai/api/workforce'
import type { Actions } from '../../../kernel/module.ts'
import { dutyActions } from './duty.ts'
import { practitionerActions } from './practitioner.ts'

/** All that can be done in workforce. */
export const actions: Actions<typeof workforceApi> = { ...practitionerActions, ...dutyActions }
