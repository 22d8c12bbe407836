import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const workforceTitles = words('workforce', {
  'staff.title': ['人员名册', 'Staff'],
  'staff.one': ['人员', 'Practitioner'],
  'expiring.title': ['证书到期', 'Expiring licences'],
  'team.title': ['家庭医生团队', 'Teams'],
  'rota.title': ['值班表', 'Duty rota'],
})
