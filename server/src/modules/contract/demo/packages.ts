import type {
  EvidenceKind,
  PackageForm,
  ServiceItem,
  ServicePeriod,
  Share,
} from '@tongmai/api/contract/package'

type Line = readonly [
  code: string,
  name: string,
  times: number,
  period: ServicePeriod,
  performer: ServiceItem['performer'],
  evidence: readonly EvidenceKind[],
  shares?: readonly Share[],
]

const items = (lines: readonly Line[]): ServiceItem[] =>
  lines.map(([code, name, times, period, performer, evidence, shares = []]) => ({
    ...{ code, name, times, period, performer, evidence: [...evidence], shares: [...shares] },
  }))

const personal = (fen: number): Share[] => [{ source: 'personal', fen }]
const since = '2024-01-01'

/** The packages that every community of the demonstration region offers; names and prices are invented. */
export const demoPackages: readonly PackageForm[] = [
  {
    ...{ code: 'JC', name: '基础服务包', level: 'basic', group: null, since, until: null },
    fee: [
      { source: 'insurance', fen: 4000 },
      { source: 'publicHealth', fen: 5000 },
      { source: 'personal', fen: 1000 },
    ],
    items: items([
      ['health-file', '健康档案更新', 1, 'year', 'publicHealth', ['visitNote']],
      ['health-check', '年度健康评估', 1, 'year', 'physician', ['visitNote', 'measurement']],
      ['visit-phone', '电话或上门问候', 1, 'halfYear', 'nurse', ['visitNote']],
      ['advice', '健康咨询', 1, 'asNeeded', 'anyone', []],
      ['referral', '预约与转诊', 1, 'asNeeded', 'physician', []],
    ]),
  },
  {
    ...{ code: 'GXY', name: '高血压管理包', level: 'primary', group: 'hypertension', since, until: null },
    fee: personal(2000),
    items: items([
      ['bp-quarter', '面对面随访与血压测量', 1, 'quarter', 'physician', ['visitNote', 'measurement']],
      ['lipid', '血脂检测', 1, 'year', 'nurse', ['measurement'], personal(3500)],
      ['drug-advice', '用药指导', 1, 'halfYear', 'pharmacist', ['visitNote']],
    ]),
  },
  {
    ...{ code: 'TNB', name: '糖尿病管理包', level: 'primary', group: 'diabetes', since, until: null },
    fee: personal(2000),
    items: items([
      ['glucose-quarter', '面对面随访与血糖测量', 1, 'quarter', 'physician', ['visitNote', 'measurement']],
      ['hba1c', '糖化血红蛋白检测', 2, 'year', 'nurse', ['measurement'], personal(4000)],
      ['foot', '足部检查', 1, 'year', 'nurse', ['visitNote']],
    ]),
  },
  {
    ...{ code: 'LNR', name: '老年人上门服务包', level: 'advanced', group: 'elderly', since, until: null },
    fee: personal(6000),
    items: items([
      ['home-visit', '上门巡诊', 1, 'quarter', 'physician', ['visitNote', 'placeAndTime', 'signature']],
      ['nursing', '上门护理', 1, 'halfYear', 'nurse', ['photo', 'placeAndTime'], personal(2500)],
      ['tcm', '中医体质辨识', 1, 'year', 'physician', ['visitNote']],
    ]),
  },
]
