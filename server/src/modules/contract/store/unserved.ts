import { sql } from 'kysely'

/** Signed, and nothing of it ever delivered. */
export const isUnserved = sql<boolean>`not exists (select from contract.service d
  where d.contract_id = c.id and d.status = 'done')`
