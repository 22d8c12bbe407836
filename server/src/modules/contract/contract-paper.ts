import type { FundSource, Performer, ServicePeriod, Share } from '@tongmai/api/contract/package'
import type { ConsentText } from '@tongmai/api/contract/shape'
import { dayOf } from '../../kernel/day.ts'
import type { Paper } from './paper.ts'
import type { Told } from './store/story.ts'

/** The person as the document names them. */
export interface Named {
  readonly name: string
  readonly idMasked: string | null
  readonly phone: string | null
}

const periods: Readonly<Record<ServicePeriod, string>> = {
  once: '协议期内',
  year: '每年',
  halfYear: '每半年',
  quarter: '每季度',
  month: '每月',
  asNeeded: '按需',
}
const performers: Readonly<Record<Performer, string>> = {
  physician: '家庭医生',
  nurse: '护士',
  publicHealth: '公卫医师',
  pharmacist: '药师',
  specialist: '专科医师',
  anyone: '团队成员',
}
export const sources: Readonly<Record<FundSource, string>> = {
  insurance: '医保基金',
  publicHealth: '基本公卫经费',
  personal: '个人',
  commercial: '商业保险',
}
const signed = { drawn: '屏幕手写签名', sms: '短信验证码签名', paper: '纸质签名' } as const

/** Fen as yuan: `120.00 元`. */
export const yuan = (fen: number): string => `${(fen / 100).toFixed(2)} 元`

const feeLine = (fee: readonly Share[]): string =>
  fee.length === 0 ? '本协议不收费' : fee.map((one) => `${sources[one.source]} ${yuan(one.fen)}`).join('，')

/** The contract as it is printed: parties, term, packages as they were signed, consent text, signature. */
export function paperOf(
  { row, line }: Omit<Told, 'next'>,
  more: { person: Named; consent: ConsentText; picture: Uint8Array | null },
): Paper {
  const { person, consent, picture } = more
  const hospitals = [line.secondary?.name, line.tertiary?.name].filter(Boolean).join('、')
  const how = row.signature ? signed[row.signature.kind] : ''
  return {
    title: consent.title,
    number: row.number,
    parts: [
      {
        title: '签约双方',
        lines: [
          `甲方（居民）：${person.name}    证件号：${person.idMasked ?? ''}    电话：${person.phone ?? ''}`,
          `乙方（团队）：${line.community.name} ${line.team.name}    家庭医生：${line.doctor.name}    电话：${line.teamPhone ?? ''}`,
          `所选医院：${hospitals || '未选择'}`,
          `协议期：${row.startsOn} 至 ${row.endsOn}`,
          `签约服务费：${feeLine(row.fee)}，合计 ${yuan(row.feeFen)}`,
        ],
      },
      ...row.packages.map((one) => ({
        title: `服务包：${one.name}（第 ${one.version} 版）`,
        table: {
          widths: [0.46, 0.22, 0.16, 0.16],
          head: ['服务项目', '次数', '提供者', '单价'],
          rows: one.items.map((item) => [
            item.name,
            item.period === 'asNeeded' ? periods.asNeeded : `${periods[item.period]} ${item.times} 次`,
            performers[item.performer],
            item.shares.length === 0 ? '包内' : yuan(item.shares.reduce((sum, s) => sum + s.fen, 0)),
          ]),
        },
      })),
      { title: '协议条款', lines: consent.text.split('\n') },
    ],
    signatures: [
      `甲方签名：${row.signature?.signer ?? ''}（${how}）    ${row.signedAt ? dayOf(row.signedAt) : ''}`,
      `乙方签名：${line.doctor.name}    ${row.signedAt ? dayOf(row.signedAt) : ''}`,
    ],
    picture,
    foot: `条款版本 ${row.consentVersion}，内容校验值 SHA-256 ${row.consentHash}`,
  }
}
