import type { Outcome, ReferralForm, ReturnNote } from '@tongmai/api/referral/shape'
import { dayAfter } from '../../../kernel/day.ts'

/** A kind of patient: what the GP writes, which department takes it, how it went. */
export interface Condition {
  readonly code: string
  readonly text: string
  readonly department: string
  readonly doctor: string
  readonly criterion: string
  readonly reason: string
  readonly past: string
  readonly treated: string
  readonly summary: string
  readonly plan: string
  readonly rehab: string
  readonly medicines: ReturnNote['medicines']
}

const medicine = (name: string, dose: string, frequency: string): ReturnNote['medicines'][number] => ({
  name,
  dose,
  frequency,
  route: '口服',
  days: 30,
  note: '',
})

/** What brings people of this region from the community to the hospital. */
export const conditions: readonly Condition[] = [
  {
    ...{
      code: 'I20.0',
      text: '不稳定型心绞痛',
      department: 'CARD',
      doctor: 'cardio01',
      criterion: 'up.needsExamination',
    },
    reason: '近两周反复胸闷胸痛，活动后加重，含服硝酸甘油可缓解，心电图 V4–V6 导联 ST 段压低。',
    past: '高血压病史 12 年，吸烟 20 年。',
    treated: '阿司匹林 100 mg 每日一次，阿托伐他汀 20 mg 每晚一次。',
    summary: '冠脉造影示前降支中段狭窄 75%，植入支架 1 枚，术后无胸痛，生命体征平稳。',
    plan: '双联抗血小板治疗 12 个月，控制血压低于 130/80 mmHg，1 个月后复查血脂、肝功能。',
    rehab: '每日步行 30 分钟，心率不超过 110 次/分，四周后评估。',
    medicines: [
      medicine('阿司匹林肠溶片', '100 mg', '每日一次'),
      medicine('替格瑞洛片', '90 mg', '每日两次'),
      medicine('阿托伐他汀钙片', '20 mg', '每晚一次'),
    ],
  },
  {
    ...{
      code: 'I11.0',
      text: '高血压性心脏病伴心力衰竭',
      department: 'CARD',
      doctor: 'cardio02',
      criterion: 'up.hypertensionOrgan',
    },
    reason: '活动后气促一月，夜间不能平卧三天，双下肢水肿，BNP 明显升高。',
    past: '高血压 15 年，陈旧性心肌梗死 3 年。',
    treated: '呋塞米 20 mg 每日一次，效果不佳。',
    summary: '利尿、扩血管治疗后水肿消退，心功能由 IV 级恢复至 II 级，EF 41%。',
    plan: '限盐限水，每日称体重，三日内增加 2 kg 及时就诊。',
    rehab: '床旁坐起至慢走，循序渐进。',
    medicines: [
      medicine('沙库巴曲缬沙坦钠片', '50 mg', '每日两次'),
      medicine('呋塞米片', '20 mg', '每日一次'),
    ],
  },
  {
    ...{
      code: 'E11.9',
      text: '2 型糖尿病',
      department: 'ENDO',
      doctor: 'endo01',
      criterion: 'up.unsatisfactoryTwice',
    },
    reason: '连续两次随访空腹血糖高于 11 mmol/L，规范用药三个月不达标。',
    past: '糖尿病 8 年，父亲有糖尿病。',
    treated: '二甲双胍 0.5 g 每日三次，格列齐特 60 mg 每日一次。',
    summary: '调整为基础胰岛素联合口服药，空腹血糖降至 6.8 mmol/L，眼底、尿微量白蛋白已筛查。',
    plan: '每周监测空腹血糖三次，三个月复查糖化血红蛋白。',
    rehab: '餐后一小时步行，饮食按处方。',
    medicines: [medicine('二甲双胍片', '0.5 g', '每日三次')],
  },
  {
    ...{ code: 'I63.9', text: '脑梗死', department: 'NEUR', doctor: 'neuro01', criterion: 'up.complex' },
    reason: '右侧肢体无力、言语不清 6 小时。',
    past: '房颤、高血压。',
    treated: '测血压 168/96 mmHg，未用药。',
    summary: '头颅 MRI 示左侧基底节区新发梗死，抗凝治疗，肌力由 3 级恢复至 4 级。',
    plan: '继续抗凝，监测出血，一个月后神经内科门诊复查。',
    rehab: '肢体与言语康复训练每日两次，防跌倒。',
    medicines: [medicine('利伐沙班片', '15 mg', '每日一次'), medicine('阿托伐他汀钙片', '40 mg', '每晚一次')],
  },
  {
    ...{
      code: 'J44.1',
      text: '慢性阻塞性肺疾病急性加重',
      department: 'RESP',
      doctor: 'resp01',
      criterion: 'up.respiratory',
    },
    reason: '咳嗽咳痰加重伴喘息五天，SpO₂ 88%。',
    past: '慢阻肺 15 年，吸烟已戒。',
    treated: '雾化吸入，口服头孢三天。',
    summary: '抗感染、雾化、低流量吸氧后好转，血气恢复。',
    plan: '长期吸入治疗，接种流感疫苗，戒烟。',
    rehab: '缩唇呼吸、腹式呼吸每日三组。',
    medicines: [medicine('茶碱缓释片', '0.1 g', '每日两次')],
  },
  {
    ...{
      code: 'K25.9',
      text: '胃溃疡',
      department: 'GAST',
      doctor: 'gastro01',
      criterion: 'up.needsExamination',
    },
    reason: '上腹痛两月，黑便一次，需胃镜明确诊断。',
    past: '长期服用止痛药。',
    treated: '奥美拉唑 20 mg 每日两次。',
    summary: '胃镜示胃角溃疡 A2 期，幽门螺杆菌阳性，病理良性，已行根除治疗。',
    plan: '抑酸 8 周后复查胃镜，停用非甾体类止痛药。',
    rehab: '规律进食，忌辛辣、浓茶。',
    medicines: [medicine('艾司奥美拉唑肠溶片', '20 mg', '每日两次')],
  },
  {
    ...{
      code: 'M17.9',
      text: '膝骨关节炎',
      department: 'ORTH',
      doctor: 'ortho01',
      criterion: 'up.majorSurgery',
    },
    reason: '双膝疼痛五年，加重半年，X 线示内侧间隙狭窄，保守治疗无效。',
    past: '高血压。',
    treated: '理疗、口服塞来昔布。',
    summary: '行右膝人工关节置换，术后切口愈合良好，可扶拐行走。',
    plan: '抗凝至术后 35 天，拆线后两周复查。',
    rehab: '膝关节屈伸每日三组，六周内屈曲达 110 度。',
    medicines: [medicine('利伐沙班片', '10 mg', '每日一次')],
  },
  {
    ...{
      code: 'N18.3',
      text: '慢性肾脏病 3 期',
      department: 'NEPH',
      doctor: 'nephro01',
      criterion: 'up.needsExamination',
    },
    reason: '体检发现血肌酐 168 μmol/L，尿蛋白 2+，三个月未缓解。',
    past: '高血压 10 年。',
    treated: '氨氯地平 5 mg 每日一次。',
    summary: '考虑高血压肾损害，优化降压方案，尿蛋白下降。',
    plan: '低盐优质低蛋白饮食，每月复查肾功能、血钾。',
    rehab: '避免劳累与肾毒性药物。',
    medicines: [medicine('厄贝沙坦片', '150 mg', '每日一次')],
  },
]

