import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const myCareTitles = words('careplan', {
  title: ['我的健康计划', 'My health plan'],
  'answer.title': ['随访前先填一填', 'Before your follow-up'],
  'prepare.title': ['随访准备', 'Getting ready'],
  'reading.title': ['我的测量', 'What I measured'],
})
