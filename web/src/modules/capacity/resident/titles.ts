import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const myBookingTitles = words('capacity', {
  'prepare.title': ['就诊准备', 'Getting ready'],
  title: ['我的预约', 'My bookings'],
  book: ['预约看病或检查', 'Book a visit'],
})
