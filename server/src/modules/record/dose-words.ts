import type { Json } from '../../kernel/resource/owner.ts'
import { at, joined, list, node, number, text, textAt } from './element.ts'

const units: Readonly<Record<string, string>> = {
  d: '天',
  h: '小时',
  wk: '周',
  mo: '月',
  min: '分钟',
  a: '年',
}

/** HL7 GTSAbbreviation: how often, where only the code says it. */
const often: Readonly<Record<string, string>> = {
  QD: '每天 1 次',
  BID: '每天 2 次',
  TID: '每天 3 次',
  QID: '每天 4 次',
  QOD: '隔天 1 次',
  AM: '每天早上',
  PM: '每天晚上',
  BED: '每天睡前',
  WK: '每周 1 次',
  MO: '每月 1 次',
  Q4H: '每 4 小时 1 次',
  Q6H: '每 6 小时 1 次',
  Q8H: '每 8 小时 1 次',
}

/** HL7 EventTiming: at which moment of the day. */
const moments: Readonly<Record<string, string>> = {
  WAKE: '起床后',
  MORN: '早上',
  NOON: '中午',
  AFT: '下午',
  EVE: '傍晚',
  NIGHT: '夜里',
  HS: '睡前',
  C: '吃饭时',
  CM: '早饭时',
  CD: '午饭时',
  CV: '晚饭时',
  AC: '饭前',
  ACM: '早饭前',
  ACD: '午饭前',
  ACV: '晚饭前',
  PC: '饭后',
  PCM: '早饭后',
  PCD: '午饭后',
  PCV: '晚饭后',
}

function howOften(timing: Json): string | undefined {
  const repeat = node(at(timing, 'repeat'))
  const frequency = number(repeat.frequency) ?? (repeat.period === undefined ? undefined : 1)
  if (frequency === undefined) return often[textAt(timing, 'code.coding.code') ?? '']
  const period = number(repeat.period) ?? 1
  const unit = units[text(repeat.periodUnit) ?? ''] ?? ''
  return `每${period === 1 ? unit : ` ${period} ${unit}`} ${frequency} 次`
}

function howMuch(dosage: Json): string | undefined {
  const dose = node(at(dosage, 'doseAndRate.doseQuantity'))
  return dose.value === undefined ? undefined : `每次 ${dose.value} ${text(dose.unit) ?? ''}`.trim()
}

/** One Dosage of FHIR as people say it: 每天 2 次，每次 1 片，饭后. The source's own sentence goes before. */
function oneDose(dosage: Json): string | null {
  const said = text(node(dosage).text) ?? text(node(dosage).patientInstruction)
  if (said) return said
  const when = list(at(dosage, 'timing.repeat.when')).map((code) => moments[text(code) ?? ''])
  return joined([
    node(dosage).asNeededBoolean === true ? '需要时用' : undefined,
    howOften(at(dosage, 'timing')),
    howMuch(dosage),
    ...when,
    ...list(node(dosage).additionalInstruction).map((one) => text(node(one).text)),
  ])
}

/** How a medicine is to be taken, in plain words; null where the source does not say. */
export const doseInWords = (resource: Readonly<Record<string, Json>>): string | null =>
  joined(list(resource.dosageInstruction ?? resource.dosage).map(oneDose), '；')

/** A Timing as people say it: 每天 2 次，饭后. */
export const timingInWords = (timing: Json): string | undefined =>
  joined([howOften(timing), ...list(at(timing, 'repeat.when')).map((code) => moments[text(code) ?? ''])]) ??
  undefined

const amount = (quantity: Json): string | undefined => {
  const { value, unit, code } = node(quantity)
  if (typeof value !== 'number') return undefined
  const shown = text(unit) ?? text(code) ?? ''
  return `${value} ${units[shown] ?? shown}`.trim()
}

/** How much of a medicine is handed out, for how long and how often anew: 共 60 片，供 30 天. */
export function supplyInWords(request: Json): string | null {
  const { quantity, expectedSupplyDuration, numberOfRepeatsAllowed } = node(request)
  const [whole, duration] = [amount(quantity), amount(expectedSupplyDuration)]
  const again = number(numberOfRepeatsAllowed)
  return joined([
    whole && `共 ${whole}`,
    duration && `供 ${duration}`,
    again ? `可再取 ${again} 次` : undefined,
  ])
}
