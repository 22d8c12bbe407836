import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import { demoResidents } from '../../resident/index.ts'
import { type DemoStaff, demoStaff } from '../../workforce/index.ts'
import { ask, moveOn } from '../actions/advising.ts'
import { addSaid, lockAdvice } from '../store/advice.ts'

const HOUR = 3_600_000
const asked = [
  {
    doctor: 'cardio01',
    department: 'CARD',
    hoursAgo: 5,
    question: '68 岁，服倍他乐克后心率 48 次/分，无头晕，是否减量？',
    answer: null,
  },
  {
    doctor: 'endo01',
    department: 'ENDO',
    hoursAgo: 40,
    question: '二甲双胍加格列齐特，空腹血糖仍 9–10 mmol/L，肾功能正常，先加哪一种？',
    answer: null,
  },
  {
    doctor: 'neuro01',
    department: 'NEUR',
    hoursAgo: 70,
    question: '脑梗死后一年，血小板 92×10⁹/L，阿司匹林是否继续？',
    answer: '先复查血常规一次；若仍低于 100×10⁹/L，改氯吡格雷并到门诊评估。',
  },
] as const

export const called = (username: string): DemoStaff => {
  const found = demoStaff.find((one) => one.username === username)
  if (!found) throw new Error(`nobody is called ${username}`)
  return found
}

/** Questions of the first community's family doctor to the hospital's specialists: two wait, one was answered. */
export async function demoAdvice(ctx: Ctx): Promise<void> {
  const gp = called('gp01')
  const people = demoResidents().filter((one) => one.institution === gp.institution)
  for (const [i, one] of asked.entries()) {
    const resident = people.at(-1 - i)
    if (!resident) return
    const doctor = called(one.doctor)
    const at = new Date(ctx.now.getTime() - one.hoursAgo * HOUR)
    const { id } = await ask(as(ctx, gp, at), {
      ...{ residentId: resident.id, kind: 'advice', referralId: null, question: one.question },
      toInstitutionId: demoId('network', doctor.institution),
      toDepartmentId: demoId('network', `${doctor.institution}/${one.department}`),
      toPractitionerId: doctor.practitionerId,
    })
    if (!one.answer) continue
    const then = as(ctx, doctor, new Date(at.getTime() + 20 * HOUR))
    const row = await lockAdvice(then, id)
    await addSaid(then, row, one.answer)
    await moveOn(then, row, 'answer')
  }
}

/** The system, in this person's name. */
export const as = (ctx: Ctx, who: DemoStaff, now: Date): Ctx =>
  ctxWith(ctx, {
    now,
    actor: {
      ...ctx.actor,
      id: who.accountId,
      practitionerId: who.practitionerId,
      institutionId: demoId('network', who.institution),
    },
  })
