import * as z from 'zod/mini'
import { type Flow, step } from '../kernel.ts'

/** 呼救、派车、出车、到现场、离现场、到院、交接完成、恢复待命; beside the straight way: cancelled, aborted. */
export const missionStatuses = [
  'called',
  'dispatched',
  'departed',
  'onScene',
  'leftScene',
  'arrived',
  'handedOver',
  'aborted',
  'ready',
  'cancelled',
] as const
export const missionStatus = z.enum(missionStatuses)
export type MissionStatus = z.output<typeof missionStatus>

/** The whole life of a mission. Buttons, guards and the state line come from here. */
export const missionFlow = {
  called: { dispatch: 'dispatched', cancel: 'cancelled' },
  dispatched: { depart: 'departed', dispatch: 'dispatched', recall: 'called', cancel: 'cancelled' },
  departed: { reach: 'onScene', recall: 'called', abort: 'aborted' },
  onScene: { leave: 'leftScene', recall: 'called', abort: 'aborted' },
  leftScene: { arrive: 'arrived' },
  arrived: { sign: 'arrived', handOver: 'handedOver' },
  handedOver: { makeReady: 'ready' },
  aborted: { makeReady: 'ready' },
  ready: {},
  cancelled: {},
} as const satisfies Flow<MissionStatus>

export type MissionMove =
  | 'dispatch'
  | 'cancel'
  | 'depart'
  | 'recall'
  | 'reach'
  | 'abort'
  | 'leave'
  | 'arrive'
  | 'sign'
  | 'handOver'
  | 'makeReady'

/** Where `move` leads from here, or undefined where it is not open. */
export const nextStatus = (from: MissionStatus, move: MissionMove): MissionStatus | undefined =>
  step<MissionStatus>(missionFlow, from, move)

/** Nothing can follow. */
export const isEnded = (status: MissionStatus): boolean => status === 'ready' || status === 'cancelled'

/** `leftScene` → `left-scene`: how states and moves stand in codes and paths. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** The refusal of a move that the flow does not allow: `dispatch.cannot-depart-when-called`. */
export const cannot = (move: MissionMove, status: MissionStatus): string =>
  `dispatch.cannot-${kebab(move)}-when-${kebab(status)}`

/** The way a mission goes when all is well, for the state line. */
export const missionLine = [
  'called',
  'dispatched',
  'departed',
  'onScene',
  'leftScene',
  'arrived',
  'handedOver',
  'ready',
] as const satisfies readonly MissionStatus[]

/** What usually comes next in each state: the crew's one big button, and the button on a work-list. */
export const nextMove: Readonly<Partial<Record<MissionStatus, MissionMove>>> = {
  called: 'dispatch',
  dispatched: 'depart',
  departed: 'reach',
  onScene: 'leave',
  leftScene: 'arrive',
  arrived: 'handOver',
  handedOver: 'makeReady',
  aborted: 'makeReady',
}
