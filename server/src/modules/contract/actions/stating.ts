import type { settlementApi } from '@tongmai/api/contract/settlement'
import type { Bytes } from '@tongmai/api/kernel'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { renderPaper } from '../paper.ts'
import { statementPaper } from '../statement-paper.ts'
import { namesOf } from '../store/hospital.ts'
import { type Asked, list } from '../store/statement.ts'

type Stating = Pick<
  Actions<typeof settlementApi>,
  'listStatements' | 'printStatement' | 'listOwnStatements' | 'printOwnStatement'
>

async function pageOf(ctx: Ctx, asked: Asked, { offset, limit }: { offset: number; limit: number }) {
  const all = await list(ctx, asked)
  return { items: all.slice(offset, offset + limit).map(({ inputs: _, ...one }) => one), total: all.length }
}

async function paperOf(ctx: Ctx, of: { id: string; practitionerId: string }): Promise<Bytes> {
  const [one] = await list(ctx, of)
  if (!one) return refuse('missing', 'contract.settlement-missing')
  const institutionId = ownInstitution(ctx.actor)
  const names = await namesOf(ctx, [institutionId])
  const bytes = await renderPaper(statementPaper(one, names.get(institutionId) ?? ''))
  return { bytes, fileName: `${one.year}-${one.name}.pdf` }
}

const me = (ctx: Ctx): string => ctx.actor.practitionerId ?? refuse('missing', 'contract.settlement-missing')

/** What each person is given and why; everybody may see their own. */
export const stating: Stating = {
  listStatements: (ctx, { query: { year, ...paging } }) => pageOf(ctx, { year }, paging),
  printStatement: (ctx, { params }) => paperOf(ctx, params),
  listOwnStatements: (ctx, { query }) => pageOf(ctx, { practitionerId: me(ctx) }, query),
  printOwnStatement: (ctx, { params }) => paperOf(ctx, { id: params.id, practitionerId: me(ctx) }),
}
