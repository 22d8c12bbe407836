import type { ServicePackage } from '@tongmai/api/contract/package'
import type { FrozenPackage } from '@tongmai/api/contract/shape'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import { projectMany } from '../../../kernel/resource/project.ts'
import type { World } from '../../../kernel/world.ts'
import { type DemoResident, demoResidents } from '../../resident/index.ts'
import { type GpTeam, gpTeams } from '../../workforce/index.ts'
import { nearEnd, openApplication } from '../actions/advance.ts'
import { signMany } from '../actions/many.ts'
import { settleYear } from '../actions/settling.ts'
import { feeOf, sumOf } from '../fee.ts'
import { contractNumber } from '../number.ts'
import { deliverMany, listLaid } from '../store/lay.ts'
import { addPackages, listByIds } from '../store/package.ts'
import type { ContractRow } from '../store/row.ts'
import { findConsent } from '../store/rule.ts'
import { endOf } from '../term.ts'
import { demoAdvice } from './advice.ts'
import { demoBeds } from './beds.ts'
import { demoConditions } from './conditions.ts'
import { demoDeliveries } from './deliveries.ts'
import { demoOdd } from './odd.ts'
import { demoPackages } from './packages.ts'
import { demoRegisters } from './registers.ts'
import { demoSurveys } from './surveys.ts'
import { demoVisits } from './visits.ts'

const SEED = 20_260_308
/** How many residents of each community with a team are under contract. */
const PER_COMMUNITY = 90
const HOUR = 3_600_000

/**
 * Contracts of the demonstration region: packages at every community with a GP team, some hundreds of residents signed
 * over the last year, applications that wait, contracts that end soon. The contract of resident 0 is `demoId('contract', 0)`.
 */
export async function demo(world: World): Promise<void> {
  const signed = await world.asSystem(null, async (ctx) => {
    const teams = Map.groupBy(await gpTeams(ctx, null), (team) => team.institutionId)
    for (const institutionId of teams.keys()) await layPackages(ctx, institutionId)
    const rows = await rowsOf(ctx, teams)
    const added = await signMany(ctx, rows)
    await projectMany(ctx, demoConditions(added, ctx.now))
    await deliverMany(ctx, demoDeliveries(await listLaid(ctx, dayOf(ctx.now)), ctx.now))
    await demoAdvice(ctx, added)
    await demoVisits(ctx, added)
    await demoSurveys(ctx, added)
    await demoOdd(ctx, added)
    await demoBeds(ctx, added, [...teams.values()].flat())
    for (const row of added.filter((one) => one.status === 'pendingReview')) {
      await openApplication(ctxWith(ctx, { now: row.since }), row)
    }
    const soon = dayAfter(dayOf(ctx.now), 30)
    for (const row of added.filter((one) => one.status === 'active' && one.endsOn <= soon))
      await nearEnd(ctx, row.id)
    return added
  })
  const communities = await world.asSystem(null, async (ctx) => [
    ...new Set((await gpTeams(ctx, null)).map((team) => team.institutionId)),
  ])
  for (const institutionId of communities) {
    await world.asSystem(institutionId, async (ctx) => {
      await demoRegisters(ctx, signed)
      await settleYear(ctx, Number(dayOf(ctx.now).slice(0, 4)))
    })
  }
}

const packageId = (institutionId: string, code: string): string =>
  demoId('contract', `package ${institutionId} ${code}`)

const layPackages = (ctx: Ctx, institutionId: string): Promise<void> =>
  addPackages(
    ctx,
    demoPackages.map((form) => ({
      ...{ form, id: packageId(institutionId, form.code), institutionId, version: 1 },
    })),
  )

async function rowsOf(ctx: Ctx, teams: ReadonlyMap<string, GpTeam[]>): Promise<ContractRow[]> {
  const random = demoRandom(SEED)
  const consent = await findConsent(ctx)
  const rows: ContractRow[] = []
  for (const [institutionId, here] of teams) {
    const packages = new Map(
      (
        await listByIds(
          ctx,
          demoPackages.map((form) => packageId(institutionId, form.code)),
        )
      ).map((one) => [one.code, one] as const),
    )
    const people = demoResidents().filter((one) => demoId('network', one.institution) === institutionId)
    for (const person of people.slice(0, PER_COMMUNITY)) {
      rows.push(rowOf(ctx, { person, teams: here, packages, random, consent }))
    }
  }
  return rows
}

interface Drawn {
  readonly person: DemoResident
  readonly teams: readonly GpTeam[]
  readonly packages: ReadonlyMap<string, ServicePackage>
  readonly random: () => number
  readonly consent: { readonly version: string; readonly hash: string }
}

/** Old people have the package with visits, others now and then one for a chronic disease. */
function codesOf(person: DemoResident, random: () => number): string[] {
  const old = person.birthDate < '1950-01-01'
  const grown = person.birthDate < '1975-01-01'
  const draw = random()
  if (old && draw < 0.5) return ['JC', 'LNR', 'GXY']
  if (grown && draw < 0.45) return ['JC', 'GXY']
  return grown && draw < 0.65 ? ['JC', 'TNB'] : ['JC']
}

const frozen = ({ id, code, version, name, level, fee, items }: ServicePackage): FrozenPackage => ({
  ...{ id, code, version, name, level, fee, items },
})

function rowOf(ctx: Ctx, { person, teams, packages, random, consent }: Drawn): ContractRow {
  const n = demoResidents().indexOf(person)
  const id = demoId('contract', n)
  const team = teams[n % teams.length] as GpTeam
  const doctor = team.members.find((one) => one.kind === 'physician')?.practitionerId ?? ''
  const applies = n % 31 === 30
  // Most were signed over the last eleven months; every twelfth ends within the renewal window.
  const daysAgo = n % 12 === 11 ? 340 + Math.floor(random() * 20) : 5 + Math.floor(random() * 320)
  const startsOn = applies ? dayOf(ctx.now) : dayAfter(dayOf(ctx.now), -daysAgo)
  const since = applies
    ? new Date(ctx.now.getTime() - 20 * HOUR)
    : new Date(startOf(startsOn).getTime() + 10 * HOUR)
  const chosen = codesOf(person, random).flatMap((code) => packages.get(code) ?? [])
  const fee = feeOf(chosen, 12)
  const rural = person.institution.startsWith('TS')
  return {
    ...{ residentId: person.id, id, number: contractNumber(id, since), upcoming: false, prevId: null },
    status: applies ? 'pendingReview' : 'active',
    ...{ communityId: team.institutionId, teamId: team.id, doctorId: doctor },
    secondaryId: rural ? demoId('network', 'QPH') : n % 5 === 0 ? demoId('network', 'GERI') : null,
    tertiaryId: n % 7 === 6 ? null : demoId('network', 'LEAD'),
    ...{ actId: n < 3 ? demoId('contract', 'act 0') : demoId('contract', `act ${n}`), months: 12 },
    ...{ packages: chosen.map(frozen), packageNames: chosen.map((one) => one.name), fee },
    ...{ levels: [...new Set(chosen.map((one) => one.level))], feeFen: sumOf(fee), startsOn },
    endsOn: endOf(startsOn, 12),
    channel: applies ? 'phone' : n % 4 === 3 ? 'home' : 'desk',
    ...{ consentVersion: consent.version, consentHash: consent.hash, authorId: 'demo', since },
    signature: { kind: 'paper', signer: person.name, relation: '0', hash: null },
    ...{ appliedAt: applies ? since : null, signedAt: applies ? null : since },
    ...{ endedOn: null, ending: null, version: 1 },
  }
}
