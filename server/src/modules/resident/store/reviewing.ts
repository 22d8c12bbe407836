import type { ReviewOrder } from '@tongmai/api/resident/review'
import { type RawBuilder, type SqlBool, sql } from 'kysely'

/** What a list of things to decide is asked for. */
export interface Reviewing<State extends string> {
  readonly state?: State | undefined
  readonly q?: string | undefined
  readonly order: ReviewOrder
  readonly offset: number
  readonly limit: number
}

/** Whether one of these texts has the words asked for in it. */
export const mentions = (words: string | undefined, texts: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  sql<SqlBool>`strpos(lower(concat_ws(chr(10), ${texts})), lower(${words ?? ''})) > 0`
