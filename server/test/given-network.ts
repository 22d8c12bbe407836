import type { AllianceForm, CooperationGrade } from '@tongmai/api/network/alliance'
import type { InstitutionKind, Specialty, Tier } from '@tongmai/api/network/institution'
import type { Ctx } from '../src/kernel/ctx.ts'
import { dayAfter, dayOf } from '../src/kernel/day.ts'
import { enterWhenDue } from '../src/modules/network/actions/agreement-turns.ts'
import * as agreements from '../src/modules/network/store/agreement.ts'
import * as alliances from '../src/modules/network/store/alliance.ts'
import * as departments from '../src/modules/network/store/department.ts'
import * as divisions from '../src/modules/network/store/division.ts'
import * as institutions from '../src/modules/network/store/institution.ts'
import * as memberships from '../src/modules/network/store/membership.ts'
import * as rules from '../src/modules/network/store/service-rule.ts'
import { givenSession, givenStaff } from './given-identity.ts'
import type { Region } from './world.ts'

let given = 0

export interface GivenInstitution {
  readonly code?: string
  readonly name?: string
  readonly kind?: InstitutionKind
  readonly tier?: Tier | null
  readonly divisionCode?: string
}

/** An institution without departments; a tertiary hospital where nothing else is said. */
export async function givenInstitution(
  world: Region,
  more: GivenInstitution = {},
): Promise<{ id: string; code: string; name: string }> {
  const number = given++
  const {
    kind = 'generalHospital',
    tier = 'tertiary',
    code = `I${number}`,
    name = `第${number}人民医院`,
  } = more
  const added = await world.system((ctx) =>
    institutions.add(ctx, {
      id: ctx.id(),
      code,
      name,
      shortName: name.slice(0, 30),
      kind,
      tier,
      hospitalGrade: null,
      creditCode: null,
      divisionCode: more.divisionCode ?? null,
      longitude: null,
      latitude: null,
      address: null,
      phone: null,
      external: false,
    }),
  )
  if (!added) throw new Error(`${code} is there already`)
  return { id: added.id, code, name }
}

/** An open department of an institution; cardiology where nothing else is said. */
export function givenDepartment(
  world: Region,
  institutionId: string,
  more: { name?: string; specialty?: Specialty; code?: string } = {},
): Promise<{ id: string; name: string }> {
  const { name = '心血管内科', specialty = 'cardiology', code = `D${given++}` } = more
  return world.system((ctx) =>
    departments.add(ctx, { id: ctx.id(), institutionId, code, name, specialty, phone: null }),
  )
}

/** An alliance with its lead and members since a year ago, and the rules a new alliance begins with. */
export function givenAlliance(
  world: Region,
  leadId: string,
  more: { form?: AllianceForm; grade?: CooperationGrade; members?: readonly string[] } = {},
): Promise<{ id: string }> {
  const { form = 'teleNetwork', grade = 'tight', members = [] } = more
  return world.system(async (ctx) => {
    const since = dayAfter(dayOf(ctx.now), -365)
    const name = `联盟${given++}`
    const specialty = form === 'specialtyAlliance' ? 'cardiology' : null
    const words = {
      id: ctx.id(),
      name,
      shortName: name,
      form,
      specialty,
      charter: null,
      since,
      until: null,
    } as const
    const alliance = await alliances.add(ctx, words, leadId)
    await rules.addDefaults(ctx, alliance.id, since)
    const join = (institutionId: string, role: 'lead' | 'member') => {
      const place = { id: ctx.id(), allianceId: alliance.id, institutionId, role, layer: 'inCity' } as const
      return memberships.add(ctx, { ...place, grade, since, until: null })
    }
    await join(leadId, 'lead')
    for (const member of members) await join(member, 'member')
    return { id: alliance.id }
  })
}

/** An agreement in force between these institutions, the first being the lead of an alliance of their own. */
export async function givenAgreement(
  world: Region,
  parties: readonly [string, string, ...string[]],
  more: { grade?: CooperationGrade; allianceId?: string; until?: string } = {},
): Promise<{ id: string; allianceId: string }> {
  const { grade = 'tight' } = more
  const [leadId, ...members] = parties
  const allianceId = more.allianceId ?? (await givenAlliance(world, leadId, { grade, members })).id
  return world.system(async (ctx) => {
    const today = dayOf(ctx.now)
    const signed = await agreements.add(
      ctx,
      {
        id: ctx.id(),
        number: `协〔2026〕${given++}号`,
        allianceId,
        title: '合作协议',
        text: '各方合作。',
        grade,
        parties: [...parties],
        status: 'signed',
        since: today,
        until: more.until ?? dayAfter(today, 365),
        renews: null,
        inForceAt: null,
        endedAt: null,
      },
      leadId,
    )
    await signFor(ctx, signed.id, parties)
    await enterWhenDue(ctx, signed)
    return { id: signed.id, allianceId }
  })
}

async function signFor(ctx: Ctx, agreementId: string, parties: readonly string[]): Promise<void> {
  await agreements.changeSignatories(ctx, await agreements.find(ctx, agreementId))
  for (const institutionId of parties) {
    const signature = { signedAt: ctx.now, signerId: 'system', signerName: '院长' }
    await agreements.changeSignatory(ctx, { agreementId, institutionId }, signature)
  }
}

/** A city with these street districts as units of the region, named by their codes. */
export async function givenDivisions(world: Region, units: readonly string[]): Promise<void> {
  const division = (code: string, parentCode: string | null) => ({
    code,
    name: code,
    level: code.length === 9 ? ('township' as const) : ('county' as const),
    parentCode,
    inRegion: true,
    population: 1000,
    shape: null,
  })
  const counties = [...new Set(units.map((unit) => unit.slice(0, 6)))]
  await world.system((ctx) =>
    divisions.add(ctx, [
      ...counties.map((code) => division(code, null)),
      ...units.map((code) => division(code, code.slice(0, 6))),
    ]),
  )
}

/** Asks the API as somebody, and answers status, body and the code of a refusal. */
export function asking(world: Region) {
  const ask = async (
    method: 'GET' | 'POST',
    headers: Readonly<Record<string, string>>,
    url: string,
    payload?: object,
  ) => {
    const answer = await world.app.inject({
      method,
      url: `/api${url}`,
      headers,
      ...(payload ? { payload } : {}),
    })
    const body = answer.headers['content-type']?.startsWith('application/json') ? answer.json() : answer.body
    return { status: answer.statusCode, body, code: (body as { code?: string }).code }
  }
  type Who = { readonly headers: Readonly<Record<string, string>> }
  return {
    get: (who: Who, url: string) => ask('GET', who.headers, url),
    post: (who: Who, url: string, payload: object) => ask('POST', who.headers, url, payload),
  }
}

/** An institution and one person of its alliance office, administration and office head, signed in. */
export interface Office {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly accountId: string
  headers: Readonly<Record<string, string>>
}

/** An institution with one person of its alliance office, administration and office head, signed in. */
export async function givenOffice(world: Region, more: GivenInstitution = {}): Promise<Office> {
  const institution = await givenInstitution(world, more)
  const staff = await givenStaff(world, institution.id, ['alliance-office', 'admin', 'office-head'])
  return { ...institution, accountId: staff.id, headers: staff.headers }
}

/** Lets days pass; these people sign in again afterwards, for sessions do not last that long. */
export async function passDays(world: Region, days: number, ...offices: Office[]): Promise<void> {
  await world.setNow(new Date(world.world.now().getTime() + days * 86_400_000))
  for (const office of offices) {
    office.headers = await givenSession(world, { accountId: office.accountId, institutionId: office.id })
  }
}
