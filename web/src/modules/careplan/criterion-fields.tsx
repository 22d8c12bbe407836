import { DeleteOutlined } from '@ant-design/icons'
import {
  type Criterion,
  criterion,
  type FactName,
  factName,
  type PathwayStep,
} from '@tongmai/api/careplan/pathway'
import { risk, verdict } from '@tongmai/api/careplan/programme'
import { Button, InputNumber, Segmented, Select } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { careplanWords } from './words.ts'

type Kind = 'number' | 'boolean' | 'verdict' | 'risk'
const kindOf = (fact: FactName): Kind =>
  fact === 'enrolled' ? 'boolean' : fact === 'lastVerdict' ? 'verdict' : fact === 'risk' ? 'risk' : 'number'
const first: Readonly<Record<Kind, Criterion['value']>> = {
  ...{ number: 0, boolean: true, verdict: 'unsatisfactory', risk: 'high' },
}
const signs: Readonly<Record<Criterion['operator'], string>> = {
  ...{ '=': '=', '!=': '≠', '<': '＜', '<=': '≤', '>': '＞', '>=': '≥' },
}
const operators = criterion.shape.operator.options

interface CriterionFieldsProps {
  readonly step: Pick<PathwayStep, 'criteria' | 'when'>
  readonly onChange: (next: Partial<PathwayStep>) => void
}

/** When a step is proposed: facts compared, all of them or one. */
export function CriterionFields({ step, onChange }: CriterionFieldsProps) {
  const t = useWords(careplanWords)
  const { criteria } = step
  const put = (at: number, next: Partial<Criterion>) =>
    onChange({ criteria: criteria.map((one, n) => (n === at ? { ...one, ...next } : one)) })
  return (
    <>
      {criteria.length > 1 && (
        <Segmented<'all' | 'any'>
          size="small"
          value={step.when}
          options={(['all', 'any'] as const).map((one) => ({ value: one, label: t(`step.${one}`) }))}
          onChange={(when) => onChange({ when })}
        />
      )}
      {criteria.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <div key={at} className="tm-row" style={{ flexWrap: 'wrap', marginTop: 6 }}>
          <Select
            aria-label={t('step.criteria')}
            style={{ width: 180 }}
            value={one.fact}
            options={factName.options.map((value) => ({ value, label: t(`fact.${value}`) }))}
            onChange={(fact) =>
              put(at, {
                fact,
                operator: kindOf(fact) === 'number' ? one.operator : '=',
                value: first[kindOf(fact)],
              })
            }
          />
          <Select
            aria-label={t('step.criteria')}
            style={{ width: 70 }}
            value={one.operator}
            options={(kindOf(one.fact) === 'number' ? operators : (['=', '!='] as const)).map((value) => ({
              ...{ value, label: signs[value] },
            }))}
            onChange={(operator) => put(at, { operator })}
          />
          <Value criterion={one} onChange={(value) => put(at, { value })} />
          <Button
            size="small"
            type="text"
            aria-label={t('step.remove')}
            icon={<DeleteOutlined />}
            onClick={() => onChange({ criteria: criteria.filter((_, n) => n !== at) })}
          />
        </div>
      ))}
      <Button
        size="small"
        type="dashed"
        style={{ marginTop: 6 }}
        disabled={criteria.length >= 8}
        onClick={() =>
          onChange({ criteria: [...criteria, { fact: 'systolic', operator: '>=', value: 140 }] })
        }
      >
        {t('step.add-criterion')}
      </Button>
    </>
  )
}

interface ValueProps {
  readonly criterion: Criterion
  readonly onChange: (value: Criterion['value']) => void
}

function Value({ criterion: { fact, value }, onChange }: ValueProps) {
  const t = useWords(careplanWords)
  const kind = kindOf(fact)
  if (kind === 'number')
    return (
      <InputNumber
        aria-label={t(`fact.${fact}`)}
        value={typeof value === 'number' ? value : 0}
        onChange={(next) => onChange(next ?? 0)}
      />
    )
  const options =
    kind === 'boolean'
      ? [
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]
      : kind === 'verdict'
        ? verdict.options.map((one) => ({ value: one as string, label: t(`verdict.${one}`) }))
        : risk.options.map((one) => ({ value: one as string, label: t(`risk.${one}`) }))
  return (
    <Select<string>
      aria-label={t(`fact.${fact}`)}
      style={{ width: 130 }}
      value={String(value)}
      options={options}
      onChange={(next) => onChange(kind === 'boolean' ? next === 'true' : next)}
    />
  )
}
