import type { FindingPlace } from '@tongmai/api/record/quality'
import { language } from '../../kernel/words.ts'
import { elementWords } from './element-words.ts'

/** What elements are called that stand within others. */
const within: Readonly<Record<string, string>> = {
  code: '代码',
  coding: '编码',
  display: '编码名称',
  end: '结束时间',
  family: '姓',
  given: '名',
  individual: '人员',
  start: '开始时间',
  system: '编码体系',
  text: '文字',
  unit: '单位',
  value: '数值',
}

/** Choices as an expression names them, whatever the type. */
const choices: Readonly<Record<string, string>> = {
  effective: '发生时间',
  medication: '药品',
  occurrence: '发生时间',
  onset: '发病时间',
  value: '结果',
}

/** The parts of a registration. */
const ofPatient: Readonly<Record<string, string>> = {
  address: '住址',
  birthDate: '出生日期',
  gender: '性别',
  identifier: '证件号码',
  name: '姓名',
  telecom: '联系电话',
}

/** The element at the top of a place. */
export const topOf = ({ path }: FindingPlace): string => path.split(/[.[]/)[0] ?? ''

/** Where in an entry something is to be mended: `项目 › 第 2 个编码 › 代码`. */
export function placeWords(type: string, { path }: FindingPlace): string {
  const isChinese = language() === 'zh'
  const parts = path.split('.').map((part, depth) => {
    const [, name = part, at] = /^(\w+)(?:\[(\d+)\])?$/.exec(part) ?? []
    const own = depth > 0 ? within[name] : type === 'Patient' ? ofPatient[name] : choices[name]
    const word = (isChinese && own) || elementWords(name)
    if (at === undefined) return word
    const nth = Number(at) + 1
    return isChinese ? `第 ${nth} 个${word}` : `${word} (no. ${nth})`
  })
  return parts.join(' › ')
}
