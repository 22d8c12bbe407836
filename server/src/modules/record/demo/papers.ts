import type { Paper, Part } from './paper.ts'

const LOINC = '2.16.840.1.113883.6.1'
const SHARED = '2.16.156.10011.2.4'

/** A stay in the hospital, told as C-CDA tells it. */
const discharge: readonly Part[] = [
  {
    loinc: '8648-8',
    title: '住院经过',
    said: [
      '患者因“反复胸闷三个月，加重三天”入院。入院后完善心电图、心脏彩超、冠状动脉 CTA，提示前降支中段约 50% 狭窄，心功能正常。',
      '予抗血小板、调脂、控制血压治疗，胸闷缓解，活动耐量恢复，血压平稳后出院。',
    ],
  },
  {
    loinc: '11535-2',
    title: '出院诊断',
    list: ['冠状动脉粥样硬化性心脏病，稳定型心绞痛', '高血压病 2 级，很高危', '2 型糖尿病'],
  },
  {
    loinc: '30954-2',
    title: '主要检验结果',
    table: {
      head: ['项目', '结果', '单位', '参考范围'],
      rows: [
        ['低密度脂蛋白胆固醇', '2.9 ↑', 'mmol/L', '< 1.8（本人目标）'],
        ['糖化血红蛋白', '7.1', '%', '< 7.0（本人目标）'],
        ['肌酐', '78', 'μmol/L', '57–97'],
        ['血钾', '4.2', 'mmol/L', '3.5–5.3'],
      ],
    },
  },
  {
    loinc: '10183-2',
    title: '出院带药',
    table: {
      head: ['药品', '用法', '疗程'],
      rows: [
        ['阿司匹林肠溶片 100 mg', '口服，每日一次', '长期'],
        ['阿托伐他汀钙片 20 mg', '口服，每晚一次', '长期'],
        ['苯磺酸氨氯地平片 5 mg', '口服，每日一次', '长期'],
        ['盐酸二甲双胍片 0.5 g', '口服，每日两次，餐中', '长期'],
      ],
    },
  },
  {
    loinc: '18776-5',
    title: '出院后安排',
    list: [
      '一个月后在签约社区复查血脂、肝功能',
      '每周测血压三次，家庭医生随访',
      '胸痛超过十五分钟不缓解，立即拨打 120',
    ],
  },
]

/** A visit to the outpatient clinic: WS/T 500 keeps what was found as data elements. */
const visit: readonly Part[] = [
  {
    loinc: '10154-3',
    title: '主诉',
    entries: [['DE04.01.119.00', '主诉', '双膝关节疼痛两年，上下楼加重一个月']],
  },
  {
    loinc: '10164-2',
    title: '现病史',
    entries: [
      [
        'DE02.10.071.00',
        '现病史',
        '两年前起双膝隐痛，休息后缓解；一个月来下楼时明显，晨僵不足半小时，无发热。',
      ],
    ],
  },
  {
    loinc: '29545-1',
    title: '体格检查',
    said: ['双膝轻度内翻，无红肿；内侧关节间隙压痛，活动时可触及摩擦感。'],
    table: {
      head: ['项目', '结果'],
      rows: [
        ['血压', '138/82 mmHg'],
        ['右膝活动度', '0–115°'],
        ['左膝活动度', '0–120°'],
      ],
    },
  },
  {
    loinc: '29548-5',
    title: '诊断',
    entries: [
      ['DE05.01.025.00', '诊断名称', '双膝骨关节炎'],
      ['DE05.01.024.00', '诊断代码', 'M17.0'],
    ],
  },
  {
    loinc: '18776-5',
    title: '治疗计划',
    list: ['减重，股四头肌功能锻炼', '双氯芬酸二乙胺乳胶剂外用', '三个月后复诊，必要时膝关节正位片'],
  },
]

type Told = Omit<Paper, 'patient' | 'at' | 'custodian'>

/** Whose · from where · how many days ago · what. */
export const papers: readonly (readonly [resident: number, place: string, daysAgo: number, told: Told])[] = [
  [
    0,
    'LEAD',
    96,
    {
      ...{ standard: 'C-CDA', number: 'CY-2026-004417', template: '2.16.840.1.113883.10.20.22.1.8' },
      ...{ code: ['18842-5', LOINC, '出院小结'], title: '出院小结', author: '陈立衡', sections: discharge },
    },
  ],
  [
    0,
    'QPH',
    210,
    {
      ...{ standard: 'WS/T 500', number: 'MZ-2026-011058', template: '2.16.156.10011.2.1.1.22' },
      ...{
        code: ['C0002', SHARED, '门(急)诊病历'],
        title: '门（急）诊病历',
        author: '毛远',
        sections: visit,
      },
    },
  ],
]
