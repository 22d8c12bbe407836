import { creditCodeCheckCharacter } from '@tongmai/api/network/credit-code'
import type { Department, Institution } from '@tongmai/api/network/institution'
import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import { type Projection, projectMany } from '../../../kernel/resource/project.ts'
import type { World } from '../../../kernel/world.ts'
import { departmentOf, locationOf, organizationOf, serviceOf } from '../fhir.ts'
import { organizationCheckCharacter } from '../organization-code.ts'
import * as departments from '../store/department.ts'
import * as divisions from '../store/division.ts'
import * as institutions from '../store/institution.ts'
import * as roads from '../store/road.ts'
import { layAlliances } from './alliances.ts'
import { departmentNames, farAway, type Site, sites } from './institution.ts'
import { units, upperDivisions, villages } from './place.ts'
import { demoRoads } from './road.ts'
import { pointIn, shapeOf } from './shapes.ts'

const id = (key: string) => demoId('network', key)

/**
 * The network's part of the demonstration region. An institution's id is `demoId('network', 'CHC03')`, a
 * department's `demoId('network', 'CHC03/GENM')`.
 */
export async function demo(world: World): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    await layDivisions(ctx)
    await roads.replace(ctx, demoRoads())
    await projectMany(ctx, [...(await laySites(ctx)), ...(await layAlliances(ctx))])
  })
}

async function layDivisions(ctx: Ctx): Promise<void> {
  const levels = ['province', 'city', 'county'] as const
  const upper = upperDivisions.map(([code, name, parentCode]) => ({
    code,
    name,
    parentCode,
    level: levels[code.replace(/(00)+$/, '').length / 2 - 1] ?? 'county',
    inRegion: code.startsWith('9901'),
    population: null,
    shape: code.startsWith('9901') ? shapeOf(code) : null,
  }))
  const lower = [...units, ...villages].map(({ code, name, population }) => ({
    code,
    name,
    population,
    parentCode: code.length === 9 ? code.slice(0, 6) : code.slice(0, 9),
    level: code.length === 9 ? ('township' as const) : ('village' as const),
    inRegion: true,
    shape: shapeOf(code),
  }))
  await divisions.add(ctx, [...upper, ...lower])
}

/** `12` is a public institution registered with the staffing authority; 99 and 98 are no province. */
function creditCode(site: Site, number: number): string {
  const body = `DM${String(number).padStart(6, '0')}`
  const kind = site.kind === 'healthAuthority' ? '11' : '12'
  const first = `${kind}${site.division.slice(0, 6)}${body}${organizationCheckCharacter(body)}`
  return first + (creditCodeCheckCharacter(first) ?? '')
}

function institutionOf(site: Site, number: number): Omit<Institution, 'version' | 'closedOn'> {
  const earlier = sites.slice(0, number).filter((other) => other.division === site.division).length
  const point = farAway[site.division] ?? pointIn(site.division, earlier)
  const { code, name, shortName, kind, tier, division } = site
  return {
    id: id(code),
    code,
    name,
    shortName,
    kind,
    tier,
    hospitalGrade: site.grade ?? null,
    creditCode: creditCode(site, number + 1),
    divisionCode: division,
    ...point,
    address: `${addressOf(division)}健康路${number * 7 + 11}号`,
    // Numbers beginning 0999 belong to no area.
    phone: `0999-${String(8_600_000 + number * 137).padStart(7, '0')}`,
    external: false,
  }
}

const addressOf = (division: string): string =>
  [division.slice(0, 6), division]
    .map((code) => [...units, ...villages].find((one) => one.code === code)?.name ?? upperName(code))
    .filter((name, i, all) => name !== undefined && all.indexOf(name) === i)
    .join('')

const upperName = (code: string): string | undefined => upperDivisions.find(([known]) => known === code)?.[1]

async function laySites(ctx: Ctx): Promise<Projection[]> {
  const shown: Projection[] = []
  for (const [number, site] of sites.entries()) {
    const institution = await institutions.add(ctx, institutionOf(site, number))
    if (!institution) throw new Error(`${site.code} is there already`)
    const institutionId = institution.id
    shown.push({ resource: organizationOf(institution), institutionId })
    shown.push({ resource: locationOf(institution), institutionId })
    for (const department of await layDepartments(ctx, site)) {
      shown.push({ resource: departmentOf(department), institutionId })
      shown.push({ resource: serviceOf(department), institutionId })
    }
  }
  return shown
}

async function layDepartments(ctx: Ctx, site: Site): Promise<Department[]> {
  const laid: Department[] = []
  for (const code of site.departments) {
    const [name, specialty] = departmentNames[code]
    const department = {
      id: id(`${site.code}/${code}`),
      institutionId: id(site.code),
      code,
      name,
      specialty,
      phone: null,
    }
    laid.push(await departments.add(ctx, department))
  }
  return laid
}