/** The form a GP fills in for such a patient. */
export const formOf = (c: Condition, signer: string, at: Date): ReferralForm => ({
  firstImpression: c.text,
  reason: c.reason,
  pastHistory: c.past,
  allergies: c.code === 'I20.0' ? '青霉素' : '无已知过敏',
  treatmentSoFar: c.treated,
  attention: '',
  diagnosis: { code: c.code, text: c.text },
  indications: [c.criterion],
  consent: { agreed: true, signer, relation: '0', at },
  attachments: [],
  excerpts: [],
})

/** How the hospital ends the treatment. */
export const outcomeOf = (c: Condition, n: number, at: Date): Outcome => ({
  result: 'improved',
  diagnosis: { code: c.code, text: c.text },
  summary: c.summary,
  mainResults: c.summary.split('，')[0] ?? '',
  treatment: c.summary,
  nextPlan: c.plan,
  inpatientNumber: `ZY2026${String(1000 + n)}`,
  dischargedAt: at,
  disposition: 'communityOrTownship',
})

/** What goes back to the community. */
export const returnNoteOf = (c: Condition, n: number, followUpOn: string): ReturnNote => ({
  diagnosisResult: c.text,
  inpatientNumber: `ZY2026${String(1000 + n)}`,
  mainResults: c.summary.split('，')[0] ?? '',
  treatment: c.summary,
  nextPlan: c.plan,
  rehabPlan: c.rehab,
  medicines: [...c.medicines],
  followUpOn,
  followUps: [
    { dueOn: dayAfter(followUpOn, 23), purpose: '复查血压、用药情况' },
    { dueOn: dayAfter(followUpOn, 83), purpose: c.plan.split('，')[0] ?? c.plan },
  ],
})
