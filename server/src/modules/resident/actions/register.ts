import type { Registration, ShownDocument } from '@tongmai/api/resident/person'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { addFirstGrants, addGrants, type NewGrant } from '../../../kernel/grant.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Stored } from '../../../kernel/resource/owner.ts'
import { projectNew } from '../../../kernel/resource/project.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import { tell } from '../events.ts'
import { CHINESE_ID, type Numbered, numbersOf } from '../identifier.ts'
import { lockKeys } from '../store/match.ts'
import * as store from '../store/person.ts'
import * as registry from '../store/registry.ts'
import { matchAgain, matchDescribed } from './match.ts'
import { projectResident } from './project.ts'
import { describedNewcomer, keysOf, type Newcomer, newRow, numberRows, patientOf } from './written.ts'

const DAY_MS = 86_400_000

export interface Registered {
  readonly id: string
  readonly isNew: boolean
}

/**
 * Registers a resident at the acting institution and opens their record to it for treatment. Whoever is known by any
 * of the numbers is not doubled: they are answered with `isNew: false`, and learn the numbers they did not have yet.
 */
export async function registerWhole(ctx: Ctx, given: Newcomer): Promise<Registered & { stored?: Stored }> {
  const today = dayOf(ctx.now)
  const id = given.id ?? ctx.id()
  const { institutionId } = ctx.actor
  const numbers = numberRows(given.numbers)
  const described = describedNewcomer(given)
  const keys = described ? keysOf(described) : []
  const row = newRow(given, id, institutionId)
  // Held from before the first look, so that two alike do not miss each other; sent along, in the same round trip.
  const [, { isNew, days, shares }] = await Promise.all([
    lockKeys(ctx, keys),
    registry.add(ctx, row, { numbers, today, keys }),
  ])
  const residentId = isNew ? id : await known(ctx, { id, given, numbers })
  const opened = institutionId ? [treatment(ctx, { residentId, institutionId, days })] : []
  await tell(ctx, 'resident.registered', {
    thing: `resident:${residentId}`,
    residentId,
    audience: institutionId ? [institutionId] : [],
    data: { institutionId, isNew, unknown: given.unknown ?? false },
  })
  if (!isNew) {
    if (opened.length > 0) await addGrants(ctx, opened)
    await learn(ctx, residentId, numbers, id)
    return { id: residentId, isNew }
  }
  const { telecom = null, phone = null } = given
  const person = { ...newPerson(given), residentId }
  const resource = patientOf(person, { numbers: given.numbers, telecom, phone })
  // Sent in one go: neither waits for the other.
  const [stored] = await Promise.all([projectNew(ctx, { resource, residentId }), addFirstGrants(ctx, opened)])
  if (!shares || !described) return { id: residentId, isNew, stored }
  await matchDescribed(ctx, residentId, described)
  return { id: residentId, isNew, stored: (await findStored(ctx, 'Patient', residentId)) ?? stored }
}

/** What stands of a newcomer in their Patient. */
export const newPerson = (given: Newcomer) => ({
  ...{ name: given.name, names: given.names ?? null, sex: given.sex, birthDate: given.birthDate },
  ...{
    birthSaid: given.birthSaid ?? null,
    address: given.address ?? null,
    addresses: given.addresses ?? null,
    links: given.links ?? null,
  },
})

/** The grant that a registration gives. */
export const treatment = (
  ctx: Ctx,
  of: { residentId: string; institutionId: string; days: number },
): NewGrant => ({
  ...{
    residentId: of.residentId,
    institutionId: of.institutionId,
    basis: 'treatment',
    source: 'registration',
  },
  ...{ depth: 'full', since: ctx.now, until: new Date(ctx.now.getTime() + of.days * DAY_MS) },
  viaInstitutionId: null,
})

/** The one resident to whom the numbers belong; two of them, or another birth date, is for people to look at. */
async function known(
  ctx: Ctx,
  { id, given, numbers }: { id: string; given: Newcomer; numbers: readonly registry.NumberRow[] },
): Promise<string> {
  const blinds = numbers.map((n) => n.blind)
  const owners = await registry.ownersOf(ctx, blinds, id)
  const cards = await store.listCards(ctx, owners)
  const [card, another] = cards
  if (!card || another) return refuse('conflict', 'resident.documents-of-two', { details: { others: cards } })
  if (given.birthDate && card.birthDate && given.birthDate !== card.birthDate) {
    refuse('conflict', 'resident.known-with-another-birth-date', { details: { other: card } })
  }
  return card.id
}

async function learn(
  ctx: Ctx,
  residentId: string,
  numbers: readonly registry.NumberRow[],
  provisional: string,
): Promise<void> {
  const held = new Set((await store.listIdentifiers(ctx, residentId)).map((n) => n.blind))
  const more = numbers.filter((n) => !held.has(n.blind))
  if (more.length === 0) return
  const theirs = await registry.addNumbers(ctx, residentId, more, provisional)
  if (!theirs) refuse('conflict', 'resident.documents-of-two')
  await projectResident(ctx, residentId)
  await matchAgain(ctx, residentId)
}

/** What the desk's documents say; refused where one is wrong or contradicts what was said. */
export function readDocuments(
  ctx: Ctx,
  said: { documents: readonly ShownDocument[]; sex: Newcomer['sex'] | null; birthDate: string | null },
): { numbers: Numbered[]; sex: Newcomer['sex']; birthDate: string | null } {
  const today = dayOf(ctx.now)
  const wrong = (path: string, problem: string): never =>
    refuse('invalid', `resident.${problem}`, {
      fields: [{ path: `body.${path}`, problem: `resident.${problem}` }],
    })
  if (said.birthDate && (said.birthDate > today || said.birthDate < '1850-01-01'))
    wrong('birthDate', 'birth-date-impossible')
  const numbers: Numbered[] = []
  for (const [i, document] of said.documents.entries()) {
    const read = numbersOf(document, today)
    if (typeof read === 'string') return wrong(`documents.${i}.number`, `number-wrong-${read}`)
    numbers.push(...read)
  }
  const chinese = numbers.findLast((n) => n.system === CHINESE_ID)
  if (!chinese) return { numbers, sex: said.sex ?? 'unknown', birthDate: said.birthDate }
  const birthDate = `${chinese.value.slice(6, 10)}-${chinese.value.slice(10, 12)}-${chinese.value.slice(12, 14)}`
  const sex = Number(chinese.value[16]) % 2 === 1 ? 'male' : 'female'
  if (said.birthDate && said.birthDate !== birthDate) wrong('birthDate', 'birth-date-not-of-the-number')
  if ((said.sex === 'male' || said.sex === 'female') && said.sex !== sex)
    wrong('sex', 'sex-not-of-the-number')
  return { numbers, sex, birthDate }
}

/** Registers whoever shows these documents at the acting institution; exact match on any of them prevents doubles. */
export async function register(ctx: Ctx, given: Registration & { id?: string }): Promise<Registered> {
  const { documents, ...rest } = given
  const { id, isNew } = await registerWhole(ctx, { ...rest, ...readDocuments(ctx, given) })
  return { id, isNew }
}
