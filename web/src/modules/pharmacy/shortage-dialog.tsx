import { pharmacyApi } from '@tongmai/api/pharmacy'
import type { Shortage, ShortageMove } from '@tongmai/api/pharmacy/shortage'
import { Input, Modal, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { pharmacyWords } from './words.ts'

interface Props {
  readonly of: Shortage
  readonly move: ShortageMove
  readonly onClose: () => void
}

/** One move of a shortage with what it asks for: when it is expected, what is taken instead, why it cannot be had. */
export function ShortageDialog({ of, move, onClose }: Props) {
  const t = useWords(pharmacyWords)
  const tell = useTell()
  const done = {
    touches: ['pharmacy', 'case'],
    onDone: () => {
      tell(t('shortage.done', { move: t(`shortage.move.${move}`) }))
      form.discard()
      onClose()
    },
  }
  const writes = {
    procure: useWrite(pharmacyApi.procureMedicine, done),
    arrive: useWrite(pharmacyApi.arriveMedicine, done),
    replace: useWrite(pharmacyApi.replaceMedicine, done),
    giveUp: useWrite(pharmacyApi.giveUpMedicine, done),
    collect: useWrite(pharmacyApi.collectMedicine, done),
  }
  const { error, isPending } = writes[move]
  const begun = {
    expectedOn: showDay(timeNow()) as string | null,
    ...{ alternativeId: null as string | null, note: '' },
  }
  const form = useForm(`pharmacy.${move}:${of.id}`, begun, error)
  const { value, set, problem } = form
  const send = () => {
    const params = { id: of.id }
    const { expectedOn, alternativeId, note } = value
    if (move === 'procure' && expectedOn) writes.procure.mutate({ params, body: { expectedOn, note } })
    else if (move === 'replace' && alternativeId)
      writes.replace.mutate({ params, body: { alternativeId, note } })
    else if (move === 'arrive' || move === 'giveUp' || move === 'collect')
      writes[move].mutate({ params, body: { note } })
  }
  const isWhole = { replace: value.alternativeId !== null, giveUp: value.note.trim() !== '' }
  const label = t(`shortage.move.${move}`)
  return (
    <Modal
      open
      title={`${label}：${of.medicine.name}`}
      okText={label}
      okButtonProps={{ disabled: move in isWhole && !isWhole[move as 'replace'] }}
      confirmLoading={isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        {move === 'procure' && (
          <Field label={t('shortage.expected-on')} required problem={problem('expectedOn')}>
            {(id) => (
              <DayField id={id} value={value.expectedOn} onChange={(next) => set('expectedOn', next)} />
            )}
          </Field>
        )}
        {move === 'replace' && (
          <Alternatives
            of={of}
            value={value.alternativeId}
            problem={problem('alternativeId')}
            onChange={(next) => set('alternativeId', next)}
          />
        )}
        <Field label={t('shortage.note')} required={move === 'giveUp'} problem={problem('note')}>
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 6 }}
              value={value.note}
              onChange={({ target }) => set('note', target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}

interface AlternativeProps {
  readonly of: Shortage
  readonly value: string | null
  readonly problem: string | undefined
  readonly onChange: (id: string) => void
}

/** What the institution has of the same category. */
function Alternatives({ of, value, problem, onChange }: AlternativeProps) {
  const t = useWords(pharmacyWords)
  const query = { institutionId: of.institutionId, names: of.medicine.name }
  const read = useRead(pharmacyApi.readAvailability, { query })
  const found = (read.data ?? []).flatMap(({ alternatives }) => alternatives)
  return (
    <Field
      label={t('shortage.alternative')}
      required
      problem={problem}
      hint={read.data && found.length === 0 ? t('gap.nothing-instead') : undefined}
    >
      {(id) => (
        <Select<string>
          id={id}
          value={value}
          options={found.map(({ drugId, name }) => ({ value: drugId, label: name }))}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
