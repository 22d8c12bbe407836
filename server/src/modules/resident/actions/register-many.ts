import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { addFirstGrants } from '../../../kernel/grant.ts'
import type { Resource, Stored } from '../../../kernel/resource/owner.ts'
import { projectMany } from '../../../kernel/resource/project.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import { tell } from '../events.ts'
import { judge, prepareResident } from '../match-resident.ts'
import { lockKeys } from '../store/match.ts'
import { ruleOf } from '../store/person.ts'
import { addAll, candidatesOfAll, type Entry } from '../store/register-many.ts'
import { receivedPerson } from './foreign.ts'
import { opened } from './keys.ts'
import { matchDescribed } from './match.ts'
import { newPerson, treatment } from './register.ts'
import { describedNewcomer, keysOf, type Newcomer, newRow, numberRows, patientOf } from './written.ts'

/** One who is registered, for whoever asked it. */
interface Newly extends Entry {
  readonly ctx: Ctx
  readonly given: Newcomer
  readonly described: ReturnType<typeof describedNewcomer>
}

/**
 * What many FHIR creates of a Patient do where everybody is new: the registrations go in a few statements. Undefined, and
 * the caller's transaction must not stand, where one of them is known or two of them are the same.
 */
export async function receivePatients(
  ctx: Ctx,
  asked: readonly { ctx: Ctx; resource: Resource }[],
): Promise<readonly Stored[] | undefined> {
  const people = asked.map((one) => newly(one.ctx, receivedPerson(one.ctx, one.resource)))
  const blinds = people.flatMap(({ numbers }) => numbers.map(({ blind }) => blind))
  if (new Set(blinds).size < blinds.length) return undefined
  const today = dayOf(ctx.now)
  // Sent in one go: the database registers them while their Patients are still being made ready.
  const [, { isNew, days, shares }, stored] = await Promise.all([
    lockKeys(ctx, [...new Set(people.flatMap(({ keys }) => keys))]),
    addAll(ctx, people, today),
    projectMany(ctx, people.map(projectionOf)),
  ])
  if (!isNew) return undefined
  for (const { ctx: by, row, given } of people) {
    await tell(by, 'resident.registered', {
      thing: `resident:${row.id}`,
      residentId: row.id,
      audience: row.institutionId ? [row.institutionId] : [],
      data: { institutionId: row.institutionId, isNew, unknown: given.unknown ?? false },
    })
  }
  const { institutionId } = ctx.actor
  const grants = institutionId
    ? people.map(({ row }) => treatment(ctx, { residentId: row.id, institutionId, days }))
    : []
  const [, current] = await Promise.all([addFirstGrants(ctx, grants), matchAll(people, { stored, shares })])
  return current
}

function newly(ctx: Ctx, given: Newcomer): Newly {
  const described = describedNewcomer(given)
  return {
    ...{ ctx, given, described },
    row: newRow(given, given.id ?? ctx.id(), ctx.actor.institutionId),
    numbers: numberRows(given.numbers),
    keys: described ? keysOf(described) : [],
  }
}

function projectionOf({ given, row }: Newly) {
  const { telecom = null, phone = null, numbers } = given
  const person = { ...newPerson(given), residentId: row.id }
  return { resource: patientOf(person, { numbers, telecom, phone }), residentId: row.id }
}

/** Looks who else each of them may be, among those before them; the few with somebody alike as at any registration. */
async function matchAll(
  people: readonly Newly[],
  { stored, shares }: { stored: readonly Stored[]; shares: readonly string[] },
): Promise<readonly Stored[]> {
  const seen = new Set<string>()
  const sharing = people.filter(({ row, keys, described }) => {
    const isSharing = shares.includes(row.id) || keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    return isSharing && described
  })
  if (sharing.length === 0) return stored
  const alike = await whoAreAlike(people, sharing)
  const current = new Map<string, Stored>()
  for (const { ctx, row, described } of sharing) {
    if (!described || !alike.has(row.id)) continue
    await matchDescribed(ctx, row.id, described)
    const now = await findStored(ctx, 'Patient', row.id)
    if (now) current.set(row.id, now)
  }
  return stored.map((one) => current.get(one.ownId) ?? one)
}

async function whoAreAlike(people: readonly Newly[], sharing: readonly Newly[]): Promise<Set<string>> {
  const { ctx } = people[0] as Newly
  const place = new Map(people.map(({ row }, n) => [row.id, n]))
  // Sent in one go: neither waits for the other.
  const [among, rows] = await Promise.all([
    ruleOf(ctx, 'matchAmong', dayOf(ctx.now)),
    candidatesOfAll(
      ctx,
      sharing.map(({ row, keys }) => ({ id: row.id, keys })),
    ),
  ])
  const alike = new Set<string>()
  for (const { row, described } of sharing) {
    if (!described) continue
    const self = prepareResident(described)
    const earlier = rows.filter(
      ({ whose, residentId }) => whose === row.id && (place.get(residentId) ?? -1) < (place.get(whose) ?? 0),
    )
    if (earlier.some((one) => judge(self, prepareResident(opened(one)), among).verdict !== 'separate'))
      alike.add(row.id)
  }
  return alike
}
