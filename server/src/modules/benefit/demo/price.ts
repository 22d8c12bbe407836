import type { Tariff } from '@tongmai/api/benefit/tariff'
import type { Tier } from '@tongmai/api/network/institution'
import { demoId } from '../../../kernel/demo.ts'
import { SOURCE } from './rules.ts'

/** code · name · unit · yuan at primary/secondary/tertiary (0: not offered there) · 先行自付 %. Prices are made up. */
const items: readonly (readonly [string, string, string, readonly [number, number, number], number])[] = [
  ['GHF', '普通门诊诊查费', '次', [10, 15, 22], 0],
  ['ZJH', '专家门诊诊查费', '次', [0, 25, 40], 0],
  ['CWF', '床位费', '床日', [25, 38, 55], 0],
  ['ZCF', '住院诊查费', '日', [12, 20, 30], 0],
  ['HLF', '二级护理', '日', [15, 20, 26], 0],
  ['HL1', '一级护理', '日', [0, 32, 42], 0],
  ['XCG', '血常规', '次', [15, 18, 20], 0],
  ['SHQ', '生化全套', '次', [90, 120, 140], 0],
  ['THX', '糖化血红蛋白', '次', [45, 55, 60], 0],
  ['XJM', '心肌标志物', '次', [0, 160, 180], 0],
  ['XDT', '十二导联心电图', '次', [18, 22, 26], 0],
  ['DTX', '24 小时动态心电图', '次', [120, 150, 180], 0],
  ['XCC', '超声心动图', '次', [0, 160, 190], 0],
  ['XBX', '胸部正位片', '次', [45, 60, 70], 0],
  ['CTX', '胸部 CT 平扫', '次', [0, 180, 220], 10],
  ['CTT', '颅脑 CT 平扫', '次', [0, 170, 210], 10],
  ['MRT', '颅脑磁共振', '次', [0, 480, 560], 10],
  ['FGN', '肺功能检查', '次', [70, 90, 110], 0],
  ['GZY', '冠状动脉造影', '次', [0, 0, 2800], 10],
  ['ZJZ', '冠脉支架（集采）', '个', [0, 0, 800], 5],
  ['PCI', '经皮冠状动脉支架置入术', '次', [0, 0, 5200], 10],
  ['KFX', '肢体功能康复训练', '次', [35, 45, 55], 0],
  ['ZJC', '针刺治疗', '次', [20, 26, 30], 0],
  ['TKA', '人工膝关节置换术', '次', [0, 3200, 3900], 10],
  ['RGJ', '人工膝关节（集采）', '套', [0, 5000, 5000], 10],
  ['YPM', '门诊慢性病药品（月）', '月', [120, 150, 180], 5],
  ['YPZ', '住院药品（日均）', '日', [60, 130, 220], 8],
  ['YPK', '抗感染药品（日均）', '日', [55, 110, 160], 8],
]

const order: readonly Tier[] = ['primary', 'secondary', 'tertiary']

/** The demonstration's price list; one item became dearer in the middle of the year. */
export function demoTariffs(): Tariff[] {
  return items.flatMap(([code, name, unit, prices, selfPay]) =>
    order.flatMap((tier, n) => {
      const yuan = prices[n] ?? 0
      if (yuan === 0) return []
      const price = { code, name, unit, tier, selfPayBp: selfPay * 100, source: SOURCE }
      const from = (key: string, since: string, until: string | null, priceFen: number): Tariff => ({
        ...price,
        ...{ id: demoId('benefit', `tariff ${code} ${tier} ${key}`), since, until, priceFen },
      })
      return code === 'CWF'
        ? [
            from('before', '2025-01-01', '2026-06-30', yuan * 100 - 500),
            from('now', '2026-07-01', null, yuan * 100),
          ]
        : [from('now', '2026-01-01', null, yuan * 100)]
    }),
  )
}

interface Usual {
  readonly code: string
  readonly name: string
  readonly icd: readonly string[]
  /** kind/tier → item×quantity. */
  readonly items: Readonly<Record<string, string>>
}

