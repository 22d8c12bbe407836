import * as z from 'zod/mini'

export const missionKind = z.enum(['emergency', 'transfer', 'isolation', 'return', 'shuttle'])
export type MissionKind = z.output<typeof missionKind>
export const missionUrgency = z.enum(['routine', 'urgent', 'emergency'])
export type MissionUrgency = z.output<typeof missionUrgency>
