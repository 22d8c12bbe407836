import { contractBookApi } from './contract/book.ts'
import { contractMineApi } from './contract/mine.ts'
import { packageApi } from './contract/package.ts'
import type { Api } from './kernel.ts'

/** Everything that is said on the wire about family-doctor contracts. */
export const contractApi = { ...packageApi, ...contractBookApi, ...contractMineApi } as const satisfies Api
