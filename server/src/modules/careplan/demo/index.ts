import type { Answers } from '@tongmai/api/careplan/form'
import type { Goal, Programme, ProgrammeCode } from '@tongmai/api/careplan/programme'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import type { World } from '../../../kernel/world.ts'
import { type DemoResident, demoResidents } from '../../resident/index.ts'
import { type GpTeam, gpTeams } from '../../workforce/index.ts'
import { raiseOverdue } from '../actions/overdue.ts'
import { ageOn, daysToNext, judgeFollowUp } from '../judge-follow-up.ts'
import { sourceOf } from '../policy.ts'
import { listProgrammes } from '../store/form.ts'
import { addMany, type Past } from '../store/past.ts'
import { demoChain } from './chain.ts'
import { layPhoto } from './display.ts'
import { demoPathways } from './pathways.ts'
import { demoReadings } from './readings.ts'
import { demoSelfAnswers } from './self-answers.ts'
import { demoShown } from './show.ts'

const SEED = 20_261_125
/** How many residents of each community with a team are in a programme. */
const PER_COMMUNITY = 24

/** Programmes of the demonstration region: some two hundred residents with a year of follow-ups, some overdue or lost. */
export async function demo(world: World): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    const random = demoRandom(SEED)
    const programmes = await listProgrammes(ctx)
    const past: Past[] = []
    for (const team of await gpTeams(ctx, null)) {
      const people = demoResidents().filter(
        (one) => demoId('network', one.institution) === team.institutionId && one.birthDate < '1972-01-01',
      )
      for (const [n, person] of people.slice(0, PER_COMMUNITY).entries()) {
        const code: ProgrammeCode = n % 3 === 2 ? 'type2Diabetes' : 'hypertension'
        const programme = programmes.find((one) => one.code === code)
        if (programme && !past.some((one) => one.id === demoId('careplan', `${code} ${person.id}`)))
          past.push(pastOf(ctx, { person, team, programme, random }))
      }
    }
    await addMany(ctx, past)
    await demoShown(ctx)
    await demoSelfAnswers(ctx, past)
    await demoReadings(ctx, past)
    await layPhoto(world, ctx)
    await demoPathways(ctx, past)
    await demoChain(ctx, past)
    await raiseOverdue(ctx)
  })
}

interface Drawn {
  readonly person: DemoResident
  readonly team: GpTeam
  readonly programme: Programme
  readonly random: () => number
}

const words: Readonly<Record<ProgrammeCode, { plan: string; plain: string; goals: Goal[] }>> = {
  hypertension: {
    plan: '氨氯地平 5 mg 每日一次；限盐每日 5 g 以下；每周中等强度运动 150 分钟；家庭自测血压早晚各一次。',
    plain:
      '每天早上吃一片降压药，不要自己停药。做菜少放盐，一天不超过一啤酒瓶盖。每天快走半小时。早晚各量一次血压并记下来。',
    goals: [
      { text: '血压', target: '低于 140/90' },
      { text: '每天吃盐', target: '少于 5 克' },
    ],
  },
  type2Diabetes: {
    plan: '二甲双胍 0.5 g 每日两次；控制总热量；餐后步行 30 分钟；每周自测空腹血糖 2 次；每年查眼底、足部。',
    plain:
      '早晚饭时各吃一片降糖药。主食每顿一拳头，少吃甜的。饭后走半小时。每周测两次早上没吃饭时的血糖。每天看看脚有没有破。',
    goals: [
      { text: '空腹血糖', target: '低于 7' },
      { text: '体重', target: '半年减 2 公斤' },
    ],
  },
}

/** What somebody answers whose disease is well or badly controlled. */
function answersOf(code: ProgrammeCode, bad: boolean, random: () => number): Answers {
  const pressure = {
    systolic: Math.round((bad ? 148 : 122) + random() * 14),
    diastolic: Math.round((bad ? 90 : 72) + random() * 12),
  }
  const shared = { ...pressure, weight: Math.round(560 + random() * 260) / 10, smoking: 0 }
  const taking = { adherence: bad && random() < 0.4 ? 'interrupted' : 'regular', adverse: false }
  const why = taking.adherence === 'interrupted' ? { whyNot: '常忘记' } : {}
  if (code === 'hypertension')
    return {
      symptoms: bad ? ['headache'] : ['none'],
      ...shared,
      ...taking,
      ...why,
      salt: bad ? 'heavy' : 'light',
    }
  const fastingGlucose = Math.round((bad ? 76 : 56) + random() * 12) / 10
  return { symptoms: ['none'], fastingGlucose, ...shared, ...taking, ...why, hypoglycaemia: 'none' }
}

function pastOf(ctx: Ctx, { person, team, programme, random }: Drawn): Past {
  const { code, rules, form } = programme
  const id = demoId('careplan', `${code} ${person.id}`)
  const today = dayOf(ctx.now)
  const practitionerId = team.members.find((one) => one.kind === 'physician')?.practitionerId ?? null
  const nurse = team.members.find((one) => one.kind === 'nurse')?.practitionerId ?? practitionerId
  const risk = (['low', 'medium', 'medium', 'high'] as const)[Math.floor(random() * 4)] ?? 'medium'
  const lost = random() < 0.08
  const late = random() < 0.15
  const poor = random()
  const enrolledOn = dayAfter(today, -(200 + Math.floor(random() * 160)))
  const done: Past['done'] = []
  let on = dayAfter(enrolledOn, 7)
  const until = lost ? dayAfter(today, -190) : late ? dayAfter(today, -20) : today
  let run = 0
  while (on <= until && done.length < 14) {
    const answers = answersOf(code, random() < poor * 0.7, random)
    const age = ageOn(person.birthDate, on)
    const judged = judgeFollowUp(form.questionnaire, answers, { rules, age })
    const at = new Date(startOf(on).getTime() + (9 + random() * 7) * 3_600_000)
    const key = `${id} ${done.length}`
    done.push({
      id: demoId('careplan', key),
      dueOn: on,
      at: at > ctx.now ? ctx.now : at,
      by: nurse,
      answers,
      ...judged,
    })
    run = judged.verdict === 'satisfactory' ? 0 : run + 1
    on = dayAfter(on, daysToNext(rules, risk, judged.verdict) + Math.floor(random() * 3))
  }
  const last = done.at(-1)
  return {
    ...{ id, residentId: person.id, institutionId: team.institutionId, practitionerId, programme: code },
    ...{ title: programme.name, form, risk, ...words[code], enrolledOn, done, run, nextOn: on },
    ...{ source: sourceOf(id), missedRun: lost ? 3 : 0, last: last ?? null },
    next: { id: demoId('careplan', `${id} next`), dueOn: on },
  }
}
