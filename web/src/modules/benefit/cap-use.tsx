import { benefitApi } from '@tongmai/api/benefit'
import type { CapUse } from '@tongmai/api/benefit/insured'
import { careKind } from '@tongmai/api/benefit/rule'
import { Input, InputNumber, Modal, Segmented } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { showYuan } from './money.ts'
import { benefitWords } from './words.ts'

/** What was stated this year of the caps; where nothing was, that it is unknown. */
export function CapUses({ of }: { of: readonly CapUse[] }) {
  const t = useWords(benefitWords)
  const year = showDay(timeNow()).slice(0, 4)
  const own = of.filter(({ asOf }) => asOf.startsWith(year))
  return (
    <>
      <h3 className="tm-quiet">{t('cap.title')}</h3>
      {own.length === 0 && <p className="tm-quiet">{t('cap.unknown')}</p>}
      <ul style={{ margin: 0, paddingLeft: 18 }}>
        {own.map(({ id, kind, asOf, usedFen, source }) => (
          <li key={id}>
            {t('cap.line', { kind: t(`kind.${kind}`), asOf, used: showYuan(usedFen), source })}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Records what the insurer's statement says was used of a yearly cap. */
export function RecordCapUse({ residentId, onClose }: { residentId: string; onClose: () => void }) {
  const t = useWords(benefitWords)
  const tell = useTell()
  const record = useWrite(benefitApi.recordCapUse, {
    touches: [`resident:${residentId}`],
    onDone: () => {
      tell(t('cap.recorded'))
      form.discard()
      onClose()
    },
  })
  const begun = {
    kind: 'inpatient' as CapUse['kind'],
    ...{ asOf: showDay(timeNow()), used: null as number | null, source: '' },
  }
  const form = useForm(`benefit.cap:${residentId}`, begun, record.error)
  const { value, set, problem } = form
  const send = () => {
    const { kind, asOf, used, source } = value
    if (used === null) return
    const body = { kind, asOf, source: source.trim(), usedFen: Math.round(used * 100) }
    record.mutate({ params: { id: residentId }, body })
  }
  return (
    <Modal
      open
      title={t('cap.record')}
      okText={t('cap.record')}
      okButtonProps={{ disabled: value.used === null || !value.source.trim() }}
      confirmLoading={record.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={record.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('kind')}>
          {(id) => (
            <Segmented
              id={id}
              value={value.kind}
              options={careKind.options.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
              onChange={(kind) => set('kind', kind)}
            />
          )}
        </Field>
        <Field label={t('cap.as-of')} required problem={problem('asOf')}>
          {(id) => <DayField id={id} value={value.asOf} onChange={(next) => next && set('asOf', next)} />}
        </Field>
        <Field label={t('cap.used')} required hint={t('cap.hint')} problem={problem('usedFen')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              precision={2}
              style={{ width: '100%' }}
              value={value.used}
              onChange={(used) => set('used', used)}
            />
          )}
        </Field>
        <Field label={t('rules.source')} required hint={t('rules.source-hint')} problem={problem('source')}>
          {(id) => (
            <Input id={id} value={value.source} onChange={({ target }) => set('source', target.value)} />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
