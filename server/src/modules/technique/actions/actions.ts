import type { techniqueApi } from '@tongmai/api/technique'
import type { Actions } from '../../../kernel/module.ts'
import { catalogueActions } from './catalogue.ts'
import { masteryActions } from './mastery.ts'

/** One function per endpoint of the contract. */
export const actions: Actions<typeof techniqueApi> = { ...catalogueActions, ...masteryActions }
