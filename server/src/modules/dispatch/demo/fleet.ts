import type { CrewMember, Equipment, VehicleKind, VehicleState } from '@tongmai/api/dispatch/fleet'
import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import { findInstitution } from '../../network/index.ts'
import { demoPerson } from '../../workforce/index.ts'
import * as store from '../store/fleet.ts'

const full: Equipment[] = ['stretcher', 'oxygen', 'monitor', 'defibrillator', 'ventilator', 'infusionPump']
const plain: Equipment[] = ['stretcher', 'oxygen', 'monitor', 'defibrillator']
const seats: Equipment[] = ['wheelchair', 'oxygen']

interface Line {
  readonly key: string
  readonly base: string
  readonly name: string
  readonly kind: VehicleKind
  readonly equipment: readonly Equipment[]
  readonly steers: string
  /** User names of who rides along. */
  readonly crew?: readonly string[]
  readonly state?: VehicleState
}

/** A dozen vehicles; 云A·DM is no plate that any place gives out. */
const lines: readonly Line[] = [
  {
    key: 'L1',
    base: 'LEAD',
    name: '急救一号车',
    kind: 'ambulance',
    equipment: full,
    steers: '熊大川',
    crew: ['crew01', 'crew02'],
  },
  {
    key: 'L2',
    base: 'LEAD',
    name: '急救二号车',
    kind: 'ambulance',
    equipment: full,
    steers: '武长路',
    crew: ['crew03'],
  },
  {
    key: 'L3',
    base: 'LEAD',
    name: '负压一号车',
    kind: 'isolationVehicle',
    equipment: full,
    steers: '车行健',
    crew: ['crew02'],
  },
  {
    key: 'L4',
    base: 'LEAD',
    name: '云鹤直升机',
    kind: 'helicopter',
    equipment: [...full, 'incubator'],
    steers: '高翔',
    crew: ['crew01'],
  },
  { key: 'G1', base: 'GERI', name: '老年病分院转运车', kind: 'ambulance', equipment: plain, steers: '史安' },
  { key: 'R1', base: 'REHA', name: '康复接送车', kind: 'shuttle', equipment: seats, steers: '毕稳' },
  {
    key: 'N1',
    base: 'NURS',
    name: '护理院接送车',
    kind: 'shuttle',
    equipment: seats,
    steers: '祝平',
    state: 'offDuty',
  },
  { key: 'C4', base: 'CHC04', name: '泽南急救站车', kind: 'ambulance', equipment: plain, steers: '巩顺' },
  { key: 'C9', base: 'CHC09', name: '松岭急救站车', kind: 'ambulance', equipment: plain, steers: '季达' },
  {
    key: 'Q1',
    base: 'QPH',
    name: '县急救一号车',
    kind: 'ambulance',
    equipment: full,
    steers: '庄路',
    crew: ['qp-crew01'],
  },
  {
    key: 'Q2',
    base: 'QPH',
    name: '县急救二号车',
    kind: 'ambulance',
    equipment: plain,
    steers: '查敏',
    crew: ['qp-crew02'],
  },
  {
    key: 'Q3',
    base: 'QPH',
    name: '县负压车',
    kind: 'isolationVehicle',
    equipment: plain,
    steers: '麦安',
    crew: ['qp-crew02'],
  },
  {
    key: 'T1',
    base: 'TS01',
    name: '石泉急救站车',
    kind: 'ambulance',
    equipment: plain,
    steers: '和畅',
    state: 'outOfService',
  },
]

export const vehicleId = (key: string): string => demoId('dispatch', `vehicle ${key}`)
/** The code of the institution whose vehicle this is. */
export const baseOf = (key: string): string => lines.find((line) => line.key === key)?.base ?? 'LEAD'

const crewOf = ({ kind, steers, crew = [] }: Line): CrewMember[] => [
  { role: kind === 'helicopter' ? 'pilot' : 'driver', name: steers, practitionerId: null },
  ...crew.map((username): CrewMember => {
    const { name, practitionerId, kind: profession } = demoPerson(username)
    return { role: profession === 'nurse' ? 'nurse' : 'physician', name, practitionerId }
  }),
]

async function layVehicle(ctx: Ctx, line: Line, number: number): Promise<void> {
  const base = await findInstitution(ctx, demoId('network', line.base))
  const flies = line.kind === 'helicopter'
  await store.add(ctx, {
    id: vehicleId(line.key),
    institutionId: base.id,
    plate: flies ? 'B-99DM' : `云A·DM${String(number + 1).padStart(3, '0')}`,
    name: line.name,
    kind: line.kind,
    equipment: [...line.equipment],
    crew: crewOf(line),
    speedKmh: flies ? 230 : null,
    startMinutes: flies ? 12 : line.crew ? 2 : 5,
    state: line.state ?? 'ready',
    // Not one upon the other on the map: each stands a little beside its base.
    longitude: (base.longitude ?? 124.5) + ((number % 4) - 1.5) * 0.004,
    latitude: (base.latitude ?? 30.3) + ((number % 3) - 1) * 0.003,
    locatedAt: ctx.now,
  })
}

const sites: readonly (readonly [
  code: string,
  name: string,
  atNight: boolean,
  closedReason: string | null,
])[] = [
  ['LEAD', '急诊楼楼顶停机坪', true, null],
  ['QPH', '住院部东侧停机坪', false, null],
  ['TS04', '竹溪中学操场(备用起降点)', false, null],
  ['SPA1', '门诊广场停机坪', true, '施工围挡,净空不足'],
]

/** Which institutions call which desk: the city's the lead hospital's, the county's the county hospital's. */
const served: Readonly<Record<string, readonly string[]>> = {
  LEAD: [
    'GERI',
    'REHA',
    'NURS',
    ...Array.from({ length: 10 }, (_, i) => `CHC${String(i + 1).padStart(2, '0')}`),
  ],
  QPH: ['TS01', 'TS02', 'TS03', 'TS04', 'VC01', 'VC02', 'VC03', 'VC04', 'VC05', 'VC06'],
}

/** The fleet, the landing sites and the dispatch desks of the demonstration region. */
export async function layFleet(ctx: Ctx): Promise<void> {
  for (const [number, line] of lines.entries()) await layVehicle(ctx, line, number)
  for (const [code, name, atNight, closedReason] of sites) {
    const { id, longitude, latitude } = await findInstitution(ctx, demoId('network', code))
    const place = { longitude: longitude ?? 124.5, latitude: latitude ?? 30.3 }
    const site = { id: demoId('dispatch', `site ${code}`), institutionId: id, name, atNight, closedReason }
    const limits = { minVisibilityM: atNight ? 3000 : 2000, minCeilingM: 300, maxWindMs: 12 }
    await store.addSite(ctx, { ...site, ...place, ...limits, note: '演示限值（虚构）' })
  }
  for (const [desk, codes] of Object.entries(served)) {
    await store.setServed(
      ctx,
      demoId('network', desk),
      codes.map((code) => demoId('network', code)),
    )
  }
}
