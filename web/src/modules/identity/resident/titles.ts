import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const identityResidentTitles = words('identity', {
  'change-password': ['修改密码', 'Change password'],
  'app.title': ['授权应用', 'Allow an app'],
  'app.allowed': ['已授权的应用', 'Apps I allowed'],
})
