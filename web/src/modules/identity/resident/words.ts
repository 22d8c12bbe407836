import { words } from '../../../kernel/words.ts'
import { refusalWords } from '../refusal-words.ts'
import { identityResidentTitles } from './titles.ts'

/** What residents read when they sign in, register or change their password. */
export const identityResidentWords = words('identity', {
  ...identityResidentTitles.table,
  register: ['注册', 'Register'],
  forgotten: ['忘记密码', 'Forgot the password'],
  phone: ['手机号', 'Mobile number'],
  'password-now': ['现在的密码', 'Present password'],
  'new-password': ['设一个密码（至少 10 位）', 'Choose a password (10 or more)'],
  name: ['姓名', 'Name'],
  document: ['身份证号', 'Identity number'],
  code: ['短信验证码', 'Code by SMS'],
  send: ['发验证码', 'Send a code'],
  sent: ['已发送，5 分钟内有效', 'Sent; it works for five minutes'],
  done: ['完成', 'Done'],
  back: ['返回登录', 'Back to sign-in'],
  'register-hint': [
    '用在社区登记过的手机号注册，姓名和证件号要与登记的一致。',
    'Use the mobile number registered at your centre; name and number must be the same as there.',
  ],
  'no-codes': [
    '本地暂未开通短信，请到社区卫生服务中心办理。',
    'Codes cannot be sent here; please ask at your community centre.',
  ],

  'app.allowed-detail': [
    '哪些应用能看我的档案，可随时收回',
    'Which apps may read my record; take it back here',
  ],
  ...refusalWords,
  'wrong-sign-in': ['手机号或密码不对。', 'Wrong mobile number or password.'],
})
