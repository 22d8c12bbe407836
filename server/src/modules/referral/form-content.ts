import type { Criterion } from '@tongmai/api/referral/book'
import { dayOf, hourOf } from '../../kernel/day.ts'
import type { FormContent, FormLine } from './form.ts'
import { type FormClaim, hashOf, verifyUrl } from './form-check.ts'
import type { Told } from './store/story.ts'

/** The person as the form names them. */
export interface Named {
  readonly name: string
  readonly sex: string
  readonly birthDate: string | null
  readonly idMasked: string | null
  readonly phone: string | null
  readonly address: string | null
}

export interface FormInput {
  readonly told: Told
  readonly person: Named
  readonly criteria: readonly Criterion[]
  readonly now: Date
  readonly publicUrl: string
}

const sexes: Readonly<Record<string, string>> = {
  male: '男',
  female: '女',
  unknown: '未知',
  unspecified: '未说明',
}
const endings: Readonly<Record<string, string>> = {
  loopClosed: '闭环完成',
  noFurtherCare: '无需继续治疗',
  continuesHere: '在接收机构继续治疗',
  transferredOn: '转往他院',
  patientChoseOtherwise: '患者另作选择',
  died: '死亡',
}

const minute = (at: Date): string =>
  `${dayOf(at)} ${String(hourOf(at)).padStart(2, '0')}:${String(at.getUTCMinutes()).padStart(2, '0')}`

/** Full years on a day. */
export function ageOn(birthDate: string | null, day: string): number | null {
  if (!birthDate) return null
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

const line = (label: string, value: string | null | undefined): FormLine => ({ label, value: value ?? '' })
const half = (label: string, value: string | null | undefined): FormLine => ({
  ...line(label, value),
  half: true,
})

function personLines({ person, now, told }: FormInput): FormLine[] {
  const age = ageOn(person.birthDate, dayOf(now))
  return [
    half('患者姓名', person.name),
    half('性别 / 年龄', `${sexes[person.sex] ?? ''} / ${age === null ? '' : `${age} 岁`}`),
    half('证件号', person.idMasked),
    half('联系电话', person.phone),
    line('家庭住址', person.address),
    half('转诊单号', told.row.number),
    half('转诊日期', dayOf(told.row.submittedAt ?? told.row.writtenAt)),
  ]
}

const arrangedLines = ({ told: { row, names } }: FormInput): FormLine[] =>
  row.arrangement
    ? [
        half('接收科室', names.arrangedDepartment),
        half('接诊医生', names.arrangedPractitioner),
        half('到诊时间', minute(row.arrangement.at)),
        half('地点', row.arrangement.place),
      ]
    : []

const diagnosisOf = ({ told: { row } }: FormInput): string =>
  row.form.diagnosis ? `${row.form.diagnosis.text}(${row.form.diagnosis.code})` : ''

function upSheet(input: FormInput): FormLine[] {
  const { row } = input.told
  const texts = new Map(input.criteria.map((criterion) => [criterion.code, criterion.text]))
  const consent = row.form.consent
  return [
    ...personLines(input),
    line('初步印象', row.form.firstImpression || diagnosisOf(input)),
    line('转诊诊断', diagnosisOf(input)),
    line('转诊指征', row.form.indications.map((code) => texts.get(code) ?? code).join('；')),
    line('主要现病史（转出原因）', row.form.reason),
    line('主要既往史', row.form.pastHistory),
    line('过敏史', row.form.allergies),
    line('治疗经过', row.form.treatmentSoFar),
    ...(row.form.attention ? [line('转诊注意事项', row.form.attention)] : []),
    ...arrangedLines(input),
    line(
      '知情同意',
      consent ? `${consent.agreed ? '同意' : '不同意'} 签名人 ${consent.signer} ${minute(consent.at)}` : '',
    ),
  ]
}

function downSheet(input: FormInput): FormLine[] {
  const { returnNote: note, form } = input.told.row
  const medicines = (note?.medicines ?? []).map((m) =>
    [m.name, m.dose, m.route, m.frequency, m.days ? `${m.days} 天` : '', m.note].filter(Boolean).join(' '),
  )
  return [
    ...personLines(input),
    line('诊断结果', note?.diagnosisResult || diagnosisOf(input)),
    line('住院病案号', note?.inpatientNumber),
    line('主要检查结果', note?.mainResults),
    line('主要既往史', form.pastHistory),
    line('过敏史', form.allergies),
    line('治疗经过', note?.treatment),
    line('下一步治疗方案', note?.nextPlan),
    line('康复建议', note?.rehabPlan),
    line('继续用药', medicines.join('\n')),
    half('首次随访', note?.followUpOn),
    half('责任家庭医生', input.told.names.toPractitioner),
  ]
}

/** What the patient should know, printed on the form itself. */
const patientNotice = [
  '1. 请带好本转诊单、身份证、医保卡和全部检查资料，按约定时间到接收机构。',
  '2. 到院后仍需按流程挂号缴费；诊室、床位以现场安排为准。',
  '3. 病情变化或不能按时前往，请尽快联系转诊医生；病情危急请拨打 120。',
]

const endingOf = ({ told: { row } }: FormInput): string | null =>
  row.ending ? `结案原因：${endings[row.ending.reason] ?? row.ending.reason} ${row.ending.note}`.trim() : null

const claimOf = ({ told: { row, names } }: FormInput): FormClaim => ({
  n: row.number,
  at: row.arrangement ? row.arrangement.at.toISOString() : (row.returnNote?.followUpOn ?? ''),
  to: names.to.shortName || names.to.name,
})

function upParts(input: FormInput) {
  const { names } = input.told
  const target = [names.to.name, names.arrangedDepartment ?? names.toDepartment].filter(Boolean)
  return {
    title: '双向转诊（转出）单',
    addressee: `${names.to.name}：现有患者因病情需要，转入贵单位，请予接诊。`,
    target: [line('转入单位', target.join(' ')), ...arrangedLines(input)],
    sheet: upSheet(input),
    signatures: ['转诊医生（签字）', '院方审批意见', '患者或家属（签字）', '日期'],
  }
}

function downParts(input: FormInput) {
  const { names } = input.told
  return {
    title: '双向转诊（回转）单',
    addressee: `${names.to.name}：现有患者因病情需要，转回贵单位，请予接诊。`,
    target: [line('转回单位', names.to.name), half('接诊医生', names.toPractitioner)],
    sheet: downSheet(input),
    signatures: ['转诊医生（签字）', '接收医生（签字）', '日期'],
  }
}

/** The words of a referral's form: counterfoil, sheet, signatures, and the claim behind the QR code. */
export function formOf(input: FormInput): FormContent {
  const { row, names } = input.told
  const parts = row.direction === 'down' ? downParts(input) : upParts(input)
  const archived = row.status === 'closed' || row.status === 'treated' || row.status === 'firstFollowUpDone'
  const claim = claimOf(input)
  const sender = [half('转诊医生', names.fromPractitioner), half('转出机构', names.from.name)]
  return {
    title: archived ? `${parts.title} · 归档单` : parts.title,
    number: row.number,
    mark: endingOf(input),
    stub: { title: '存根', lines: [...personLines(input), ...parts.target, ...sender] },
    sheet: { title: '正联', addressee: parts.addressee, lines: parts.sheet },
    signatures: parts.signatures,
    seal: `${names.from.shortName || names.from.name}\n（盖章）`,
    notice: { title: '患者须知', lines: patientNotice },
    qr: { url: verifyUrl(input.publicUrl, claim), caption: `扫码核验 ${hashOf(claim).slice(0, 6)}` },
  }
}
