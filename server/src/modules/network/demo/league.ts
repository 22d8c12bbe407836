import type { AllianceForm, CooperationGrade } from '@tongmai/api/network/alliance'
import type { Specialty } from '@tongmai/api/network/institution'

type Role = 'lead' | 'member' | 'partner'
type Layer = 'inCity' | 'outOfCity' | 'nationalCentre'
export type Joined = readonly [code: string, role: Role, layer: Layer, grade: CooperationGrade]

export interface League {
  readonly key: string
  readonly name: string
  readonly shortName: string
  readonly form: AllianceForm
  readonly specialty: Specialty | null
  readonly daysAgo: number
  readonly members: readonly Joined[]
}

export const centres = Array.from({ length: 10 }, (_, i) => `CHC${String(i + 1).padStart(2, '0')}`)
export const rurals = ['TS01', 'TS02', 'TS03', 'TS04', 'VC01', 'VC02', 'VC03', 'VC04', 'VC05', 'VC06']

/** The alliances of the demonstration region. */
export const leagues: readonly League[] = [
  {
    key: 'CITY',
    name: '云泽市第一人民医院城市医疗集团',
    shortName: '云泽城市医疗集团',
    form: 'cityAlliance',
    specialty: null,
    daysAgo: 1400,
    members: [
      ['LEAD', 'lead', 'inCity', 'tight'],
      ['GERI', 'member', 'inCity', 'tight'],
      ['REHA', 'member', 'inCity', 'loose'],
      ['NURS', 'partner', 'inCity', 'loose'],
      ...centres.map((code): Joined => [code, 'member', 'inCity', 'tight']),
    ],
  },
  {
    key: 'COUNTY',
    name: '青屏县紧密型县域医共体',
    shortName: '青屏医共体',
    form: 'countyCommunity',
    specialty: null,
    daysAgo: 1100,
    members: [
      ['QPH', 'lead', 'inCity', 'tight'],
      ...rurals.map((code): Joined => [code, 'member', 'inCity', 'tight']),
      ['LEAD', 'partner', 'inCity', 'coLed'],
    ],
  },
  {
    key: 'SPECIALTY',
    name: '云澜省急诊创伤与心血管专科联盟',
    shortName: '急诊创伤心血管联盟',
    form: 'specialtyAlliance',
    specialty: 'cardiology',
    daysAgo: 900,
    members: [
      ['LEAD', 'lead', 'inCity', 'tight'],
      ['QPH', 'member', 'inCity', 'loose'],
      ['SPA1', 'member', 'outOfCity', 'coLed'],
      ['SPA2', 'member', 'outOfCity', 'tight'],
      ['SPA3', 'member', 'outOfCity', 'loose'],
    ],
  },
  {
    key: 'TELE',
    name: '云泽—朔原远程医疗协作网',
    shortName: '云朔远程协作网',
    form: 'teleNetwork',
    specialty: null,
    daysAgo: 700,
    members: [
      ['LEAD', 'lead', 'inCity', 'tight'],
      ['QPH', 'member', 'inCity', 'loose'],
      ['TEL1', 'partner', 'nationalCentre', 'coLed'],
      ['TEL2', 'partner', 'nationalCentre', 'loose'],
    ],
  },
]
