import * as z from 'zod/mini'
import { type Api, byId, id, moment, text } from '../kernel.ts'

/** 救护车、专用隔离车(负压)、直升机、免费接送车. */
export const vehicleKind = z.enum(['ambulance', 'isolationVehicle', 'helicopter', 'shuttle'])
export type VehicleKind = z.output<typeof vehicleKind>

/** 待命、执行任务、终末消毒中、下班停驶、故障停用. */
export const vehicleState = z.enum(['ready', 'onMission', 'disinfecting', 'offDuty', 'outOfService'])
export type VehicleState = z.output<typeof vehicleState>

export const equipment = z.enum([
  'stretcher',
  'wheelchair',
  'oxygen',
  'monitor',
  'defibrillator',
  'ventilator',
  'infusionPump',
  'incubator',
  'ecmo',
])
export type Equipment = z.output<typeof equipment>

/** Whom the patient needs beside them. */
export const escort = z.enum(['none', 'nurse', 'physician'])
export type Escort = z.output<typeof escort>

/** Patients of different groups never ride in one vehicle without terminal disinfection between (8.2). */
export const isolationGroup = z.enum(['suspected', 'confirmed', 'recovering'])
export type IsolationGroup = z.output<typeof isolationGroup>

export const crewRole = z.enum(['driver', 'pilot', 'physician', 'nurse', 'paramedic'])
export const crewMember = z.object({
  role: crewRole,
  name: text(50),
  /** Physicians and nurses by their licence; drivers and pilots have none here. */
  practitionerId: z._default(z.nullable(id), null),
})
export type CrewMember = z.output<typeof crewMember>

const longitude = z.number().check(z.minimum(-180), z.maximum(180))
const latitude = z.number().check(z.minimum(-90), z.maximum(90))
export const position = z.object({ longitude, latitude })

const facts = {
  plate: text(20),
  name: text(40),
  kind: vehicleKind,
  equipment: z.array(equipment).check(z.maxLength(equipment.options.length)),
  crew: z.array(crewMember).check(z.maxLength(8)),
  /** Helicopters only: they fly straight at this speed; the rest drive as long as the roads take. */
  speedKmh: z.nullable(z.number().check(z.minimum(60), z.maximum(400))),
  /** Minutes until it moves: starting an engine, a flight clearance. */
  startMinutes: z.number().check(z.int(), z.minimum(0), z.maximum(120)),
}

export const vehicle = z.object({
  id,
  institutionId: id,
  base: z.string(),
  ...facts,
  state: vehicleState,
  longitude: z.nullable(z.number()),
  latitude: z.nullable(z.number()),
  locatedAt: z.nullable(moment),
  /** Whom it carried last, until it has been disinfected. */
  contaminatedBy: z.nullable(isolationGroup),
  missionId: z.nullable(id),
  version: z.number(),
  mayChange: z.boolean(),
})
export type Vehicle = z.output<typeof vehicle>

const limit = z._default(z.nullable(z.number().check(z.minimum(0), z.maximum(20_000))), null)
/** The worst weather in which a site may be used; null where its operator has not said. */
export const weatherLimits = z.object({
  minVisibilityM: limit,
  minCeilingM: limit,
  maxWindMs: limit,
})
export type WeatherLimits = z.output<typeof weatherLimits>

export const landingSite = z.object({
  id,
  institutionId: id,
  institution: z.string(),
  name: z.string(),
  longitude: z.number(),
  latitude: z.number(),
  atNight: z.boolean(),
  note: z.string(),
  closedReason: z.nullable(z.string()),
  ...weatherLimits.shape,
})
export type LandingSite = z.output<typeof landingSite>

const version = z.number().check(z.int(), z.minimum(1))

export const fleetApi = {
  listVehicles: {
    method: 'GET',
    path: '/vehicles',
    summary: 'The vehicles of all members with state, crew and position',
    may: 'dispatch.read',
    query: z.object({
      kind: z.optional(vehicleKind),
      state: z.optional(vehicleState),
      institutionId: z.optional(id),
    }),
    returns: z.array(vehicle),
  },
  addVehicle: {
    method: 'POST',
    path: '/vehicles',
    summary: "Adds a vehicle to one's own institution's fleet, off duty until it is put on duty",
    may: 'dispatch.fleet',
    body: z.object(facts),
    returns: vehicle,
  },
  changeVehicle: {
    method: 'POST',
    path: '/vehicles/:id/change',
    summary: "Changes crew, equipment and name of one's own vehicle while it is on no mission",
    may: 'dispatch.fleet',
    params: byId,
    body: z.object({ ...facts, version }),
    returns: vehicle,
  },
  setVehicleState: {
    method: 'POST',
    path: '/vehicles/:id/state',
    summary: 'Puts a vehicle on duty, off duty or out of service; never while it is on a mission',
    may: 'dispatch.fleet',
    params: byId,
    body: z.object({ state: z.enum(['ready', 'offDuty', 'outOfService']), version }),
    returns: vehicle,
  },
  locate: {
    method: 'POST',
    path: '/vehicles/:id/position',
    summary: "Tells where one's own vehicle is now",
    may: 'dispatch.drive',
    params: byId,
    body: position,
    returns: vehicle,
  },
  listCallPlaces: {
    method: 'GET',
    path: '/dispatch-places',
    summary: 'Where the institutions lie from which and to which missions are under way, for the map',
    may: 'dispatch.read',
    returns: z.array(z.object({ id, name: z.string(), ...position.shape })),
  },
  listLandingSites: {
    method: 'GET',
    path: '/landing-sites',
    summary: 'Where a helicopter may land, site by site',
    may: 'dispatch.read',
    returns: z.array(landingSite),
  },
  setLandingSite: {
    method: 'POST',
    path: '/landing-sites',
    summary: "Enters or changes the landing site of one's own institution; a reason closes it",
    may: 'dispatch.fleet',
    body: z.object({
      name: text(60),
      ...position.shape,
      atNight: z.boolean(),
      note: z._default(z.string().check(z.trim(), z.maxLength(300)), ''),
      closedReason: z._default(z.nullable(text(200)), null),
      ...weatherLimits.shape,
    }),
    returns: landingSite,
  },
  serveInstitutions: {
    method: 'POST',
    path: '/dispatch-desk',
    summary: 'Says which members of the alliance one leads call this dispatch desk; others call their own',
    may: 'dispatch.fleet',
    body: z.object({ institutionIds: z.array(id).check(z.maxLength(500)) }),
    returns: z.object({ institutionIds: z.array(id) }),
  },
  readDesk: {
    method: 'GET',
    path: '/dispatch-desk',
    summary: 'Which institutions call this dispatch desk, and which desk this institution calls',
    may: 'dispatch.read',
    returns: z.object({
      serves: z.array(z.object({ id, name: z.string() })),
      calls: z.object({ id, name: z.string() }),
    }),
  },
} as const satisfies Api
