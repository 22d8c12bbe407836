import { words } from './words.ts'

/** Words of the residents' frame: short, without jargon. */
export const meWords = words('me', {
  home: ['首页', 'Home'],
  mine: ['我的', 'Me'],
  hello: ['{name}，您好', 'Hello, {name}'],
  'sign-in': ['登录', 'Sign in'],
  'sign-in-hint': ['用您在社区登记的手机号登录', 'Use the phone number you registered with your clinic'],
  phone: ['手机号', 'Phone number'],
  password: ['密码', 'Password'],
  help: ['登录不了？请打电话给您的社区医生。', 'Trouble? Call your community doctor.'],
  'sign-out': ['退出登录', 'Sign out'],
  'signed-in-as': ['登录的人', 'Signed in as'],
  back: ['返回', 'Back'],
  large: ['大字', 'Large type'],
  'large-on': ['大字已打开', 'Large type is on'],
  language: ['English', '中文'],
  listen: ['读给我听', 'Read aloud'],
  'listen-stop': ['停止朗读', 'Stop reading'],
  loading: ['正在打开…', 'Opening…'],
  'no-page': ['没有这个页面', 'There is no such page'],
  again: ['再试一次', 'Try again'],
  'session-over': ['请重新登录', 'Please sign in again'],
  'session-over-hint': ['您填写的内容还在。', 'What you typed is still here.'],
  offline: [
    '没有网络。您可以照常填写，有网后自动送出。',
    'No connection. Fill in as usual; it is sent later.',
  ],
  waits: [
    '有 {count} 项存在手机上，有网后自动送出，不会重复。',
    '{count} kept on this phone; sent once the connection is back.',
  ],
  unsent: ['“{what}”没有送成：{why}', '“{what}” was not taken: {why}'],
  stale: [
    '发出后一直没有收到答复，请先看看是否已经记上。',
    'No answer ever came; look first whether it was done.',
  ],
  'send-again': ['还没有，再送一次', 'It was not; send again'],
  'let-go': ['知道了，不再送', 'Let it go'],
  nothing: ['现在没有要您做的事。', 'There is nothing for you to do now.'],
})
