import type { Criterion, PathwayStep } from '@tongmai/api/careplan/pathway'
import type { ProgrammeCode } from '@tongmai/api/careplan/programme'

type Given = Pick<PathwayStep, 'code' | 'phase' | 'kind' | 'title' | 'text'> & Partial<PathwayStep>

const step = (given: Given): PathwayStep => ({
  ...{ criteria: [], when: 'all', form: null, repeatDays: null, urgent: false, guideline: null },
  ...given,
})
const is = (
  fact: Criterion['fact'],
  operator: Criterion['operator'],
  value: Criterion['value'],
): Criterion => ({
  ...{ fact, operator, value },
})

const enrol = step({
  ...{ code: 'enrol', phase: 'treat', kind: 'enrol', title: '纳入规范化管理' },
  text: '建立随访计划：危险分层、治疗方案、给居民看的话和目标。',
  ...{ criteria: [is('enrolled', '=', false)], guideline: 'tieredCare' },
})
const followUp = step({
  ...{ code: 'follow-up', phase: 'followUp', kind: 'followUp', title: '按期随访' },
  text: '按随访表逐项询问和测量；控制不满意的 2 周内再随访。',
  ...{ criteria: [is('enrolled', '=', true), is('daysToFollowUp', '<=', 7)], guideline: 'publicHealth' },
})
const referTwice = step({
  ...{ code: 'refer-twice', phase: 'refer', kind: 'refer', title: '连续两次控制不满意，转诊' },
  text: '向签约的上级医院提出转诊，附历次随访结果和用药。',
  ...{ criteria: [is('unsatisfactoryRun', '>=', 2)], guideline: 'publicHealth' },
})
const afterReferral = step({
  ...{ code: 'after-referral', phase: 'rehabilitate', kind: 'form', title: '转诊后 2 周内主动随访' },
  text: '了解就诊结果、用药是否调整、需不需要回院复诊。',
  ...{ criteria: [is('unsatisfactoryRun', '>=', 2), is('lastVerdict', '=', 'critical')], when: 'any' },
  ...{ form: 'general', repeatDays: 14, guideline: 'publicHealth' },
})
const longPrescription = step({
  ...{ code: 'long-prescription', phase: 'treat', kind: 'advise', title: '病情稳定者可开长期处方' },
  text: '一般在 4 周以内，最长不超过 12 周；首次开具由具备条件的医疗机构和医师评估。',
  ...{ criteria: [is('lastVerdict', '=', 'satisfactory')], repeatDays: 84, guideline: 'longPrescription' },
})

const hypertension: PathwayStep[] = [
  step({
    ...{ code: 'screen', phase: 'screen', kind: 'form', title: '就诊时测血压', form: 'bloodPressure' },
    ...{ text: '首次就诊时测量并登记血压。', repeatDays: 365 },
  }),
  step({
    ...{ code: 'confirm', phase: 'assess', kind: 'form', title: '血压升高者复测确诊', form: 'bloodPressure' },
    ...{
      text: '非同日复测，排除干扰因素。',
      criteria: [is('systolic', '>=', 140), is('diastolic', '>=', 90)],
      when: 'any',
    },
  }),
  step({
    ...{ code: 'refer-urgent', phase: 'refer', kind: 'refer', title: '危急，立即转诊' },
    text: '血压 ≥180/110 mmHg 或随访判定危急；伴意识障碍、剧烈头痛、胸痛等走绿色通道，并在 2 周内主动随访。',
    criteria: [is('systolic', '>=', 180), is('diastolic', '>=', 110), is('lastVerdict', '=', 'critical')],
    ...{ when: 'any', urgent: true, guideline: 'publicHealth' },
  }),
  enrol,
  followUp,
  referTwice,
  step({
    ...{ code: 'refer-months', phase: 'refer', kind: 'refer', title: '规范用药 2–3 月仍不达标，转诊' },
    text: '核对用药依从性后提出转诊，请上级医院调整方案。',
    criteria: [is('daysEnrolled', '>=', 90), is('lastVerdict', '=', 'unsatisfactory')],
    guideline: 'hypertensionReferral',
  }),
  afterReferral,
  longPrescription,
  step({
    ...{
      code: 'nearer-home',
      phase: 'rehabilitate',
      kind: 'advise',
      title: '血压已达标，转村（站）长期随访',
    },
    text: '有长期方案近期不调整、血压已控制的，由村卫生室或社区服务站长期随访。',
    criteria: [is('lastVerdict', '=', 'satisfactory'), is('risk', '=', 'low')],
    guideline: 'hypertensionTiers',
  }),
  step({
    ...{ code: 'organs', phase: 'assess', kind: 'advise', title: '靶器官损害评估', repeatDays: 365 },
    text: '评估心、脑、肾、眼底和外周血管。',
  }),
]

const diabetes: PathwayStep[] = [
  step({
    ...{ code: 'screen', phase: 'screen', kind: 'advise', title: '高危人群查空腹血糖', repeatDays: 365 },
    text: '对高危人群查空腹血糖。',
  }),
  step({
    ...{ code: 'refer-urgent', phase: 'refer', kind: 'refer', title: '危急，立即转诊' },
    text: '空腹血糖 ≥16.7 或 ≤3.9 mmol/L，或血压 ≥180/110 mmHg，或意识行为改变、呼气有酮味等，紧急转诊。',
    criteria: [
      ...[is('fastingGlucose', '>=', 16.7), is('fastingGlucose', '<=', 3.9), is('systolic', '>=', 180)],
      ...[is('diastolic', '>=', 110), is('lastVerdict', '=', 'critical')],
    ],
    ...{ when: 'any', urgent: true, guideline: 'diabetesUrgent' },
  }),
  enrol,
  followUp,
  referTwice,
  afterReferral,
  longPrescription,
  step({
    ...{ code: 'hba1c', phase: 'assess', kind: 'advise', title: '定期测糖化血红蛋白', repeatDays: 90 },
    text: '测糖化血红蛋白并登记。',
  }),
  step({
    ...{ code: 'eyes-feet', phase: 'assess', kind: 'advise', title: '眼底与足部检查', repeatDays: 365 },
    text: '查眼底、足背动脉和足部感觉。',
  }),
]

/** What a hospital can begin from; a step without a guideline is off until its clinicians have named one. */
export const examples: Readonly<
  Record<ProgrammeCode, { title: string; note: string; steps: PathwayStep[] }>
> = {
  hypertension: {
    title: '高血压社区诊疗路径',
    note: '从筛查到长期随访；没有依据的步骤待本院临床确认后启用。',
    steps: hypertension,
  },
  type2Diabetes: {
    title: '2 型糖尿病社区诊疗路径',
    note: '从筛查到长期随访；没有依据的步骤待本院临床确认后启用。',
    steps: diabetes,
  },
}
