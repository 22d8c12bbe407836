import type { Share } from '@tongmai/api/contract/package'
import type { SettlementInputs, Statement } from '@tongmai/api/contract/settlement'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { nobody, tables } from './tables-of.ts'

export interface Asked {
  readonly year?: number
  readonly id?: string
  readonly practitionerId?: string
}
/** What a statement is reckoned from, beside the statement. */
export interface Reckoned extends Statement {
  readonly inputs: SettlementInputs
}
type Part = Share & { practitionerId: string }

/** What each member of the settlements asked for is given, who is given nothing too; the newest year first. */
export async function list(ctx: Ctx, asked: Asked): Promise<Reckoned[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.settlement as s')
    .selectAll('s')
    .select(
      sql<Part[]>`(select coalesce(jsonb_agg(jsonb_build_object('source', e.fund, 'fen', e.fen,
          'practitionerId', e.practitioner_id) order by e.line), '[]')
        from contract.settlement_entry e where e.institution_id = s.institution_id and e.settlement_id = s.id
          and e.account = 'person')`.as('parts'),
    )
    .where('s.institutionId', '=', ctx.actor.institutionId ?? nobody)
    .$if(asked.year !== undefined, (q) => q.where('s.year', '=', asked.year as number))
    .$if(asked.id !== undefined, (q) => q.where('s.id', '=', asked.id as string))
    .orderBy('s.year', 'desc')
    .orderBy('s.teamName')
    .limit(500)
    .execute()
  return rows.flatMap((row) => {
    const inputs = row.inputs as SettlementInputs
    const teamPoints = inputs.members.reduce((sum, one) => sum + one.points, 0)
    const members = inputs.members.filter(
      (one) => asked.practitionerId === undefined || one.practitionerId === asked.practitionerId,
    )
    return members.map((member): Reckoned => {
      const mine = row.parts.filter((one) => one.practitionerId === member.practitionerId)
      return {
        ...{ ...member, inputs, teamPoints, settlementId: row.id, team: row.teamName, year: row.year },
        ...{ status: row.status, factorPermille: row.factorPermille, sharedFen: row.sharedFen },
        parts: mine.map(({ source, fen }) => ({ source, fen })),
        fen: mine.reduce((sum, one) => sum + one.fen, 0),
      }
    })
  })
}
