import { benefitApi } from '@tongmai/api/benefit'
import type { InsuranceRule } from '@tongmai/api/benefit/rule'
import { Button, Modal } from 'antd'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Compare } from '../../ui/compare.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { showPercent, showYuan } from './money.ts'
import { benefitWords } from './words.ts'

/** A rule's conditions, values and time in words. */
export function useRuleText() {
  const t = useWords(benefitWords)
  return {
    conditions: (rule: InsuranceRule): string =>
      [
        t(`scheme.${rule.scheme}`),
        t(`category.${rule.category}`),
        t(`contracted.${rule.contracted}`),
        t(`referral.${rule.referral}`),
      ].join(' · '),
    place: (rule: InsuranceRule): string => `${t(`kind.${rule.kind}`)} ${t(`level.${rule.level}`)}`,
    amount: (fen: number | null): string => (fen === null ? t('rules.unknown') : showYuan(fen)),
    ratio: (rule: InsuranceRule): string => {
      if (rule.ratioBp !== null) return showPercent(rule.ratioBp)
      if (rule.ratioMinBp === null) return t('rules.unknown')
      return t('rules.ratio-range', {
        range: `${showPercent(rule.ratioMinBp)}–${showPercent(rule.ratioMaxBp)}`,
      })
    },
    period: ({ since, until }: InsuranceRule): string => {
      if (since === null && until === null) return t('rules.since-unknown')
      const from = since ?? t('rules.since-unknown')
      return until ? t('rules.from-to', { since: from, until }) : t('rules.from', { since: from })
    },
  }
}

/** The columns of the rule list; `onDo` opens what is to be done with a rule. */
export function useRuleColumns(
  onDo: (what: 'replace' | 'end' | 'compare', rule: InsuranceRule) => void,
  manages: boolean,
): Column<InsuranceRule>[] {
  const t = useWords(benefitWords)
  const say = useRuleText()
  return [
    {
      key: 'area',
      title: t('area'),
      cell: (one) => (
        <>
          {one.area}
          {one.standing !== 'local' && (
            <div>
              <StateTag tone={one.standing === 'example' ? 'idle' : 'note'}>
                {t(`standing.${one.standing}`)}
              </StateTag>
            </div>
          )}
        </>
      ),
      text: (one) => one.area,
    },
    {
      key: 'place',
      title: t('tariff.tier'),
      cell: (one) => (
        <>
          <b>{say.place(one)}</b>
          <div className="tm-quiet">{say.conditions(one)}</div>
        </>
      ),
      text: (one) => `${say.place(one)} ${say.conditions(one)}`,
    },
    {
      key: 'deductible',
      title: t('rules.deductible'),
      align: 'right',
      short: true,
      cell: (one) => say.amount(one.deductibleFen),
      text: (one) => say.amount(one.deductibleFen),
    },
    { key: 'ratio', title: t('rules.ratio'), align: 'right', cell: say.ratio, text: say.ratio },
    {
      key: 'cap',
      title: t('rules.cap'),
      align: 'right',
      short: true,
      wide: true,
      cell: (one) => say.amount(one.capFen),
      text: (one) => say.amount(one.capFen),
    },
    { key: 'period', title: t('rules.period'), cell: say.period, text: say.period },
    {
      key: 'source',
      title: t('rules.source'),
      wide: true,
      cell: (one) => (
        <>
          {one.source}
          {one.note && <div className="tm-quiet">{one.note}</div>}
        </>
      ),
      text: (one) => [one.source, one.note].filter(Boolean).join(' '),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (one) => (
        <span className="tm-row">
          <Button type="text" size="small" onClick={() => onDo('compare', one)}>
            {t('rules.compare')}
          </Button>
          {manages && one.until === null && one.standing !== 'example' && (
            <>
              <Button type="text" size="small" onClick={() => onDo('replace', one)}>
                {t('rules.replace')}
              </Button>
              <Button type="text" size="small" danger onClick={() => onDo('end', one)}>
                {t('rules.end')}
              </Button>
            </>
          )}
        </span>
      ),
    },
  ]
}

const sameKey = (a: InsuranceRule, b: InsuranceRule): boolean =>
  (['area', 'scheme', 'category', 'level', 'kind', 'contracted', 'referral'] as const).every(
    (name) => a[name] === b[name],
  )

/** A rule beside the version before it. */
export function CompareRules({ of, onClose }: { of: InsuranceRule; onClose: () => void }) {
  const t = useWords(benefitWords)
  const say = useRuleText()
  const { area, level, kind } = of
  const read = useRead(benefitApi.listRules, { query: { area, level, kind, limit: 200 } })
  return (
    <Modal open width={720} title={t('rules.compare-title')} footer={null} onCancel={onClose}>
      <p className="tm-quiet">{`${of.area} ${say.place(of)} · ${say.conditions(of)}`}</p>
      <Loaded read={read}>
        {({ items }) => {
          const before = items.find((one) => sameKey(one, of) && (one.since ?? '') < (of.since ?? ''))
          const line = (name: string, value: (rule: InsuranceRule) => string) => ({
            name,
            left: before && value(before),
            right: value(of),
          })
          return (
            <Compare
              label={t('rules.compare-title')}
              left={before ? say.period(before) : '—'}
              right={say.period(of)}
              lines={[
                line(t('rules.deductible'), (one) => say.amount(one.deductibleFen)),
                line(t('rules.ratio'), say.ratio),
                line(t('rules.cap'), (one) => say.amount(one.capFen)),
                line(t('rules.source'), (one) => one.source),
                line(t('rules.note'), (one) => one.note ?? '—'),
              ]}
            />
          )
        }}
      </Loaded>
    </Modal>
  )
}
