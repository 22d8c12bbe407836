import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const contractTitles = words('contract', {
  list: ['签约协议', 'Contracts'],
  'sign.title': ['签订家庭医生服务协议', 'Sign a contract'],
  title: ['家医签约', 'Contracts'],
  'service.title': ['履约服务', 'Services'],
  'bulk.title': ['批量签约', 'Sign in bulk'],
  'register.title': ['重点人群名册', 'Registers of key groups'],
  'mine.title': ['我的签约居民', 'My residents'],
  'settlement.title': ['签约费结算', 'Contract fees'],
  'statement.title': ['个人结算单', 'Statements'],
  'flag.title': ['可疑履约记录', 'Odd records'],
  'indicator.title': ['签约指标', 'Indicators'],
  'indicator.watch': ['各社区签约指标', 'Indicators of communities'],
  'advice.title': ['居民咨询', 'Advice'],
  'visit.title': ['上门路线', 'Home visits'],
  'bed.title': ['家庭病床', 'Beds at home'],
  'survey.title': ['居民满意度', 'Satisfaction'],
  'hotline.title': ['咨询热线', 'Hotline'],
  'package.title': ['服务包', 'Packages'],
})
