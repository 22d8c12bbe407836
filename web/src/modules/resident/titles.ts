import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const residentTitles = words('resident', {
  'consent.new': ['登记授权', 'Record a consent'],
  'consent.page': ['授权书', 'Consent'],
  'search.title': ['查找居民', 'Find a resident'],
  'register.title': ['登记居民', 'Register a resident'],
  'page.title': ['居民', 'Resident'],
  'objection.title': ['居民异议', 'Objections'],
  'links.title': ['身份核对', 'Who is one person'],
  'links.compare': ['两份登记对照', 'Compare'],
  'proxy.title': ['家人代办申请', 'Standing for relatives'],
  'emergency.title': ['紧急调阅', 'Emergency openings'],
})
