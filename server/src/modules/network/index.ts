/**
 * Which institutions there are and how they belong together. An institution has departments and a place; it is a
 * member of alliances of four forms, with layer, grade and role. An agreement in force between members switches
 * services on; a grid cell is a set of divisions for which one alliance is responsible; roads join the places.
 * Invariants: one lead per alliance on every day; tight in one city alliance or county community at a time; in
 * force only when all parties have signed; what has ended switches nothing on, from that moment.
 */
import { networkApi } from '@tongmai/api/network'
import type { Service } from '@tongmai/api/network/alliance'
import type { Department } from '@tongmai/api/network/institution'
import { system } from '../../kernel/actor.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { refuse } from '../../kernel/refusal.ts'
import { registerOwner } from '../../kernel/resource/owner.ts'
import { affiliationOwner, locationOwner, organizationOwner, serviceOwner } from './actions/external.ts'
import { actions } from './actions/index.ts'
import { forgetRoads, roadsNow } from './actions/roads-now.ts'
import { demo } from './demo/index.ts'
import { networkEvents } from './events.ts'
import { jobs } from './jobs.ts'
import * as cooperations from './store/cooperation.ts'
import * as departments from './store/department.ts'

export { drawnRoads, placesNow } from './actions/drawn-roads.ts'
export { addExternalInstitution } from './actions/external.ts'
export { gridOf } from './actions/grid.ts'
export { enterInstitution } from './actions/institution.ts'
export {
  travelMinutes,
  travelMinutesBetween,
  travelMinutesFrom,
  travelMinutesTo,
  travelMinutesToAll,
} from './actions/travel.ts'
export { sites as demoSites } from './demo/institution.ts'
export { networkEvents } from './events.ts'
export { bindRoutingService, routingServiceAt } from './gateway.ts'
export { readCsv } from './read-csv.ts'
export { airKm, type Point } from './road-map.ts'
export { listTitles as agreementTitles } from './store/agreement.ts'
export {
  find as findDepartment,
  listOf as departmentsOf,
  peek as peekDepartment,
} from './store/department.ts'
export { listTitles as dutyTitles } from './store/governance.ts'
export { find as findInstitution, findByCode as findInstitutionByCode } from './store/institution.ts'
export { leadsOver } from './store/membership.ts'

/** The open department of this institution; 404 where it has no such department, 409 where it is closed. */
export async function requireDepartment(
  ctx: Ctx,
  institutionId: string,
  departmentId: string,
): Promise<Department> {
  const department = await departments.find(ctx, departmentId)
  if (department.institutionId !== institutionId) refuse('missing', 'network.department-missing')
  if (department.closedOn) refuse('conflict', 'network.department-closed')
  return department
}

/** True where an agreement in force now switches the service on between the two; within one institution always. */
export const agreementAllows = async (ctx: Ctx, a: string, b: string, service: Service): Promise<boolean> =>
  a === b || cooperations.isOpen(ctx, a, b, service)

/** True where the two may read each other's records of a resident, given a lawful basis. */
export const sharesRecords = (ctx: Ctx, a: string, b: string): Promise<boolean> =>
  agreementAllows(ctx, a, b, 'recordSharing')

registerOwner(organizationOwner)
registerOwner(affiliationOwner)
registerOwner(locationOwner)
registerOwner(serviceOwner)

export const network: Module = {
  name: 'network',
  ...serve(networkApi, actions),
  events: networkEvents,
  jobs,
  warm: (world) => world.read(system(null), roadsNow),
  forget: forgetRoads,
  heard({ name }) {
    if (
      name.startsWith('network.road') ||
      name === 'network.travel-times-asked' ||
      name.startsWith('network.institution-')
    )
      forgetRoads()
  },
  demo,
}
