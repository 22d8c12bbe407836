import { words } from '../../../kernel/words.ts'

/** What residents read of their care: plain, without jargon. */
export const myCareWords = words('careplan', {
  title: ['我的健康计划', 'My health plan'],
  none: ['现在没有给您定的计划。', 'There is no plan for you now.'],
  'none-hint': ['如果您有高血压或糖尿病，可以请家庭医生帮您定一个。', 'Ask your family doctor for one.'],
  todo: ['我要做的', 'What I do'],
  next: ['医生下次看我', 'Seen next'],
  last: ['上次', 'Last time'],
  good: ['控制得好', 'well under control'],
  bad: ['还没控制好，请按计划做', 'not yet under control'],
  doctor: ['照顾我的医生', 'My doctor'],
  coming: ['约好的随访', 'Coming'],
  done: ['以前的随访', 'Earlier'],
  late: ['日子已过，医生会联系您', 'The day has passed; you will be called'],
})
