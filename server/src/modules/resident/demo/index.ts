import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import { addGrants } from '../../../kernel/grant.ts'
import { projectMany } from '../../../kernel/resource/project.ts'
import type { World } from '../../../kernel/world.ts'
import { addResidentAccount, hashPassword } from '../../identity/index.ts'
import { findInstitution } from '../../network/index.ts'
import { DEMO_PASSWORD } from '../../workforce/index.ts'
import { describedNewcomer, keysOf, newRow, numberRows, patientOf } from '../actions/written.ts'
import { CHINESE_ID, type Numbered } from '../identifier.ts'
import * as households from '../store/household.ts'
import * as registry from '../store/registry.ts'
import { layLawful } from './lawful.ts'
import { type DemoResident, demoResidents } from './people.ts'
import { layRequest } from './request.ts'
import { layTwice } from './twice.ts'

const CHUNK = 500
const TREATED_DAYS = 3650
const DAY_MS = 86_400_000

/**
 * The residents of the demonstration region, registered at their community, which treats them for ten years. A
 * resident's id is `demoId('resident', 0)` and so on.
 */
export async function demo(world: World): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await world.asSystem(null, async (ctx) => {
    const homes = await homesOf(ctx)
    const all = demoResidents()
    for (let from = 0; from < all.length; from += CHUNK) await lay(ctx, all.slice(from, from + CHUNK), homes)
    for (const { id, phone, name, hasAccount } of all) {
      if (hasAccount) await addResidentAccount(ctx, { residentId: id, phone, name, passwordHash })
    }
    await layHousehold(ctx)
  })
  await layTwice(world)
  await layLawful(world)
  await layRequest(world)
}

interface Home {
  readonly institutionId: string
  /** Where the people of this institution live, down to the street district or the village. */
  readonly address: string
  readonly divisionCode: string | null
}

async function homesOf(ctx: Ctx): Promise<Map<string, Home>> {
  const homes = new Map<string, Home>()
  for (const code of new Set(demoResidents().map((one) => one.institution))) {
    const { id, address, divisionCode } = await findInstitution(ctx, demoId('network', code))
    homes.set(code, { institutionId: id, divisionCode, address: (address ?? '').replace(/健康路.*$/, '') })
  }
  return homes
}

const estates = ['钟楼', '书院', '柳巷', '望泽', '春晖', '福安', '新华', '碧水'] as const

function addressOf(person: DemoResident, home: Home): string {
  const random = demoRandom(Number.parseInt(person.id.slice(0, 8), 16))
  const draw = (upTo: number) => 1 + Math.floor(random() * upTo)
  if (home.address.endsWith('村')) return `${home.address}${draw(12)}组${draw(90)}号`
  const estate = estates[draw(estates.length) - 1]
  return `${home.address}${estate}社区${draw(28)}号楼${draw(4)}单元${draw(18)}0${draw(4)}室`
}

async function lay(
  ctx: Ctx,
  people: readonly DemoResident[],
  homes: ReadonlyMap<string, Home>,
): Promise<void> {
  const written = people.flatMap((person) => {
    const home = homes.get(person.institution)
    return home ? [write(person, home)] : []
  })
  await registry.addMany(
    ctx,
    written.map((one) => one.row),
    written.flatMap((one) => one.numbers.map((number) => ({ ...number, residentId: one.row.id }))),
    written.flatMap((one) => one.keys.map((key) => ({ key, residentId: one.row.id }))),
  )
  await addGrants(
    ctx,
    written.map(({ row, institutionId }) => ({
      ...{
        residentId: row.id,
        institutionId,
        basis: 'treatment',
        source: 'registration',
        depth: 'full' as const,
      },
      ...{
        since: ctx.now,
        until: new Date(ctx.now.getTime() + TREATED_DAYS * DAY_MS),
        viaInstitutionId: null,
      },
    })),
  )
  await projectMany(
    ctx,
    written.map(({ resource, institutionId, row }) => ({ resource, institutionId, residentId: row.id })),
  )
}

function write(person: DemoResident, home: Home) {
  const { id, name, sex, birthDate, phone, number } = person
  const numbers: Numbered[] = [
    { system: CHINESE_ID, value: number, kind: '01', country: null, derived: false, about: null },
  ]
  const address = addressOf(person, home)
  const { institutionId, divisionCode } = home
  const given = { name, sex, birthDate, phone, address, divisionCode, numbers }
  const row = newRow(given, id, institutionId)
  const described = describedNewcomer(given)
  const seen = {
    residentId: id,
    name,
    sex,
    birthDate,
    address,
    names: null,
    birthSaid: null,
    addresses: null,
    links: null,
  }
  const resource = patientOf(seen, { numbers, telecom: null, phone })
  return {
    row,
    institutionId,
    resource,
    numbers: numberRows(numbers),
    keys: described ? keysOf(described) : [],
  }
}

/** Zhang Jianguo, his wife, and his old mother, for whom he stands. */
async function layHousehold(ctx: Ctx): Promise<void> {
  const [husband, wife, mother] = [0, 1, 2].map((n) => demoId('resident', n))
  if (!husband || !wife || !mother) return
  const householdId = await households.add(ctx, husband)
  await households.addMember(ctx, householdId, { residentId: wife, relation: '1' })
  await households.addMember(ctx, householdId, { residentId: mother, relation: '5' })
  await households.addProxy(ctx, { residentId: mother, proxyId: husband })
}
