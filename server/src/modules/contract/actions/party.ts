import type { ServicePackage } from '@tongmai/api/contract/package'
import type { FrozenPackage } from '@tongmai/api/contract/shape'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { findTeam, type GpTeam } from '../../workforce/index.ts'
import { listHospitals } from '../store/hospital.ts'
import { listByIds } from '../store/package.ts'

/** Whom a resident signs with. */
export interface Party {
  readonly communityId: string
  readonly teamId: string
  readonly doctorId: string
  readonly secondaryId: string | null
  readonly tertiaryId: string | null
}
export type Chosen = Omit<Party, 'communityId'>

const wrong = (path: string, code: string): never =>
  refuse('unprocessable', code, { fields: [{ path: `body.${path}`, problem: code }] })

/** Refuses a hospital of the wrong tier, or one with which the community has no agreement in force. */
export async function requireHospitals(
  ctx: Ctx,
  communityId: string,
  chosen: Pick<Party, 'secondaryId' | 'tertiaryId'>,
): Promise<void> {
  const { secondaryId, tertiaryId } = chosen
  if (!secondaryId && !tertiaryId) return
  const hospitals = new Map((await listHospitals(ctx, communityId)).map((one) => [one.id, one.tier]))
  const judge = (id: string | null, tier: 'secondary' | 'tertiary') => {
    if (!id) return
    const known = hospitals.get(id)
    if (!known) wrong(`${tier}Id`, 'contract.hospital-without-agreement')
    if (known !== tier) wrong(`${tier}Id`, `contract.hospital-not-${tier}`)
  }
  judge(secondaryId, 'secondary')
  judge(tertiaryId, 'tertiary')
}

/** The team and its doctor, of one community or of any, with hospitals that may be chosen; refuses what does not fit. */
export async function requireParty(ctx: Ctx, chosen: Chosen, communityId: string | null): Promise<Party> {
  const { teamId, doctorId, secondaryId, tertiaryId } = chosen
  const team: GpTeam | undefined = await findTeam(ctx, teamId)
  if (!team || (communityId && team.institutionId !== communityId))
    return wrong('teamId', 'contract.team-missing')
  const doctor = team.members.find((one) => one.practitionerId === doctorId)
  if (doctor?.kind !== 'physician') wrong('doctorId', 'contract.doctor-not-in-team')
  await requireHospitals(ctx, team.institutionId, chosen)
  return { communityId: team.institutionId, teamId, doctorId, secondaryId, tertiaryId }
}

const isOffered = (one: ServicePackage, on: string): boolean =>
  one.since <= on && (one.until === null || one.until >= on)

const frozen = ({ id, code, version, name, level, fee, items }: ServicePackage): FrozenPackage => ({
  ...{ id, code, version, name, level, fee, items },
})

/** The packages as they are today, frozen; refuses one of elsewhere, one that is not offered now, and two of a kind. */
export async function requirePackages(
  ctx: Ctx,
  communityId: string,
  ids: readonly string[],
): Promise<FrozenPackage[]> {
  const today = dayOf(ctx.now)
  const found = new Map((await listByIds(ctx, ids)).map((one) => [one.id, one]))
  const packages = [...new Set(ids)].map((id) => {
    const one = found.get(id)
    if (!one || one.institutionId !== communityId) return wrong('packageIds', 'contract.package-missing')
    if (!isOffered(one, today)) {
      const details = { name: one.name, since: one.since, until: one.until ?? '' }
      refuse('conflict', 'contract.package-not-in-force', { details })
    }
    return one
  })
  if (new Set(packages.map((one) => one.code)).size < packages.length)
    wrong('packageIds', 'contract.package-twice')
  return packages.map(frozen)
}
