import type { AgreementStatus } from '@tongmai/api/network/agreement'
import type { CooperationGrade } from '@tongmai/api/network/alliance'
import { centres, rurals } from './league.ts'

export interface Pact {
  readonly number: string
  readonly title: string
  readonly league: string
  readonly grade: CooperationGrade
  readonly parties: readonly string[]
  readonly status: AgreementStatus
  /** First and last day, in days from today. */
  readonly from: number
  readonly to: number
  /** Who has signed of those who have to; all where nothing is said and it was laid before them. */
  readonly signed?: readonly string[]
  readonly renews?: string
  readonly note?: string
}

const tightCore = ['LEAD', 'GERI', ...centres]

/** Agreements in every state of their life. */
export const pacts: readonly Pact[] = [
  {
    number: '云医集协〔2022〕1号',
    title: '云泽城市医疗集团紧密合作协议（首轮）',
    league: 'CITY',
    grade: 'tight',
    parties: tightCore,
    status: 'renewed',
    from: -1395,
    to: -300,
  },
  {
    number: '云医集协〔2026〕1号',
    title: '云泽城市医疗集团紧密合作协议',
    league: 'CITY',
    grade: 'tight',
    parties: tightCore,
    status: 'inForce',
    from: -300,
    to: 795,
    renews: '云医集协〔2022〕1号',
  },
  {
    number: '云医集协〔2025〕7号',
    title: '康复护理接续合作协议',
    league: 'CITY',
    grade: 'loose',
    parties: ['LEAD', 'REHA', 'NURS'],
    status: 'inForce',
    from: -420,
    to: 310,
  },
  {
    number: '青医共协〔2024〕1号',
    title: '青屏县域医共体章程性协议',
    league: 'COUNTY',
    grade: 'tight',
    parties: ['QPH', ...rurals],
    status: 'inForce',
    from: -690,
    to: 405,
  },
  {
    number: '青医共协〔2025〕3号',
    title: '市一院协领青屏县医院协议',
    league: 'COUNTY',
    grade: 'coLed',
    parties: ['QPH', 'LEAD'],
    status: 'inForce',
    from: -360,
    to: 735,
  },
  {
    number: '云创心联〔2025〕2号',
    title: '急诊创伤与心血管专科联盟合作协议',
    league: 'SPECIALTY',
    grade: 'loose',
    parties: ['LEAD', 'QPH', 'SPA1', 'SPA2', 'SPA3'],
    status: 'inForce',
    from: -500,
    to: 230,
  },
  {
    number: '云朔远协〔2025〕1号',
    title: '远程会诊协作协议',
    league: 'TELE',
    grade: 'coLed',
    parties: ['LEAD', 'TEL1'],
    status: 'inForce',
    from: -400,
    to: 330,
  },
  {
    number: '云创心联〔2026〕5号',
    title: '胸痛中心共建协议',
    league: 'SPECIALTY',
    grade: 'coLed',
    parties: ['LEAD', 'SPA1'],
    status: 'signed',
    from: 20,
    to: 1114,
  },
  {
    number: '云朔远协〔2026〕4号',
    title: '远程影像与教学查房协议',
    league: 'TELE',
    grade: 'loose',
    parties: ['LEAD', 'TEL2'],
    status: 'signing',
    from: 12,
    to: 742,
    signed: ['TEL2'],
  },
  {
    number: '云医集协〔2026〕9号',
    title: '社区慢病联合门诊协议',
    league: 'CITY',
    grade: 'tight',
    parties: ['LEAD', 'CHC03', 'CHC07'],
    status: 'draft',
    from: 30,
    to: 760,
  },
  {
    number: '云创心联〔2024〕6号',
    title: '创伤救治帮扶协议',
    league: 'SPECIALTY',
    grade: 'tight',
    parties: ['LEAD', 'SPA3'],
    status: 'exited',
    from: -800,
    to: 295,
    note: '对方重组急诊科，协商退出',
  },
  {
    number: '云医集协〔2024〕5号',
    title: '医养结合试点协议',
    league: 'CITY',
    grade: 'loose',
    parties: ['LEAD', 'NURS'],
    status: 'ended',
    from: -760,
    to: -31,
  },
  {
    number: '云朔远协〔2025〕6号',
    title: '远程心电试点协议',
    league: 'TELE',
    grade: 'loose',
    parties: ['LEAD', 'TEL2'],
    status: 'withdrawn',
    from: -200,
    to: 165,
    note: '设备未到位，撤回',
  },
]
