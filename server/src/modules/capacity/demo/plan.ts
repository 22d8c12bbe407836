import type { BedKind } from '@tongmai/api/capacity/flow'
import type { Quota, Session } from '@tongmai/api/capacity/schedule'

type Plan = readonly [
  place: `${string}/${string}`,
  name: string,
  doctor: string | null,
  room: string,
  weekdays: string,
  times: string,
  slotMinutes: number,
  seats: number,
]

/** institution/department · name · who · where · weekdays · from–to (several with commas) · minutes · seats. */
export const clinics: readonly Plan[] = [
  ['LEAD/CARD', '心内科专家门诊', 'cardio01', '门诊三楼 12 诊室', '135', '08:00-11:30', 15, 1],
  ['LEAD/CARD', '心内科专家门诊', 'cardio02', '门诊三楼 11 诊室', '24', '08:00-11:30,14:00-16:30', 15, 1],
  ['LEAD/CARD', '心内科普通门诊', 'cardio03', '门诊三楼 8 诊室', '12345', '08:00-11:30', 30, 4],
  ['LEAD/ENDO', '内分泌科专家门诊', 'endo01', '门诊四楼 3 诊室', '135', '08:00-11:30', 15, 1],
  ['LEAD/NEUR', '神经内科专家门诊', 'neuro01', '门诊三楼 5 诊室', '234', '08:00-11:30', 20, 1],
  ['LEAD/RESP', '呼吸内科专家门诊', 'resp01', '门诊二楼 7 诊室', '145', '14:00-17:00', 20, 1],
  ['LEAD/ORTH', '骨科专家门诊', 'ortho01', '门诊一楼 2 诊室', '24', '08:00-11:00', 15, 1],
  ['LEAD/GERI', '老年病科门诊', 'geri01', '门诊五楼 1 诊室', '135', '14:00-17:00', 20, 1],
  ['LEAD/REHA', '康复门诊', 'rehab01', '康复楼二楼', '12345', '14:00-17:00', 60, 3],
  ['QPH/CARD', '心内科门诊', 'qp-card01', '门诊二楼 6 诊室', '12345', '08:00-11:30', 30, 2],
  ['CHC01/GENM', '全科门诊', 'gp01', '一楼全科诊室', '12345', '08:00-11:30,14:00-16:30', 30, 3],
  ['CHC02/GENM', '全科门诊', 'gp02', '一楼全科诊室', '12345', '08:00-11:30', 30, 3],
]

/** As above; the examination instead of a doctor. */
export const examinations: readonly (readonly [
  place: string,
  item: string,
  device: string,
  room: string,
  weekdays: string,
  times: string,
  minutes: number,
])[] = [
  ['LEAD/IMAG', '头颅磁共振', '3.0T 磁共振 2 号机', '影像楼负一层', '123456', '08:00-12:00,13:30-17:30', 30],
  ['LEAD/IMAG', '胸部增强 CT', '256 排 CT', '影像楼一层', '123456', '08:00-12:00', 20],
  ['LEAD/CARD', '心脏彩超', '心超 1 号机', '门诊三楼功能科', '12345', '08:00-12:00', 20],
  ['QPH/IMAG', '腹部 CT', '64 排 CT', '医技楼一层', '12345', '08:00-11:00', 20],
]

/** Shares of a hospital's clinics; a community's own clinic has none. */
export const hospitalQuotas: Quota[] = [
  { source: 'community', percent: 20, releaseMinutes: 24 * 60 },
  { source: 'contracted', percent: 20, releaseMinutes: 24 * 60 },
  { source: 'referral', percent: 20, releaseMinutes: 4 * 60 },
]

/** institution/department · ward · kind · beds · how many are occupied · hours since the figure was confirmed. */
export const wards: readonly (readonly [string, string, BedKind, number, number, number])[] = [
  ['LEAD/CARD', '心内一病区', 'general', 24, 22, 0.6],
  ['LEAD/CARD', '心内监护病房', 'icu', 8, 7, 0.3],
  ['LEAD/NEUR', '神经内科病区', 'general', 20, 20, 3],
  ['LEAD/RESP', '呼吸内科病区', 'general', 20, 17, 1.5],
  ['LEAD/RESP', '呼吸隔离病房', 'isolation', 6, 2, 5],
  ['LEAD/ICUN', '重症医学科', 'icu', 12, 11, 0.2],
  ['LEAD/OBGY', '产科病区', 'maternity', 16, 11, 2],
  ['LEAD/PAED', '儿科病区', 'paediatric', 18, 12, 9],
  ['LEAD/REHA', '康复病区', 'rehabilitation', 15, 14, 4],
  ['GERI/GERI', '老年病区', 'general', 20, 15, 2.5],
  ['GERI/REHA', '老年康复病区', 'rehabilitation', 16, 9, 1],
  ['REHA/REHA', '神经康复病区', 'rehabilitation', 24, 18, 7],
  ['NURS/GERI', '护理区', 'general', 24, 21, 26],
  ['NURS/GERI', '安宁疗护区', 'hospice', 6, 3, 26],
  ['QPH/CARD', '内科一病区', 'general', 22, 16, 1.2],
  ['QPH/EMER', '急诊重症监护', 'icu', 6, 4, 0.8],
  ['TS01/INTM', '综合病房', 'general', 10, 4, 14],
]

/** `135` and `08:00-11:30,14:00-17:00` as sessions of a week. */
export const sessionsOf = (weekdays: string, times: string): Session[] =>
  [...weekdays].flatMap((weekday) =>
    times.split(',').map((span) => {
      const [from = '', to = ''] = span.split('-')
      return { weekday: Number(weekday), from, to }
    }),
  )
