import type { SettlementInputs } from '@tongmai/api/contract/settlement'
import { sources, yuan } from './contract-paper.ts'
import type { Paper } from './paper.ts'
import type { Reckoned } from './store/statement.ts'

const kinds = { physician: '医生', nurse: '护士', pharmacist: '药师', technician: '技师' } as const
const states = { calculated: '已核算，待核对', reviewed: '已核对，待关账', closed: '已关账' } as const
const rates = [
  ['fulfilment', '履约率'],
  ['satisfaction', '满意度'],
  ['control', '慢病控制率'],
] as const

const rateLine = (inputs: SettlementInputs, name: (typeof rates)[number][0], label: string): string => {
  const rate = inputs[name]
  const { surveyed } = inputs
  if (name === 'satisfaction' && surveyed && !rate)
    return `${label}：发出问卷 ${surveyed.asked} 份，收回 ${surveyed.answered} 份，季度已结束且满 ${surveyed.least} 份的才计入，现没有，权重由其他项承担`
  return rate && rate.should > 0
    ? `${label}：${rate.have} ÷ ${rate.should} = ${((rate.have / rate.should) * 100).toFixed(1)}%，权重 ${inputs.rule.weights[name]}`
    : `${label}：没有数据，不计入，权重由其他项承担`
}

/** One person's statement as it is printed: how much, from which sources, and step by step why. */
export function statementPaper(one: Reckoned, institution: string): Paper {
  const { inputs, points, teamPoints, factorPermille } = one
  const share = teamPoints > 0 ? ((points / teamPoints) * 100).toFixed(2) : '0.00'
  return {
    title: '家庭医生签约服务费个人结算单',
    number: `${one.year} 年度 · ${institution} ${one.team}`,
    parts: [
      {
        title: '结算对象',
        lines: [
          `${one.name}　${kinds[one.kind]}${one.leads ? '（团队长）' : ''}　状态：${states[one.status]}`,
        ],
      },
      {
        title: '应得金额',
        table: {
          widths: [0.6, 0.4],
          head: ['来源', '金额'],
          rows: [
            ...one.parts.map(({ source, fen }) => [sources[source], yuan(fen)]),
            ['合计', yuan(one.fen)],
          ],
        },
      },
      {
        title: '怎样算出来的',
        lines: [
          `一、团队当年签约服务费：${inputs.fee.map(({ source, fen }) => `${sources[source]} ${yuan(fen)}`).join('，') || '无'}（${inputs.contracts} 份协议，按在约天数）`,
          ...rates.map(([name, label]) => rateLine(inputs, name, label)),
          `二、考核系数：${(factorPermille / 1000).toFixed(3)}，团队可分 ${yuan(one.sharedFen)}`,
          `三、本人点数 ${points}，团队合计 ${teamPoints}，占 ${share}%；各来源分别按点数分，尾差用最大余数法分到分`,
          `规则来源：${inputs.ruleSource}`,
        ],
      },
    ],
    signatures: ['本人签字', '负责人签字'],
    picture: null,
    foot: '本结算单由同脉平台按已冻结的核算依据生成；关账后不再变动。',
  }
}
