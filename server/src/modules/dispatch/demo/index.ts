import { type Actor, system } from '../../../kernel/actor.ts'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { World } from '../../../kernel/world.ts'
import { demoResidents } from '../../resident/index.ts'
import { demoPerson } from '../../workforce/index.ts'
import { call, calling } from '../actions/calling.ts'
import { dispatching } from '../actions/dispatching.ts'
import { driving } from '../actions/driving.ts'
import { baseOf, layFleet, vehicleId } from './fleet.ts'
import { type Tale, tales } from './tale.ts'

const MINUTE_MS = 60_000
const receiving = new Set(['dispatch.sign'])
const everything = new Set(['dispatch.call', 'dispatch.dispatch', 'dispatch.drive', 'dispatch.sign'])

/** Who did it, as far as the demonstration region has such people. */
const people: Readonly<Record<string, string>> = { LEAD: 'crew01', QPH: 'qp-crew01', CHC01: 'gp01' }

/** Acts at an institution as one of its people, at a time that has passed. */
function actingAt(ctx: Ctx, code: string, minutesAgo: number): Ctx {
  const username = people[code]
  const actor: Actor = {
    ...system(demoId('network', code)),
    practitionerId: username ? demoPerson(username).practitionerId : null,
    permissions: everything,
  }
  return ctxWith(ctx, { actor, now: new Date(ctx.now.getTime() - minutesAgo * MINUTE_MS) })
}

const run = (action: unknown, ctx: Ctx, input: unknown): Promise<unknown> =>
  (action as (ctx: Ctx, input: unknown) => Promise<unknown>)(ctx, input)

/** One of the moves of a tale, by the very action that a person would run. */
async function move(ctx: Ctx, tale: Tale, step: { id: string; name: string; ago: number }): Promise<void> {
  const { id, name, ago } = step
  const { from, to, vehicle = '' } = tale
  const desk = from.startsWith('TS') ? 'QPH' : 'LEAD'
  const carrier = baseOf(vehicle)
  const said = { comment: '' }
  const act = (code: string, action: unknown, body: object) =>
    run(action, actingAt(ctx, code, ago), { params: { id }, body })
  const read = { visibilityM: 800, ceilingM: 150, windMs: 7 }
  const weather = { weather: '山谷低云,能见度 800 米', contraindications: '无飞行禁忌', ...read }
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    noGo: () =>
      act(desk, dispatching.releaseFlight, { go: false, reason: '能见度不足,改陆路待命', ...weather }),
    dispatch: () => act(desk, dispatching.dispatch, { vehicleId: vehicleId(vehicle), ...said }),
    depart: () => act(carrier, driving.depart, said),
    reach: () => act(carrier, driving.reach, said),
    leave: () => act(carrier, driving.leave, said),
    arrive: () => act(carrier, driving.arrive, said),
    signCrew: () => act(carrier, driving.handOver, { signerName: '骆飞', comment: '途中平稳' }),
    signReceiver: () => {
      const here = actingAt(ctx, to, ago)
      const receiver = ctxWith(here, { actor: { ...here.actor, permissions: receiving } })
      return run(driving.handOver, receiver, { params: { id }, body: { signerName: '贺征', ...said } })
    },
    makeReady: () => act(carrier, driving.makeReady, { disinfection: '含氯消毒剂擦拭', ...said }),
    cancel: () => act(from, calling.cancel, { reason: 'otherTransport', comment: '家属已自行送到' }),
  }
  await acts[name]?.()
}

/** A ride of the demonstration region for what a later module tells: of whom, for what, how it went. */
export interface DemoRide {
  readonly residentId: string
  readonly thing: string | null
  readonly tale: Tale
}

/** What happened to one patient, in the order in which it happened. */
export async function demoRide(ctx: Ctx, { residentId, thing, tale }: DemoRide): Promise<void> {
  const { id } = await call(actingAt(ctx, tale.from, tale.calledAgo), {
    residentId,
    fromInstitutionId: demoId('network', tale.from),
    toInstitutionId: demoId('network', tale.to),
    thing,
    ...tale.call,
    needs: { equipment: [], escort: 'none', isolation: null, byAir: false, ...tale.call.needs },
  })
  const unmeasured = { temperature: null, glucose: null, note: '' }
  const happened = [
    ...(tale.moves ?? []).map(([name, ago]) => ({ ago, run: () => move(ctx, tale, { id, name, ago }) })),
    ...(tale.vitals ?? []).map(([ago, signs]) => ({
      ago,
      run: () => {
        const crew = actingAt(ctx, baseOf(tale.vehicle ?? ''), ago)
        return run(driving.addVitals, crew, { params: { id }, body: { ...unmeasured, ...signs } })
      },
    })),
  ]
  for (const one of happened.sort((a, b) => b.ago - a.ago)) await one.run()
}

/** Vehicles, landing sites, desks, and missions in every state. A vehicle's id is `demoId('dispatch', 'vehicle L1')`. */
export async function demo(world: World): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    await layFleet(ctx)
    const grown = demoResidents()
      .filter((one) => one.birthDate < '1975-01-01')
      .toReversed()
    const at = (code: string) => grown.findIndex((one) => one.institution === code)
    for (const tale of tales.toSorted((a, b) => b.calledAgo - a.calledAgo)) {
      // Patients of the hospitals live somewhere: whoever leaves one is registered at a community.
      const found = at(tale.from) >= 0 ? at(tale.from) : at('CHC01')
      const [resident] = grown.splice(found, 1)
      if (resident) await demoRide(ctx, { residentId: resident.id, thing: null, tale })
    }
  })
}
