import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type DestinationModel, layModel } from '../destination-model.ts'
import * as store from '../store/routing.ts'

/** How long counts and agreements may be believed without asking again. */
const FRESH_MS = 60_000
const PLACES_AT_ONCE = 500

let model: DestinationModel | undefined
const stale = { departments: true, doctors: true, masters: true, places: true }
const changedPlaces = new Set<string>()
const partners = new Map<string, { at: number; ids: ReadonlySet<string> }>()
let countedAt = 0
let loading: Promise<void> = Promise.resolve()

/** Every process hears what has happened and reads anew, before the next ranking, what that may have changed. */
export function hearForRouting({ name, thing }: { readonly name: string; readonly thing: string }): void {
  if (name === 'network.department-changed' || name.startsWith('network.institution-'))
    stale.departments = true
  else if (name.startsWith('network.agreement-') || name === 'network.services-set') partners.clear()
  else if (name.startsWith('workforce.')) stale.doctors = true
  else if (name.startsWith('technique.')) stale.masters = true
  else if (name === 'capacity.place-changed') {
    if (thing.startsWith('place:')) changedPlaces.add(thing.slice('place:'.length))
    else stale.places = true
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
  } finally {
    done()
  }
}

const isFresh = (ctx: Ctx): boolean => {
  const passed = ctx.now.getTime() - countedAt
  const nothingStale =
    !stale.departments && !stale.doctors && !stale.masters && !stale.places && changedPlaces.size === 0
  return nothingStale && passed >= 0 && passed <= FRESH_MS
}

async function freshen(ctx: Ctx): Promise<DestinationModel> {
  const now = await freshenDepartments(ctx)
  if (stale.doctors) {
    stale.doctors = false
    now.setDoctors(await store.listDoctors(ctx))
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

async function freshenPlaces(ctx: Ctx, now: DestinationModel): Promise<void> {
  if (stale.places || changedPlaces.size > PLACES_AT_ONCE) {
    stale.places = false
    changedPlaces.clear()
    now.setPlaces(await store.listPlaces(ctx))
  } else if (changedPlaces.size > 0) {
    const ids = [...changedPlaces]
    changedPlaces.clear()
    now.changePlaces(ids, await store.listPlaces(ctx, ids))
  }
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
