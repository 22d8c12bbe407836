import type { ResidentModule } from '../../../kernel/module.ts'
import { myBookingTitles } from './titles.ts'

/** A resident's own bookings: when and where to go, booking a visit, giving a place back. */
export const capacityResident: ResidentModule<typeof myBookingTitles> = {
  name: 'capacity',
  titles: myBookingTitles,
  words: () => import('./words.ts').then((m) => m.myBookingWords),
  pages: [
    {
      path: '/bookings',
      title: 'capacity.title',
      load: () => import('./my-bookings.tsx').then((m) => m.MyBookings),
    },
    {
      path: '/bookings/$id/prepare',
      title: 'capacity.prepare.title',
      load: () => import('./prepare-page.tsx').then((m) => m.PreparePage),
    },
    {
      path: '/bookings/new',
      title: 'capacity.book',
      load: () => import('./book-page.tsx').then((m) => m.BookPage),
    },
  ],
  cards: [{ order: 13, load: () => import('./my-bookings.tsx').then((m) => m.MyBookingCard) }],
}
