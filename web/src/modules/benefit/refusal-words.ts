/** Why benefit refuses. */
export const refusalWords = {
  'rule-missing': ['没有这条规则。', 'There is no such rule.'],
  'rule-overlaps': [
    '同一条件在这段时间已有规则。请用“调整”另立新版本。',
    'A rule of the same key holds in that time; replace it instead.',
  ],
  'rule-ended-already': ['这条规则在那之前已经终止。', 'The rule ends before that already.'],
  'not-after-the-present-one': ['新版本须晚于现行版本的起始日。', 'It must begin after the present one.'],
  'half-a-range': ['比例范围要填两头，且前小后大。', 'A range needs both ends.'],
  'ratio-and-range': ['比例和范围只填一种。', 'Either a ratio or a range.'],
  'ends-before-it-starts': ['截止日早于起始日。', 'It would end before it starts.'],
  'area-taken': ['这个统筹区已经登记。', 'This area is entered already.'],
  'area-unknown': ['没有登记这个统筹区。', 'This area is not known.'],
  'group-missing': ['没有这个病种。', 'There is no such group.'],
  'item-unknown': ['价目里没有项目 {code}，请先导入价目。', 'No tariff knows {code}.'],
  'not-yet': ['日期还没到。', 'That day is yet to come.'],
  'whose-cost': [
    '请选择居民，或填写统筹区、险种和人员类别。',
    'Choose a resident, or area, scheme and category.',
  ],
  'recorded-at-the-desk-only': ['参保信息只能在窗口登记。', 'Insurance is recorded at the desk only.'],
} as const
