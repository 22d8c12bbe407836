import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import {
  evidenceKind,
  type FundSource,
  fundSource,
  performer,
  type ServiceItem,
  servicePeriod,
} from '@tongmai/api/contract/package'
import { Button, Input, InputNumber, Select } from 'antd'
import { newKey } from '../../kernel/new-key.ts'
import { useWords } from '../../kernel/words.ts'
import { contractWords } from './words.ts'

/** An item while it is typed: one payer and its price in yuan. */
export interface TypedItem extends Omit<ServiceItem, 'shares'> {
  readonly key: string
  readonly yuan: number
  readonly source: FundSource
}

export const blankItem = (): TypedItem => ({
  ...{ key: newKey(), code: `item-${newKey().slice(0, 6)}`, name: '', times: 1, period: 'year' },
  ...{ performer: 'physician', evidence: ['visitNote'], yuan: 0, source: 'personal' },
})

export const typedItem = ({ shares, ...item }: ServiceItem): TypedItem => ({
  ...{ ...item, key: item.code, yuan: (shares[0]?.fen ?? 0) / 100, source: shares[0]?.source ?? 'personal' },
})

export const itemOf = ({ key: _, yuan, source, ...item }: TypedItem): ServiceItem => ({
  ...{ ...item, shares: yuan > 0 ? [{ source, fen: Math.round(yuan * 100) }] : [] },
})

interface ItemFieldsProps {
  readonly items: readonly TypedItem[]
  readonly onChange: (items: TypedItem[]) => void
}

const line = { marginTop: 8, paddingTop: 8, borderTop: '1px solid var(--tm-line)' }

/** The items of a package, a line each. */
export function ItemFields({ items, onChange }: ItemFieldsProps) {
  const t = useWords(contractWords)
  const change = (key: string, next: Partial<TypedItem>) =>
    onChange(items.map((one) => (one.key === key ? { ...one, ...next } : one)))
  return (
    <>
      {items.map((item) => (
        <div key={item.key} className="tm-row" style={{ flexWrap: 'nowrap', ...line }}>
          <div className="tm-row" style={{ flex: 1, flexWrap: 'wrap' }}>
            <Input
              aria-label={t('package.items')}
              placeholder={t('package.items')}
              style={{ flex: '1 1 180px' }}
              value={item.name}
              onChange={({ target }) => change(item.key, { name: target.value })}
            />
            <Select
              aria-label={t('package.period')}
              style={{ width: 110 }}
              value={item.period}
              options={servicePeriod.options.map((one) => ({ value: one, label: t(`period.${one}`) }))}
              onChange={(period) => change(item.key, { period })}
            />
            <InputNumber
              aria-label={t('package.times')}
              min={1}
              max={366}
              precision={0}
              style={{ width: 70 }}
              disabled={item.period === 'asNeeded'}
              value={item.times}
              onChange={(times) => change(item.key, { times: times ?? 1 })}
            />
            <Select
              aria-label={t('package.performer')}
              style={{ width: 110 }}
              value={item.performer}
              options={performer.options.map((one) => ({ value: one, label: t(`performer.${one}`) }))}
              onChange={(one) => change(item.key, { performer: one })}
            />
            <Select
              aria-label={t('package.evidence')}
              placeholder={t('package.evidence')}
              mode="multiple"
              style={{ minWidth: 170 }}
              value={item.evidence}
              options={evidenceKind.options.map((one) => ({ value: one, label: t(`evidence.${one}`) }))}
              onChange={(evidence) => change(item.key, { evidence })}
            />
            <InputNumber
              aria-label={t('package.price')}
              prefix="¥"
              min={0}
              precision={2}
              style={{ width: 110 }}
              value={item.yuan}
              onChange={(yuan) => change(item.key, { yuan: yuan ?? 0 })}
            />
            {item.yuan > 0 && (
              <Select
                aria-label={t('package.payer')}
                style={{ width: 120 }}
                value={item.source}
                options={fundSource.options.map((one) => ({ value: one, label: t(`source.${one}`) }))}
                onChange={(source) => change(item.key, { source })}
              />
            )}
          </div>
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={`${t('package.remove')} ${item.name}`}
            disabled={items.length === 1}
            onClick={() => onChange(items.filter((one) => one.key !== item.key))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        style={{ marginTop: 8 }}
        onClick={() => onChange([...items, blankItem()])}
      >
        {t('package.add-item')}
      </Button>
    </>
  )
}
