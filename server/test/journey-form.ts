import type { Ground } from './journey.ts'

/** What the people of the journeys fill in. */

const day = (from: number): string => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10)
const diagnosis = { code: 'I20.0', text: '不稳定型心绞痛' }
const consent = () => ({ agreed: true, signer: '本人', relation: '0', at: new Date().toISOString() })

export const outcome = { result: 'improved', diagnosis, summary: '置入支架一枚，术后平稳。' }

export const draftOf = (ground: Ground, residentId: string) => ({
  residentId,
  direction: 'up',
  toInstitutionId: ground.toInstitutionId,
  toDepartmentId: ground.toDepartmentId,
  form: { reason: '活动后胸痛两周，加重一天。', diagnosis, consent: consent() },
})

export const onwardOf = ({ elsewhere }: Ground) => ({
  toInstitutionId: elsewhere.institutionId,
  toDepartmentId: elsewhere.departmentId,
  reason: 'noCapacity',
  comment: '本院两周内无床，已与对方电话确认可收。',
})

/** Two more follow-ups after the first: three stand on the family doctor's list once the patient is taken over. */
export const downDraftOf = ({ community }: Ground, residentId: string, parentId: string) => ({
  residentId,
  parentId,
  direction: 'down',
  toInstitutionId: community.institutionId,
  toPractitionerId: community.doctorId,
  form: { reason: '病情稳定，回社区康复。', diagnosis, consent: consent() },
  returnNote: {
    diagnosisResult: '冠心病，支架术后',
    treatment: '置入支架一枚',
    nextPlan: '双联抗血小板一年',
    rehabPlan: '每日步行三十分钟，四周后复评',
    medicines: [{ name: '阿司匹林肠溶片', dose: '100 mg', frequency: '每日一次', days: 30 }],
    followUpOn: day(5),
    followUps: [
      { dueOn: day(14), purpose: '血压与出血倾向' },
      { dueOn: day(28), purpose: '运动耐量复评' },
    ],
  },
})

export const followUp = () => ({
  at: new Date().toISOString(),
  method: 'phone',
  finding: 'stable',
  note: '无胸痛，按时服药。',
  nextOn: null,
})
