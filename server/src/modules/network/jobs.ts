import { dayOf } from '../../kernel/day.ts'
import type { Job } from '../../kernel/module.ts'
import { turn } from './actions/agreement-turns.ts'
import { tell } from './events.ts'
import { routingService } from './gateway.ts'
import { listDue } from './store/agreement.ts'
import { listPlaces } from './store/institution.ts'
import * as travelTimes from './store/travel-time.ts'

/** Puts signed agreements into force on their first day and ends those whose last day is over, each by itself. */
const turnAgreements: Job = {
  name: 'network.turn-agreements',
  cron: '*/5 * * * *',
  async run(world) {
    const due = await world.asSystem(null, (ctx) => listDue(ctx, dayOf(ctx.now)))
    for (const { id } of due) await world.asSystem(null, (ctx) => turn(ctx, id))
  },
}

/** Asks the routing service, where one is configured, how long it takes from every institution to every other. */
const measureTravelTimes: Job = {
  name: 'network.measure-travel-times',
  cron: '20 18 * * *',
  async run(world) {
    const service = routingService()
    if (!service) return
    const places = await world.asSystem(null, listPlaces)
    for (const from of places) {
      const minutes = await service.minutes(from, places)
      await world.asSystem(null, (ctx) => travelTimes.add(ctx, from.id, travelTimes.known(places, minutes)))
    }
    const data = { institutions: places.length }
    await world.asSystem(null, (ctx) => tell(ctx, 'network.travel-times-asked', { thing: 'roads', data }))
  },
}

export const jobs: readonly Job[] = [turnAgreements, measureTravelTimes]
