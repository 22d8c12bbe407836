import { Button, Input, InputNumber } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { contractWords } from './words.ts'

export type Measuring = readonly {
  readonly name: string
  readonly value: number | null
  readonly unit: string
}[]

interface MeasurementsProps {
  readonly value: Measuring
  readonly onChange: (value: Measuring) => void
}

/** Values that were measured, a line each; everything can be typed over. */
export function Measurements({ value, onChange }: MeasurementsProps) {
  const t = useWords(contractWords)
  const change = (at: number, next: Partial<Measuring[number]>) =>
    onChange(value.map((one, i) => (i === at ? { ...one, ...next } : one)))
  return (
    <>
      {value.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <div key={i} className="tm-row" style={{ marginBottom: 4 }}>
          <Input
            aria-label={t('service.measure-name')}
            value={one.name}
            onChange={({ target }) => change(i, { name: target.value })}
          />
          <InputNumber
            aria-label={`${one.name} ${t('service.measure-value')}`}
            value={one.value}
            onChange={(next) => change(i, { value: next })}
          />
          <Input
            aria-label={t('service.measure-unit')}
            style={{ width: 90 }}
            value={one.unit}
            onChange={({ target }) => change(i, { unit: target.value })}
          />
        </div>
      ))}
      <Button
        size="small"
        type="dashed"
        onClick={() => onChange([...value, { name: '', value: null, unit: '' }])}
      >
        {t('service.add-measure')}
      </Button>
    </>
  )
}
