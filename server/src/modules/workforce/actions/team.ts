import type { PractitionerKind } from '@tongmai/api/workforce/practitioner'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { listGp } from '../store/team.ts'

/** A GP team with the people who belong to it now, its leader first. */
export interface GpTeam {
  readonly id: string
  readonly institutionId: string
  readonly name: string
  readonly phone: string | null
  readonly members: readonly {
    readonly practitionerId: string
    readonly name: string
    readonly kind: PractitionerKind
    readonly leads: boolean
  }[]
}

/** The GP teams at work today: of one institution, or of the region. */
export const gpTeams = (ctx: Ctx, institutionId: string | null): Promise<GpTeam[]> =>
  teams(ctx, { institutionId })

/** One GP team at work today, or undefined. */
export const findTeam = async (ctx: Ctx, id: string): Promise<GpTeam | undefined> =>
  (await teams(ctx, { institutionId: null, id }))[0]

async function teams(ctx: Ctx, asked: { institutionId: string | null; id?: string }): Promise<GpTeam[]> {
  const rows = await listGp(ctx, { ...asked, today: dayOf(ctx.now) })
  return [...Map.groupBy(rows, (row) => row.id)].flatMap(([id, people]) => {
    const [first] = people
    if (!first) return []
    const members = people.map(({ practitionerId, person: name, kind, leads }) => ({
      ...{ practitionerId, name, kind, leads },
    }))
    return [{ id, institutionId: first.institutionId, name: first.name, phone: first.phone, members }]
  })
}
