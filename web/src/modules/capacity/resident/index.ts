import type { ResidentModule } from '../../../kernel/module.ts'
import { myBookingWords } from './words.ts'

/** A resident's own bookings: when and where to go, booking a visit, giving a place back. */
export const capacityResident: ResidentModule = {
  name: 'capacity',
  words: myBookingWords,
  pages: [
    {
      path: '/bookings',
      title: 'capacity.title',
      load: () => import('./my-bookings.tsx').then((m) => m.MyBookings),
    },
    {
      path: '/bookings/new',
      title: 'capacity.book',
      load: () => import('./book-page.tsx').then((m) => m.BookPage),
    },
  ],
  cards: [{ order: 25, load: () => import('./my-bookings.tsx').then((m) => m.MyBookingCard) }],
}
