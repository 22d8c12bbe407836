import { words } from '../../kernel/words.ts'
import { pharmacyTitles } from './titles.ts'

/** What people read of the formulary. */
export const pharmacyWords = words('pharmacy', {
  ...pharmacyTitles.table,
  hint: ['联盟统一目录，以及本机构有没有。', 'The formulary of the alliance, and what we hold.'],
  search: ['药名、拼音首字母', 'Name, initials'],
  none: ['没有找到药品', 'No medicines'],
  name: ['药品', 'Medicine'],
  form: ['剂型', 'Form'],
  strength: ['规格', 'Strength'],
  category: ['类别', 'Category'],
  state: ['本机构', 'Here'],
  'all-states': ['全部', 'All'],
  'state.inStock': ['有货', 'In stock'],
  'state.canOrder': ['可调配', 'On order'],
  'state.notHeld': ['没有', 'Not held'],
  unknown: ['未确认', 'Unknown'],
  confirmed: ['确认于', 'Confirmed'],
  saved: ['已确认', 'Confirmed'],
  missing: ['目录里没有这种药品。', 'There is no such medicine.'],
})
