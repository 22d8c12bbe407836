import type { VitalSigns } from '@tongmai/api/dispatch/mission'
import type { Calling } from '../actions/calling.ts'

type Move =
  | 'dispatch'
  | 'depart'
  | 'reach'
  | 'leave'
  | 'arrive'
  | 'signCrew'
  | 'signReceiver'
  | 'makeReady'
  | 'cancel'
  | 'noGo'

/** One mission of the demonstration region: who, where to, and what happened how many minutes ago. */
export interface Tale {
  readonly from: string
  readonly to: string
  readonly call: Pick<Calling, 'kind' | 'urgency' | 'note' | 'critical'> & {
    readonly needs?: Partial<NonNullable<Calling['needs']>>
  }
  readonly vehicle?: string
  readonly calledAgo: number
  readonly moves?: readonly (readonly [move: Move, minutesAgo: number])[]
  readonly vitals?: readonly (readonly [minutesAgo: number, signs: Partial<VitalSigns>])[]
}

/** Heart rate, pressures, oxygen and breaths of an awake patient, so many minutes ago. */
export const vital = (
  minutesAgo: number,
  [heartRate, systolic, diastolic, spo2, breaths]: readonly [number, number, number, number, number],
) => [minutesAgo, { heartRate, systolic, diastolic, spo2, breaths, consciousness: 'alert' as const }] as const

/** Missions in every state of a busy morning; those that ended lie on the days before. */
export const tales: readonly Tale[] = [
  {
    from: 'CHC07',
    to: 'LEAD',
    calledAgo: 9,
    call: {
      kind: 'transfer',
      urgency: 'urgent',
      note: '慢阻肺急性加重,吸氧中',
      needs: { equipment: ['oxygen', 'stretcher'] },
    },
  },
  {
    from: 'LEAD',
    to: 'REHA',
    calledAgo: 45,
    call: {
      kind: 'shuttle',
      urgency: 'routine',
      note: '髋关节置换术后转康复,坐轮椅',
      needs: { equipment: ['wheelchair'] },
    },
  },
  {
    from: 'TS04',
    to: 'LEAD',
    calledAgo: 12,
    moves: [['noGo', 8]],
    call: {
      kind: 'emergency',
      urgency: 'emergency',
      note: '重物砸伤,骨盆骨折,血压不稳,山路车程长',
      needs: { equipment: ['ventilator'], escort: 'physician', byAir: true },
    },
  },
  {
    from: 'CHC05',
    to: 'LEAD',
    calledAgo: 14,
    vehicle: 'L2',
    moves: [['dispatch', 6]],
    call: {
      kind: 'transfer',
      urgency: 'urgent',
      note: '脑梗死恢复期,肺部感染',
      needs: { equipment: ['oxygen', 'stretcher'], escort: 'physician' },
    },
  },
  {
    from: 'TS03',
    to: 'QPH',
    calledAgo: 22,
    vehicle: 'Q1',
    moves: [
      ['dispatch', 19],
      ['depart', 17],
    ],
    call: {
      kind: 'emergency',
      urgency: 'emergency',
      note: '急性左心衰,端坐呼吸',
      needs: { equipment: ['oxygen', 'monitor'], escort: 'physician' },
    },
  },
  {
    from: 'CHC02',
    to: 'LEAD',
    calledAgo: 70,
    vehicle: 'C4',
    call: {
      kind: 'transfer',
      urgency: 'urgent',
      note: '上消化道出血,已补液',
      needs: { equipment: ['stretcher', 'monitor'] },
    },
    moves: [
      ['dispatch', 62],
      ['depart', 58],
      ['reach', 40],
      ['leave', 30],
      ['arrive', 12],
      ['signCrew', 9],
    ],
    vitals: [vital(38, [110, 96, 60, 98, 20]), vital(22, [102, 104, 64, 99, 18])],
  },
  {
    from: 'CHC08',
    to: 'LEAD',
    calledAgo: 130,
    vehicle: 'L3',
    call: {
      kind: 'isolation',
      urgency: 'urgent',
      note: '发热伴肺炎,疑似病例,单人单车',
      needs: { equipment: ['oxygen'], escort: 'nurse', isolation: 'suspected' },
    },
    moves: [
      ['dispatch', 120],
      ['depart', 112],
      ['reach', 85],
      ['leave', 74],
      ['arrive', 44],
      ['signCrew', 40],
      ['signReceiver', 35],
    ],
  },
  {
    from: 'CHC01',
    to: 'LEAD',
    calledAgo: 3100,
    vehicle: 'L1',
    call: { kind: 'emergency', urgency: 'emergency', note: '急性心肌梗死' },
    moves: [
      ['dispatch', 3098],
      ['depart', 3097],
      ['reach', 3090],
      ['leave', 3082],
      ['arrive', 3070],
      ['signCrew', 3066],
      ['signReceiver', 3065],
      ['makeReady', 3040],
    ],
  },
  {
    from: 'LEAD',
    to: 'GERI',
    calledAgo: 1700,
    vehicle: 'G1',
    call: { kind: 'return', urgency: 'routine', note: '病情稳定,回分院继续治疗' },
    moves: [
      ['dispatch', 1660],
      ['depart', 1640],
      ['reach', 1600],
      ['leave', 1585],
      ['arrive', 1550],
      ['signCrew', 1545],
      ['signReceiver', 1540],
      ['makeReady', 1500],
    ],
  },
  {
    from: 'CHC06',
    to: 'LEAD',
    calledAgo: 1500,
    moves: [['cancel', 1495]],
    call: { kind: 'transfer', urgency: 'routine', note: '家属自行送诊' },
  },
]