/** What is usually done for a group of diagnoses: made up, for the demonstration only. */
const usual: readonly Usual[] = [
  {
    code: 'HTN',
    name: '高血压',
    icd: ['I10', 'I11', 'I12'],
    items: {
      'outpatient/primary': 'GHF×1 XDT×1 SHQ×1 YPM×1',
      'outpatient/secondary': 'GHF×1 XDT×1 SHQ×1 YPM×1',
      'outpatient/tertiary': 'ZJH×1 XDT×1 SHQ×1 DTX×1 YPM×1',
      'inpatient/primary': 'CWF×6 ZCF×6 HLF×6 XCG×1 SHQ×1 XDT×2 YPZ×6',
      'inpatient/secondary': 'CWF×7 ZCF×7 HLF×7 XCG×1 SHQ×1 XDT×2 XCC×1 YPZ×7',
      'inpatient/tertiary': 'CWF×7 ZCF×7 HLF×7 XCG×1 SHQ×2 XDT×2 DTX×1 XCC×1 YPZ×7',
    },
  },
  {
    code: 'DM2',
    name: '2 型糖尿病',
    icd: ['E11'],
    items: {
      'outpatient/primary': 'GHF×1 THX×1 SHQ×1 YPM×1',
      'outpatient/secondary': 'GHF×1 THX×1 SHQ×1 YPM×1',
      'outpatient/tertiary': 'ZJH×1 THX×1 SHQ×1 YPM×1',
      'inpatient/primary': 'CWF×7 ZCF×7 HLF×7 XCG×1 SHQ×1 THX×1 YPZ×7',
      'inpatient/secondary': 'CWF×8 ZCF×8 HLF×8 XCG×1 SHQ×2 THX×1 XDT×1 YPZ×8',
      'inpatient/tertiary': 'CWF×8 ZCF×8 HLF×8 XCG×1 SHQ×2 THX×1 XDT×1 XCC×1 YPZ×8',
    },
  },
  {
    code: 'CHD',
    name: '冠心病（含支架治疗）',
    icd: ['I20', 'I21', 'I25'],
    items: {
      'outpatient/primary': 'GHF×1 XDT×1 SHQ×1 YPM×1',
      'outpatient/secondary': 'GHF×1 XDT×1 XCC×1 SHQ×1 YPM×1',
      'outpatient/tertiary': 'ZJH×1 XDT×1 XCC×1 SHQ×1 YPM×1',
      'inpatient/secondary': 'CWF×8 ZCF×8 HL1×3 HLF×5 XCG×1 SHQ×2 XJM×2 XDT×3 XCC×1 YPZ×8',
      'inpatient/tertiary': 'CWF×7 ZCF×7 HL1×3 HLF×4 XCG×2 SHQ×2 XJM×3 XDT×3 XCC×1 GZY×1 PCI×1 ZJZ×1 YPZ×7',
    },
  },
  {
    code: 'STR',
    name: '脑梗死',
    icd: ['I63'],
    items: {
      'outpatient/primary': 'GHF×1 KFX×4 YPM×1',
      'outpatient/secondary': 'GHF×1 KFX×4 YPM×1',
      'inpatient/primary': 'CWF×14 ZCF×14 HLF×14 XCG×1 SHQ×1 KFX×20 ZJC×10 YPZ×14',
      'inpatient/secondary': 'CWF×12 ZCF×12 HL1×4 HLF×8 XCG×1 SHQ×2 CTT×2 XDT×1 KFX×12 YPZ×12',
      'inpatient/tertiary': 'CWF×10 ZCF×10 HL1×5 HLF×5 XCG×2 SHQ×2 CTT×1 MRT×1 XDT×1 XCC×1 KFX×8 YPZ×10',
    },
  },
  {
    code: 'COPD',
    name: '慢性阻塞性肺疾病',
    icd: ['J44'],
    items: {
      'outpatient/primary': 'GHF×1 FGN×1 YPM×1',
      'outpatient/secondary': 'GHF×1 FGN×1 XBX×1 YPM×1',
      'outpatient/tertiary': 'ZJH×1 FGN×1 CTX×1 YPM×1',
      'inpatient/primary': 'CWF×8 ZCF×8 HLF×8 XCG×2 SHQ×1 XBX×1 YPK×7',
      'inpatient/secondary': 'CWF×9 ZCF×9 HLF×9 XCG×2 SHQ×1 CTX×1 FGN×1 YPK×8',
      'inpatient/tertiary': 'CWF×9 ZCF×9 HLF×9 XCG×2 SHQ×2 CTX×1 FGN×1 XCC×1 YPK×8',
    },
  },
  {
    code: 'TKA',
    name: '膝关节置换',
    icd: ['M17'],
    items: {
      'inpatient/secondary': 'CWF×10 ZCF×10 HL1×2 HLF×8 XCG×2 SHQ×1 XBX×1 XDT×1 TKA×1 RGJ×1 KFX×6 YPZ×10',
      'inpatient/tertiary': 'CWF×9 ZCF×9 HL1×2 HLF×7 XCG×2 SHQ×1 XBX×1 XDT×1 XCC×1 TKA×1 RGJ×1 KFX×5 YPZ×9',
    },
  },
]

/** The groups with their items, as the store takes them. */
export const demoGroups = () =>
  usual.map(({ code, name, icd, items: each }) => ({
    group: { code, name, icd: [...icd], source: SOURCE, since: '2026-01-01' },
    items: Object.entries(each).flatMap(([at, list]) => {
      const [kind, tier] = at.split('/') as ['outpatient' | 'inpatient', Tier]
      return list.split(' ').map((one) => {
        const [itemCode = '', quantity] = one.split('×')
        return { kind, tier, itemCode, quantity: Number(quantity) }
      })
    }),
  }))
