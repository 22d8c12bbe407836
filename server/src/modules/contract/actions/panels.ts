import type { PanelDoctor } from '@tongmai/api/contract/book'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { gpTeams } from '../../workforce/index.ts'
import { namesOf } from '../store/hospital.ts'
import { panelsOf } from '../store/panel.ts'

/** The physicians of the GP teams of one community, or of the region, with how many residents each holds. */
export async function panelDoctors(ctx: Ctx, communityId: string | null): Promise<PanelDoctor[]> {
  const teams = await gpTeams(ctx, communityId)
  const doctors = teams.flatMap((team) =>
    team.members.filter((one) => one.kind === 'physician').map((doctor) => ({ team, doctor })),
  )
  const names = await namesOf(ctx, [...new Set(teams.map((team) => team.institutionId))])
  // As the system: a panel counts the contracts of residents whom the viewer does not see one by one.
  const panels = await asSystem(ctx, (all) =>
    panelsOf(
      all,
      doctors.map(({ doctor }) => doctor.practitionerId),
    ),
  )
  return doctors.map(({ team, doctor }) => ({
    ...{ teamId: team.id, team: team.name, teamPhone: team.phone, communityId: team.institutionId },
    ...{ community: names.get(team.institutionId) ?? '', doctorId: doctor.practitionerId },
    ...{ doctor: doctor.name, leads: doctor.leads },
    ...(panels.get(doctor.practitionerId) ?? { held: 0, limit: 0 }),
  }))
}
