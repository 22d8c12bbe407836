import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const identityTitles = words('identity', {
  'mine.title': ['我的账号', 'My account'],
  'account.title': ['账号', 'Accounts'],
  'account.one': ['账号', 'Account'],
  'app.title': ['授权应用', 'Allow an app'],
  'client.title': ['系统对接', 'System clients'],
})
