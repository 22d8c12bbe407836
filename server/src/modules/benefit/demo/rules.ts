import type { InsuranceRule } from '@tongmai/api/benefit/rule'
import { demoId } from '../../../kernel/demo.ts'

/** The pooling area of the demonstration region, and where its numbers come from: nowhere. */
export const AREA = '云泽市'
export const SOURCE = '演示数据（虚构）'
const SINCE = '2026-01-01'

type Levels = readonly [level: InsuranceRule['level'], deductible: number, ratio: number][]
type Set = Pick<InsuranceRule, 'scheme' | 'category' | 'kind' | 'contracted' | 'referral' | 'capFen'>

const cap = 40_000_000
const inpatient = { category: 'any', kind: 'inpatient', capFen: cap } as const
const outpatient = { category: 'any', kind: 'outpatient', capFen: 500_000 } as const
const always = { contracted: 'any', referral: 'any' } as const
/** Contracted and sent by a referral. */
const orderly = { contracted: 'yes', referral: 'referred' } as const
/** Past the referral: less is paid above the primary level. */
const unreferred = { contracted: 'any', referral: 'notReferred' } as const

const sets: readonly (readonly [Set, Levels])[] = [
  [
    { scheme: 'resident', ...inpatient, ...always },
    [
      ['primary', 200, 85],
      ['secondary', 500, 75],
      ['tertiary', 900, 60],
      ['outsideArea', 1500, 50],
      ['outsideProvince', 2000, 45],
    ],
  ],
  [
    { scheme: 'resident', ...inpatient, ...orderly },
    [
      ['primary', 100, 90],
      ['secondary', 300, 80],
      ['tertiary', 600, 65],
    ],
  ],
  [
    { scheme: 'resident', ...inpatient, ...unreferred },
    [
      ['tertiary', 1200, 50],
      ['outsideArea', 2000, 40],
      ['outsideProvince', 2500, 35],
    ],
  ],
  [
    { scheme: 'employee', ...inpatient, ...always },
    [
      ['primary', 200, 92],
      ['secondary', 400, 88],
      ['tertiary', 800, 82],
      ['outsideArea', 1000, 75],
      ['outsideProvince', 1200, 70],
    ],
  ],
  [
    { scheme: 'employee', ...inpatient, category: 'retired', ...always },
    [
      ['primary', 100, 95],
      ['secondary', 300, 92],
      ['tertiary', 600, 87],
    ],
  ],
  [
    { scheme: 'resident', ...outpatient, ...always },
    [
      ['primary', 0, 60],
      ['secondary', 100, 50],
      ['tertiary', 200, 30],
    ],
  ],
  [
    { scheme: 'resident', ...outpatient, ...orderly },
    [
      ['primary', 0, 70],
      ['secondary', 50, 55],
      ['tertiary', 100, 40],
    ],
  ],
  [
    { scheme: 'employee', ...outpatient, ...always },
    [
      ['primary', 0, 75],
      ['secondary', 100, 65],
      ['tertiary', 200, 55],
    ],
  ],
]

/** One whole rule set, made up, with a version that ended the year before so that versions can be compared. */
export function demoRules(): InsuranceRule[] {
  const rules = sets.flatMap(([set, levels], n) =>
    levels.map(([level, deductible, ratio]) => ({
      ...set,
      id: demoId('benefit', `rule ${n} ${level}`),
      area: AREA,
      level,
      deductibleFen: deductible * 100,
      ratioBp: ratio * 100,
      ratioMinBp: null,
      ratioMaxBp: null,
      standing: 'demonstration' as const,
      since: SINCE,
      until: null,
      source: SOURCE,
      note: null,
    })),
  )
  const [first] = rules
  if (!first) return rules
  const before = { id: demoId('benefit', 'rule before'), since: '2025-01-01', until: '2025-12-31' }
  return [...rules, { ...first, ...before, deductibleFen: 30_000, ratioBp: 8000 }]
}
