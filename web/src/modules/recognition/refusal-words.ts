/** Why something was refused, and what would make it possible. */
export const refusals = {
  'item-missing': ['互认目录里没有这个项目，或已停用。', 'There is no such item in the catalogue.'],
  'gate-missing': ['没有这条质评记录。', 'There is no such assessment.'],
  'code-taken': ['这个编码已有人用。', 'This code is taken.'],
  'code-of-another': [
    '“{name}”已经用了其中一个编码；一个编码只能属于一个项目。',
    'One of these codes belongs to {name}.',
  ],
  stale: ['别人刚刚改过，现在是第 {version} 版。请看最新内容再保存。', 'Now version {version}; look again.'],
  'retired-already': ['这个项目已经停用。', 'This item is retired.'],
  'window-not-later': [
    '{since} 起的时限已经生效，不能改写；新的时限须在它之后生效。',
    'The window since {since} has begun; a new one begins later.',
  ],
  'only-own-or-led': [
    '只能登记或撤销本院，或本院牵头的联盟成员的质评。',
    'Only for your own institution or members of an alliance it leads.',
  ],
  'ends-before-it-starts': ['截止日早于起始日。', 'It would end before it starts.'],
  'assessed-already': ['同一机构、项目、级别和起始日的质评已经登记。', 'This assessment is there already.'],
  'withdrawn-already': ['这条质评已经撤销。', 'Withdrawn already.'],
  'decide-first': [
    '“{item}”有可采纳的结果：请采纳，或选择仍开单并说明理由。',
    '{item} has a usable result: decide first.',
  ],
  'nothing-usable': ['“{item}”已没有可采纳的结果，请直接开单。', 'Nothing usable for {item}; just order it.'],
  'not-usable': ['“{item}”的这份结果已不能采纳，请重新查看。', 'That result of {item} is no longer usable.'],
  'result-changed': [
    '“{item}”的报告刚被更正，请看过新内容再决定。',
    'The report of {item} was corrected; look again.',
  ],
  'item-twice': ['同一项目出现了两次。', 'One item twice.'],
  'say-why': ['选“其他”时请写明理由。', 'Say why in words.'],
} as const
