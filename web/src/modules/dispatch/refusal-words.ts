import { cannot, type MissionMove, missionStatuses } from '@tongmai/api/dispatch/flow'
import { stateWords } from './state-words.ts'

/** Why dispatch refuses, and why a vehicle is not suitable. */
export const refusalWords = {
  'mission-missing': ['没有这个转运任务，或者您无权查看。', 'No such mission, or not yours to see.'],
  'vehicle-missing': ['没有这辆车。', 'There is no such vehicle.'],
  'landing-site-missing': ['没有这个起降点。', 'There is no such landing site.'],
  'not-your-vehicle': ['这是另一家机构的车，请联系该机构。', 'This is another institution’s vehicle.'],
  'plate-taken': ['这个车牌已经登记。', 'This plate is registered already.'],
  stale: ['别人刚刚改过，请看最新内容再保存。', 'Someone has just changed it; look again.'],
  'speed-for-helicopters': ['只有直升机填写巡航速度。', 'Only helicopters have a speed of their own.'],
  'goes-nowhere': ['出发和到达是同一家机构。', 'It would end where it begins.'],
  'under-way-already': ['这张单已经有在办的转运任务。', 'A mission for this is under way.'],
  'isolation-is-a-kind': ['需要隔离的患者请选“隔离转运”。', 'Choose “isolation” for isolated patients.'],
  'which-isolation-group': ['请选隔离分组：疑似、确诊或恢复期。', 'Say which isolation group.'],
  'from-part': ['这一步由申请机构来做。', 'This is the calling institution’s part.'],
  'to-part': ['这一步由接收机构来做。', 'This is the receiver’s part.'],
  'desk-part': ['这一步由调度台来做。', 'This is the dispatch desk’s part.'],
  'carrier-part': ['这一步由出车车组来做。', 'This is the crew’s part.'],
  'signed-already': ['您这一方已经签字，等待对方签字。', 'Your side has signed; the other side is to sign.'],
  'dispatched-already': ['派的就是这辆车。', 'This vehicle is sent already.'],
  'weather-unread': [
    '{site}规定了天气限值，请填写对应的实测值。',
    '{site} has weather limits: enter what was read.',
  ],
  'too-little-visibility': [
    '能见度低于{site}的限值 {limit} 米，不能准予飞行。',
    '{site}: visibility below {limit} m.',
  ],
  'ceiling-too-low': [
    '云底高低于{site}的限值 {limit} 米，不能准予飞行。',
    '{site}: ceiling below {limit} m.',
  ],
  'too-much-wind': ['风速超过{site}的限值 {limit} 米/秒，不能准予飞行。', '{site}: wind above {limit} m/s.'],
  'flight-too-late': ['已经出车，不再做飞行评估。', 'It has set out already.'],
  'disinfect-first': [
    '车上有过隔离患者，请先登记终末消毒。',
    'Disinfect first: an isolated patient was aboard.',
  ],
  'no-patient-aboard': ['到达现场以后才能记录体征。', 'There is no patient aboard.'],
  'nothing-measured': ['至少填一项体征。', 'Fill in at least one sign.'],
  'not-led-by-you': ['它不是您牵头的联盟成员。', 'It is no member of an alliance that you lead.'],
  'calls-another-desk': ['其中有机构已归另一个调度台。', 'One of them calls another desk.'],

  'vehicle-onMission': ['正在执行任务', 'on a mission'],
  'unsuitable-vehicle-onMission': ['正在执行任务', 'on a mission'],
  'unsuitable-vehicle-disinfecting': ['正在消毒整理', 'being disinfected'],
  'unsuitable-vehicle-offDuty': ['已下班停驶', 'off duty'],
  'unsuitable-vehicle-outOfService': ['故障停用', 'out of service'],
  'unsuitable-nobody-steers': ['没有驾驶员', 'nobody to drive'],
  'unsuitable-not-disinfected': ['上一位隔离患者之后尚未消毒', 'not disinfected since the last group'],
  'unsuitable-no-isolation': ['不是隔离车', 'no isolation vehicle'],
  'unsuitable-kept-for-isolation': ['隔离专用', 'kept for isolation'],
  'unsuitable-lacks-stretcher': ['没有担架', 'no stretcher'],
  'unsuitable-lacks-wheelchair': ['没有轮椅位', 'no wheelchair'],
  'unsuitable-lacks-oxygen': ['没有供氧', 'no oxygen'],
  'unsuitable-lacks-monitor': ['没有监护仪', 'no monitor'],
  'unsuitable-lacks-defibrillator': ['没有除颤仪', 'no defibrillator'],
  'unsuitable-lacks-ventilator': ['没有呼吸机', 'no ventilator'],
  'unsuitable-lacks-infusionPump': ['没有输液泵', 'no infusion pump'],
  'unsuitable-lacks-incubator': ['没有暖箱', 'no incubator'],
  'unsuitable-lacks-ecmo': ['没有 ECMO', 'no ECMO'],
  'unsuitable-lacks-nurse': ['没有执业有效的随车护士', 'no nurse with a current licence'],
  'unsuitable-lacks-physician': ['没有执业有效的随车医生', 'no physician with a current licence'],
  'unsuitable-shuttle-in-emergency': ['接送车不出急救任务', 'a shuttle takes no emergencies'],
  'unsuitable-not-by-air': ['本次要求航空转运', 'this one must go by air'],
  'unsuitable-no-landing-from': ['出发机构没有可用起降点', 'no landing site where it begins'],
  'unsuitable-no-landing-to': ['接收机构没有可用起降点', 'no landing site where it ends'],
  'unsuitable-no-flight-release': ['尚未做飞行评估', 'the flight has not been judged'],
  'unsuitable-flight-refused': ['飞行评估为不予飞行', 'the flight was refused'],
  'unsuitable-no-way': ['没有位置或没有道路可达', 'no position, or no road'],
} as const

const moves: readonly MissionMove[] = [
  'dispatch',
  'cancel',
  'depart',
  'recall',
  'reach',
  'abort',
  'leave',
  'arrive',
  'handOver',
  'makeReady',
]

/** `cannot-depart-when-called`: every move that the flow does not allow, in words. */
export const flowRefusalWords: Readonly<Record<string, readonly [string, string]>> = Object.fromEntries(
  moves.flatMap((move) =>
    missionStatuses.map((status) => {
      const [verb, act] = stateWords[`move.${move}`]
      const [state, is] = stateWords[`status.${status}`]
      const code = cannot(move, status).slice('dispatch.'.length)
      return [code, [`任务“${state}”，现在不能“${verb}”。`, `It is “${is}”; “${act}” is not open.`]]
    }),
  ),
)
