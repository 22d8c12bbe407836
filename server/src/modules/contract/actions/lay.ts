import type { Performer } from '@tongmai/api/contract/package'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type GpTeam, gpTeams } from '../../workforce/index.ts'
import { dueServices } from '../due-services.ts'
import { sumOf } from '../fee.ts'
import { lay, type NewService, type Template } from '../store/lay.ts'
import type { ContractRow } from '../store/row.ts'

/** Whose an item is within a team: the contract's doctor, or the first of the right kind; null where the team has nobody. */
export function assigneeOf(performer: Performer, doctorId: string, team: GpTeam | undefined): string | null {
  const first = (kind: string) => team?.members.find((one) => one.kind === kind)?.practitionerId ?? null
  if (performer === 'physician') return doctorId
  if (performer === 'nurse') return first('nurse') ?? doctorId
  if (performer === 'pharmacist') return first('pharmacist')
  return performer === 'anyone' ? (first('nurse') ?? doctorId) : null
}

const templatesOf = (row: ContractRow): Template[] =>
  row.packages.flatMap((one) =>
    dueServices(one.items, row.startsOn, row.endsOn).map(({ item, seq, dueFrom, dueOn }) => ({
      ...{ communityId: row.communityId, teamId: row.teamId, packageCode: one.code, itemCode: item.code },
      ...{ itemName: item.name, seq, performer: item.performer, evidence: item.evidence },
      ...{ priceFen: sumOf(item.shares), dueFrom, dueOn },
    })),
  )

/** Lays all that these contracts owe, each service with whom of the team it is. */
export async function layServices(ctx: Ctx, rows: readonly ContractRow[]): Promise<void> {
  const teams = new Map((await gpTeams(ctx, null)).map((team) => [team.id, team] as const))
  const templates: Template[] = []
  const known = new Map<string, readonly [from: number, to: number]>()
  const services: NewService[] = []
  for (const row of rows) {
    const key = [row.teamId, row.startsOn, row.endsOn, ...row.packages.map((one) => one.id)].join(' ')
    let span = known.get(key)
    if (!span) {
      const from = templates.length
      templates.push(...templatesOf(row))
      span = [from, templates.length]
      known.set(key, span)
    }
    for (let template = span[0]; template < span[1]; template++) {
      const performer = templates[template]?.performer as Performer
      const assigneeId = assigneeOf(performer, row.doctorId, teams.get(row.teamId))
      services.push({
        ...{ residentId: row.residentId, contractId: row.id, id: ctx.id(), template, assigneeId },
      })
    }
  }
  await lay(ctx, services, templates)
}
