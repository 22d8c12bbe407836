import { contractApi } from '@tongmai/api/contract'
import { type Bed, type BedFeeCode, bedFeeCode } from '@tongmai/api/contract/bed'
import { Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { yuanOf } from './state.tsx'
import { contractWords } from './words.ts'

/** What a bed costs: how often each item was given; a price that nobody entered is said to be unknown. */
export function BedFees({ fees }: { fees: Bed['fees'] }) {
  const t = useWords(contractWords)
  const price = (fen: number | null) =>
    fen === null ? <span className="tm-quiet">{t('bed.fee.unknown')}</span> : t('yuan', { yuan: yuanOf(fen) })
  return (
    <Card title={t('bed.fees')} flush>
      <Table
        label={t('bed.fees')}
        rows={fees}
        keyOf={(fee) => fee.code}
        columns={[
          { key: 'item', title: t('bed.fee.item'), cell: (fee) => t(`bed.fee.${fee.code}`) },
          { key: 'times', title: t('bed.fee.times'), align: 'right', short: true, cell: (fee) => fee.times },
          {
            key: 'price',
            title: t('bed.fee.price'),
            align: 'right',
            cell: (fee) => (
              <>
                {price(fee.fen)}
                {fee.source && <div className="tm-quiet">{fee.source}</div>}
              </>
            ),
          },
          {
            key: 'sum',
            title: t('bed.fee.sum'),
            align: 'right',
            short: true,
            cell: (fee) => price(fee.fen === null ? null : fee.fen * fee.times),
          },
        ]}
      />
      {fees.some((fee) => fee.fen === null) && (
        <p className="tm-quiet" style={{ margin: '8px 16px' }}>
          {t('bed.fee.unknown-note')}
        </p>
      )}
    </Card>
  )
}

/** Enters a price of my community, with the document it comes from. */
export function BedFeeDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const { now, day } = useDates()
  const known = useRead(contractApi.listBedFees, {}).data ?? []
  const [code, setCode] = useState<BedFeeCode>('round')
  const [yuan, setYuan] = useState<number | null>(null)
  const [since, setSince] = useState<string | null>(day(now))
  const [source, setSource] = useState('')
  const set = useWrite(contractApi.setBedFee, {
    touches: ['contract'],
    onDone: () => {
      tell(t('bed.done', { move: t('bed.fee.set') }))
      onClose()
    },
  })
  const was = known.find((fee) => fee.code === code)
  const send = () =>
    since && yuan !== null && set.mutate({ body: { code, fen: Math.round(yuan * 100), since, source } })
  return (
    <Modal
      open
      title={t('bed.fee.set')}
      okText={t('bed.fee.set')}
      okButtonProps={{ disabled: yuan === null || since === null || source.trim() === '' }}
      confirmLoading={set.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={set.error} />
      <Fields>
        <Field
          label={t('bed.fee.item')}
          hint={was && was.fen !== null ? t('yuan', { yuan: yuanOf(was.fen) }) : t('bed.fee.unknown')}
        >
          {(id) => (
            <Select
              id={id}
              value={code}
              options={bedFeeCode.options.map((value) => ({ value, label: t(`bed.fee.${value}`) }))}
              onChange={setCode}
            />
          )}
        </Field>
        <Field label={t('package.price')} required>
          {(id) => <InputNumber id={id} min={0} max={10_000} precision={2} value={yuan} onChange={setYuan} />}
        </Field>
        <Field label={t('bed.fee.since')} required>
          {(id) => <DayField id={id} value={since} onChange={setSince} />}
        </Field>
        <Field label={t('bed.fee.source')} required>
          {(id) => (
            <Input
              id={id}
              maxLength={300}
              value={source}
              onChange={({ target }) => setSource(target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
