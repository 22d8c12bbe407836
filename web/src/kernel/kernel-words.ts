import { words } from './words.ts'

/** What the server's kernel refuses, where the kind of refusal alone would say too little. */
export const kernelWords = words('kernel', {
  'not-permitted': ['您的岗位不能做这件事。', 'Your role may not do this.'],
  'not-for-you': ['这个功能不对您开放。', 'This is not open to you.'],
  busy: ['系统正忙，请稍等片刻再试。', 'The system is busy; try again in a moment.'],
  'too-many': ['操作太频繁，请稍等片刻再试。', 'Too many requests; wait a moment.'],
  'body-too-large': ['内容太大，请减小后再试。', 'This is too large.'],
  stopping: ['系统正在重启，请稍候再试。', 'The system is restarting; please try again shortly.'],
  'malformed-form': ['上传没有完成，请再传一次。', 'The upload was not complete; please send it again.'],
  'database-away': [
    '数据库暂时连不上，什么都没有改动。请稍后再试。',
    'The database is away; nothing was changed. Try again later.',
  ],
  'disk-full': [
    '服务器磁盘已满，什么都没有改动。请联系信息科。',
    'The server’s disk is full; nothing was changed. Call IT.',
  ],
  'key-used-for-another-request': [
    '这次操作与刚才的不一致，请重新打开页面再试。',
    'This differs from what was just sent; open the page again.',
  ],
  'file-missing': ['文件没有传完整，请重新上传。', 'The file did not arrive whole; upload it again.'],
  'file-kind': ['不接受这种文件。', 'Files of this kind are not accepted.'],
  'no-open-case': ['这件事已经办结。', 'This is already done.'],
  'no-such-route': [
    '没有这个功能，页面可能太旧，请重新打开。',
    'There is no such thing; open the page again.',
  ],
})
