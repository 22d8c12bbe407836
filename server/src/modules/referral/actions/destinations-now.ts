import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type DestinationModel, type DoctorFact, layModel } from '../destination-model.ts'
import * as store from '../store/routing.ts'

/** How long counts and agreements may be believed without asking again. */
const FRESH_MS = 60_000
const PLACES_AT_ONCE = 500
const DEPARTMENTS_AT_ONCE = 100
/** Of so many departments what is free, and who is there, is read in one statement; it keeps others waiting for some 10 ms. */
const PART = 250

let model: DestinationModel | undefined
const stale = { departments: true, doctors: true, masters: true, places: true }
const changedPlaces = new Set<string>()
/** Where a schedule was laid. */
const changedDepartments = new Set<string>()
const partners = new Map<string, { at: number; ids: ReadonlySet<string> }>()
let countedAt = 0
let loading: Promise<void> = Promise.resolve()

/** The next ranking reads everything. */
export function forgetDestinations(): void {
  model = undefined
  partners.clear()
  Object.assign(stale, { departments: true, doctors: true, masters: true, places: true })
}

/** Every process hears what has happened and reads anew, before the next ranking, what that may have changed. */
export function hearForRouting({ name, thing }: { readonly name: string; readonly thing: string }): void {
  if (name === 'network.department-changed' || name.startsWith('network.institution-'))
    stale.departments = true
  else if (name.startsWith('network.agreement-') || name === 'network.services-set') partners.clear()
  else if (/^workforce\.(practitioner|licence|site)-/.test(name)) stale.doctors = true
  else if (name.startsWith('technique.')) stale.masters = true
  else if (name === 'capacity.place-changed') {
    const [kind, id = ''] = thing.split(':')
    if (kind === 'place') changedPlaces.add(id)
    else changedDepartments.add(id)
  }
}

/** The destinations as they are now; what is stale is read first, by one ranking for all that wait. */
export async function destinationsNow(ctx: Ctx): Promise<DestinationModel> {
  // Nothing has happened since: nobody waits for anybody, and the database is not asked.
  if (model && isFresh(ctx)) return model
  const before = loading
  let done: () => void = () => {}
  loading = new Promise((resolve) => {
    done = resolve
  })
  try {
    await before
    return await asSystem(ctx, freshen)
  } catch (error) {
    // What was to be read was not: the next one reads everything.
    Object.assign(stale, { departments: true, doctors: true, masters: true, places: true })
    throw error
  } finally {
    done()
  }
}

const isFresh = (ctx: Ctx): boolean => {
  const passed = ctx.now.getTime() - countedAt
  const nothingStale =
    !Object.values(stale).includes(true) && changedPlaces.size === 0 && changedDepartments.size === 0
  return nothingStale && passed >= 0 && passed <= FRESH_MS
}

async function freshen(ctx: Ctx): Promise<DestinationModel> {
  const now = await freshenDepartments(ctx)
  if (stale.doctors) {
    stale.doctors = false
    now.setDoctors(await doctorsOf(ctx, now))
  }
  if (stale.masters) {
    stale.masters = false
    now.setMasters(await store.listMasters(ctx))
  }
  await freshenPlaces(ctx, now)
  const passed = ctx.now.getTime() - countedAt
  if (passed < 0 || passed > FRESH_MS) {
    countedAt = ctx.now.getTime()
    now.setOpenReferrals(await store.countOpen(ctx))
  }
  return now
}

/** All departments part by part, so that between two of them others are answered. */
function* partsOf({
  departments,
}: DestinationModel): Generator<store.Part & { readonly ids: readonly string[] }> {
  for (let at = 0; at < departments.length; at += PART) {
    const ids = departments.slice(at, at + PART).map(({ id }) => id)
    yield { ids, from: ids[0] ?? '', until: departments[at + PART]?.id }
  }
}

/** Reads who is at all departments, part by part. */
async function doctorsOf(ctx: Ctx, now: DestinationModel): Promise<DoctorFact[]> {
  const all: DoctorFact[] = []
  for (const part of partsOf(now)) all.push(...(await store.listDoctors(ctx, part)))
  return all
}

/** A department that has changed is changed in its place; where there are others, everything is read. */
async function freshenDepartments(ctx: Ctx): Promise<DestinationModel> {
  if (model && !stale.departments) return model
  stale.departments = false
  const departments = await store.listDepartments(ctx)
  if (model?.setDepartments(departments)) return model
  model = layModel(departments)
  Object.assign(stale, { doctors: true, masters: true, places: true })
  countedAt = 0
  return model
}

/** Takes what has changed until now; what changes while it is read is read again before the next ranking. */
function taken(changed: Set<string>): string[] {
  const ids = [...changed]
  changed.clear()
  return ids
}

async function freshenPlaces(ctx: Ctx, now: DestinationModel): Promise<void> {
  const [placeIds, departmentIds] = [taken(changedPlaces), taken(changedDepartments)]
  if (stale.places || placeIds.length > PLACES_AT_ONCE || departmentIds.length > DEPARTMENTS_AT_ONCE) {
    stale.places = false
    for (const part of partsOf(now)) now.changePlacesAt(part.ids, await store.listPlaces(ctx, part))
    return
  }
  if (placeIds.length > 0) now.changePlaces(placeIds, await store.listPlaces(ctx, { placeIds }))
  if (departmentIds.length > 0)
    now.changePlacesAt(departmentIds, await store.listPlaces(ctx, { departmentIds }))
}

/** The institutions to which this one may refer by an agreement in force. */
export async function partnersOf(ctx: Ctx, institutionId: string): Promise<ReadonlySet<string>> {
  const known = partners.get(institutionId)
  const age = ctx.now.getTime() - (known?.at ?? 0)
  if (known && age >= 0 && age < FRESH_MS) return known.ids
  const ids = new Set(await asSystem(ctx, (all) => store.listPartners(all, institutionId)))
  partners.set(institutionId, { at: ctx.now.getTime(), ids })
  return ids
}
