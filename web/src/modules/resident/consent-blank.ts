import type { ConsentPurpose, SensitiveCategory } from '@tongmai/api/resident/consent'
import type { Depth } from '@tongmai/api/resident/person'
import type { Choice } from '../../ui/picker.tsx'
import type { Period } from './consent-scope.ts'

/** What is permitted, while it is being said. */
export interface Permission {
  readonly institution: Choice | null
  readonly purpose: ConsentPurpose
  readonly depth: Depth
  readonly categories: readonly SensitiveCategory[]
  readonly period: Period
  readonly lastDay: string | null
  readonly signerId: string | null
}

export const nothingYet: Permission = {
  ...{ institution: null, purpose: 'treatment', depth: 'full', categories: [], period: 'year' },
  ...{ lastDay: null, signerId: null },
}
