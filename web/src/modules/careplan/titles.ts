import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const careplanTitles = words('careplan', {
  'follow.title': ['随访', 'Follow-ups'],
  'programme.title': ['慢病管理', 'Chronic disease'],
  title: ['照护计划', 'Care plan'],
  'alert.title': ['监测报警', 'Alerts'],
  'alert-rule.title': ['报警规则', 'Alert rules'],
  'device.title': ['监测设备', 'Devices'],
  'chain.title': ['防治链条', 'Care chain'],
  'pathway.title': ['诊疗路径', 'Pathways'],
  'pathway.new': ['新建路径', 'New pathway'],
  'pathway.edit': ['修改路径', 'Change the pathway'],
  'pathway.difference': ['与原版的差别', 'What differs'],
  'stray.title': ['未识别的设备消息', 'Stray messages'],
})
