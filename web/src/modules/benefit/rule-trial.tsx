import { benefitApi } from '@tongmai/api/benefit'
import type { InsuranceRule } from '@tongmai/api/benefit/rule'
import { InputNumber } from 'antd'
import { useState } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Compare } from '../../ui/compare.tsx'
import { Field } from '../../ui/field.tsx'
import { showYuan } from './money.ts'
import { type RuleValues, sentValues } from './rule-values.tsx'
import { benefitWords } from './words.ts'

/** One bill by the rule as it is and by what is being typed, before anything is changed. */
export function RuleTrial({ of, typed }: { of: InsuranceRule; typed: RuleValues }) {
  const t = useWords(benefitWords)
  const [total, setTotal] = useState(10_000)
  const { deductibleFen, ratioBp, capFen } = sentValues(typed)
  const values = Object.entries({ deductibleFen, ratioBp, capFen }).filter(([, value]) => value !== null)
  const query = { totalFen: Math.round(total * 100), ...Object.fromEntries(values) }
  const read = useRead(benefitApi.tryRule, { params: { id: of.id }, query }, { keepPrevious: true })
  const line = (name: 'insurance' | 'own', key: 'insuranceFen' | 'ownFen') => ({
    name: t(name),
    left: read.data && showYuan(read.data.before[key]),
    right: read.data && showYuan(read.data.after[key]),
  })
  return (
    <section>
      <Field label={t('trial.total')} hint={t('trial.hint')}>
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            max={10_000_000}
            value={total}
            onChange={(next) => setTotal(next ?? 10_000)}
          />
        )}
      </Field>
      <Compare
        label={t('trial.title')}
        left={t('trial.now')}
        right={t('trial.then')}
        lines={[line('insurance', 'insuranceFen'), line('own', 'ownFen')]}
      />
    </section>
  )
}
