/** What people read of the registers of priority groups. */
export const registerWords = {
  'register.hint': [
    '残联、民政、疾控等交来的名册导入后，名册上的居民即属于该重点人群；只有本机构看得到',
    'Who is on a register belongs to its group; seen by this institution only',
  ],
  'register.group': ['重点人群', 'Key group'],
  'register.people': ['在册', 'On it'],
  'register.count': ['{count} 人', '{count}'],
  'register.sources': ['来源', 'Source'],
  'register.changed': ['最近导入', 'Last import'],
  'register.none': ['还没有导入过', 'Never imported'],
  'register.nobody': ['名册上没有人', 'Nobody on it'],
  'register.since': ['纳入', 'Since'],
  'register.until': ['退出', 'Until'],
  'register.back': ['全部名册', 'All registers'],
  'register.import': ['导入名册', 'Import'],
  'register.import-of': ['导入名册：{group}', 'Import: {group}'],
  'register.columns': [
    '.xlsx 或 CSV 表格，第一行是标题：姓名、身份证号；可另有纳入日期、退出日期，空着按今天纳入。先检查、再导入；同一份导入两次不会重复，中途断开重新导入即可。',
    '.xlsx or CSV with headings 姓名, 身份证号, 纳入日期, 退出日期. Imported twice it adds nothing twice.',
  ],
  'register.source': ['名册来自哪里', 'Whose list'],
  'register.source-hint': ['写明单位和日期，例如：市残联持证残疾人名册（2026 年 10 月）', 'Office and date'],
  'register.whole': [
    '这是完整名册：不在表里的人从今天起退出名册',
    'The whole register: who is not in it leaves it today',
  ],
  'register.check': ['检查名册', 'Check'],
  'register.take': ['导入 {count} 处变化', 'Take {count} changes'],
  'register.summary': [
    '共 {lines} 行：新纳入 {added} 人，更新 {changed} 人，没有变化 {unchanged} 人，退出 {ended} 人；有问题 {bad} 行，不会导入。',
    '{lines} lines: {added} new, {changed} changed, {unchanged} as before, {ended} leave; {bad} bad lines.',
  ],
  'register.line': ['第 {line} 行 {name}：', 'Line {line} {name}: '],
  'register.taken': [
    '已导入：新纳入 {added} 人，更新 {changed} 人，退出 {ended} 人。',
    'Taken: {added} new, {changed} changed, {ended} left.',
  ],
  'problem.dayWrong': ['日期“{value}”不对，应写成 2026-01-31', 'No day: “{value}”'],
  'problem.endsBeforeBegin': ['退出日期早于纳入日期', 'Ends before it begins'],
  'register-one-table': ['请只交一份名册表格。', 'One table, please.'],
  'register-unreadable': [
    '这个文件读不出来，或超过 10 万行；请另存为 .xlsx 或 CSV，过长的分几份导入。',
    'Not a spreadsheet, or more than 100 000 lines.',
  ],
  'register-columns': [
    '表格第一行找不到“姓名”和“身份证号”两列，请检查标题。',
    'No columns 姓名 and 身份证号 in the first line.',
  ],
} as const
