import { cannot, moves, statuses } from '@tongmai/api/referral/flow'
import { stateWords } from './state-words.ts'

/** Why the referral module refuses; each says what would make it possible. */
export const refusalWords = {
  missing: ['没有这张转诊单，或者您无权查看。', 'No such referral, or not yours to see.'],
  'senders-part': ['这一步由转出机构来做。', 'This is the sender’s part.'],
  'receivers-part': ['这一步由接收机构来做。', 'This is the receiver’s part.'],
  'named-doctors-part': [
    '只有被指定的家庭医生可以承接；需要换人请先改派。',
    'Only the named family doctor takes over; to change, name another.',
  ],
  'only-emergency-departs-first': [
    '只有急诊可以先转后补；普通和加急转诊须先被接收。',
    'Only an emergency goes first; others must be accepted.',
  ],
  'nothing-to-confirm': ['这张单不是事后补录，或已经确认过。', 'There is nothing to confirm.'],
  'entered-by-receiver-only': [
    '只有患者所在的接收机构可以补录。',
    'Only the receiver, where the patient is, enters it.',
  ],
  'entered-up-only': ['下转不能由接收方补录。', 'A down-referral is not entered by its receiver.'],
  'sender-outside-network': [
    '转出机构不是成员机构，没有人可以确认；请登记为普通就诊。',
    'The sender is outside the network and cannot confirm.',
  ],
  'beginner-is-fixed': ['由哪一方书写不能更改，请另写一张。', 'Who writes it is fixed; write another.'],
  'disputed-already': [
    '已经否认过，接收方正在核实；如确由本机构转出，可以改为确认。',
    'Disputed already; it can still be confirmed.',
  ],
  'sender-has-not-confirmed': [
    '转出方还没有确认这张补录的单；请联系转出方，或核实后关闭。',
    'The sender has not confirmed the entry yet.',
  ],
  'no-arrangement': ['还没有接收安排，请先安排科室和时间。', 'There is no arrangement yet.'],
  'no-form-before-acceptance': [
    '对方接收并安排科室、时间之后才能打印正式转诊单。',
    'The form can be printed once the receiver has accepted with an arrangement.',
  ],
  'no-form-before-confirmation': [
    '这是事后补录的单，另一方确认之后才能打印。',
    'Entered afterwards: it can be printed once the receiver has confirmed.',
  ],
  'no-form-before-take-over': [
    '家庭医生承接之后才能打印回转单。',
    'The return form can be printed once the family doctor has taken over.',
  ],
  'not-awaiting-down-referral': ['这张单不在“待下转”。', 'It does not wait for a down-referral.'],
  'down-referral-under-way': ['下转单已经在办。', 'A down-referral is under way.'],
  'cannot-change-after-submission': [
    '已经发出的单不能直接改；对方要求补充时可以补充材料。',
    'What has been sent is not edited; supplement it when asked.',
  ],
  'direction-is-fixed': ['转诊方向写定后不能改，请另写一张。', 'The direction is fixed; write another.'],
  stale: ['别人刚刚改过这张单，请看最新内容再保存。', 'Someone has just changed it; look again.'],
  'no-agreement': [
    '两家机构之间没有生效的转诊协议。请选择协议内的机构，或请医联体办公室签订协议；急诊不受此限。',
    'No agreement in force lets the two refer. Choose another, or ask the alliance office; emergencies may go.',
  ],
  'receiver-outside-network': [
    '对方是网外机构：由本机构跟踪并登记各步骤，不能指定对方科室、医生，也不能在线往返。',
    'The receiver is outside the network: we own it and enter its steps.',
  ],
  'live-already': [
    '这位居民在该专科已有同类转诊在办，请打开那一张继续办理。',
    'A referral of this kind and specialty is under way for this resident already.',
  ],
  held: [
    '{institution} {name} 正在处理这张单；请稍候，或在页面上接手。',
    '{name} ({institution}) is working on it; wait, or take it over.',
  ],
  'same-target': ['新的去向和现在一样，请另选机构或科室。', 'That is where it is already.'],
  'redirected-from-there': ['那家机构已经改转过这张单，不能再转回去。', 'It has been passed on from there.'],
  'redirected-too-often': ['已改转五次，请给出建议后拒绝，或电话协调。', 'Passed on five times already.'],
  'settled-already': ['去向已经登记过。', 'That has been said already.'],
  'no-outcome': ['还没有结局。', 'There is no outcome yet.'],
  'not-in-our-care': [
    '患者到诊之后、结案之前，才能由接收机构继续转往他院。',
    'Onward only while the patient is in our care.',
  ],
  'sent-active-only': [
    '经接口发来的转诊单须为生效状态，草稿留在来源系统。',
    'A referral is sent as active; drafts stay at their source.',
  ],
  'no-way-there': ['转诊单当前状态不能到所要求的状态。', 'No move leads from here to that state.'],
  'to-itself': ['不能转给本机构自己。', 'One does not refer to oneself.'],
  'doctor-not-there': ['这位医生不在该机构执业。', 'This doctor does not practise there.'],
  incomplete: ['还有必填内容没有填写，请看标出的地方。', 'Something required is missing; see the marks.'],
  'no-consent': ['患者尚未签署知情同意，不能发出。', 'The patient has not consented yet.'],
  'date-in-future': ['这个时间还没有到。', 'This time has not come yet.'],
  'date-too-old': ['这个时间太早了，只能补录一个月以内的。', 'Too long ago: at most a month.'],
  'range-backwards': ['末尾类目不能在起始类目之前。', 'The last category stands before the first.'],
  'date-passed': ['这个日期已经过去。', 'This day has passed.'],
  'date-too-far': ['这个日期太远了，请在一年以内。', 'Too far ahead: at most a year.'],
  'arrangement-too-far': ['接收时间太远，请安排在 {days} 天以内。', 'Too far ahead: within {days} days.'],
  'place-elsewhere': ['所选号源或床位不属于该科室，请重新选择。', 'That place is of another department.'],
  'arrangement-passed': ['接收时间已经过去。', 'The arranged time has passed.'],
  'before-arranged-time': ['还没到约定时间，不能记为未到诊。', 'The arranged time has not come yet.'],
  'say-why-no-down-referral': [
    '不下转就结案，请说明原因。',
    'Closing without a down-referral wants its reason.',
  ],
} as const

/** `已结案的转诊单不能“接收”`: one sentence for every state and move that the flow does not allow. */
export const flowRefusalWords = Object.fromEntries(
  statuses.flatMap((status) =>
    moves.map((move) => {
      const [zh, en] = stateWords[`status.${status}`]
      const [moveZh, moveEn] = stateWords[`move.${move}`]
      const key = cannot(move, status).slice('referral.'.length)
      return [key, [`转诊单${zh}，现在不能“${moveZh}”。`, `Not possible while “${en}”: ${moveEn}.`]] as const
    }),
  ),
)
