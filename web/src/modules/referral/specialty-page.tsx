import { referralApi } from '@tongmai/api/referral'
import type { SpecialtyLine } from '@tongmai/api/referral/specialty'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useMay } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { webWords } from '../../kernel/web-words.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { WholeTable } from '../../ui/whole-table.tsx'
import { clinical } from './clinical.ts'
import { rangeOf } from './diagnosis-range.ts'
import { referralWords } from './words.ts'

/** Which specialty a diagnosis proposes when a referral is written; the office says otherwise from a day on. */
export function SpecialtyPage() {
  const t = useWords(referralWords)
  const may = useMay()
  const [edited, setEdited] = useState<SpecialtyLine | 'new' | null>(null)
  const read = useRead(referralApi.listSpecialties, {}, { live: ['referral-specialty'] })
  return (
    <Page
      title={t('specialty.title')}
      hint={t('specialty.hint')}
      actions={may('referral.rule') && <Button onClick={() => setEdited('new')}>{t('specialty.new')}</Button>}
    >
      <WholeTable
        label={t('specialty.title')}
        columns={useColumns(may('referral.rule') ? setEdited : undefined)}
        read={read}
        rows={read.data ?? []}
        keyOf={(r) => `${r.first} ${r.last} ${r.since}`}
        empty={<Nothing title={t('specialty.empty')} />}
      />
      {edited && <LineDialog line={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function useColumns(onEdit?: (line: SpecialtyLine) => void): Column<SpecialtyLine>[] {
  const t = useWords(referralWords)
  const say = useSay()
  return [
    {
      key: 'range',
      title: t('specialty.range'),
      width: 130,
      cell: rangeOf,
    },
    {
      key: 'specialty',
      title: t('routing.specialty'),
      width: 150,
      cell: (r) => (r.specialty ? say(`network.specialty.${r.specialty}`) : t('specialty.none')),
    },
    {
      key: 'since',
      title: t('rule.since'),
      width: 190,
      cell: (r) => (
        <span className="tm-quiet">
          {r.since}
          {r.until && ` – ${r.until}`}
        </span>
      ),
    },
    { key: 'source', title: t('rule.source'), cell: (r) => r.source },
    {
      key: 'act',
      title: '',
      width: 110,
      align: 'right',
      cell: (r) =>
        onEdit &&
        !r.until && (
          <Button size="small" onClick={() => onEdit(r)}>
            {t('rule.edit')}
          </Button>
        ),
    },
  ]
}

const nothing = { first: '', last: '', specialty: null, source: '', since: null }
type Typed = Pick<SpecialtyLine, 'first' | 'last' | 'specialty' | 'source'> & { since: string | null }

/** A version of one range: a known one keeps its range, a new one says its own. */
function LineDialog({ line, onClose }: { line: SpecialtyLine | null; onClose: () => void }) {
  const t = useWords(referralWords)
  const w = useWords(webWords)
  const say = useSay()
  const tell = useTell()
  const write = useWrite(referralApi.writeSpecialty, {
    touches: ['referral-specialty'],
    onDone: () => {
      tell(t('specialty.saved'))
      form.discard()
      onClose()
    },
  })
  const { first, last, specialty } = line ?? nothing
  const key = `referral.specialty:${line ? first + last : 'new'}`
  const form = useForm<Typed>(key, { ...nothing, first, last, specialty }, write.error)
  const { since, ...rest } = form.value
  const ready = rest.first.length === 3 && rest.last.length === 3 && rest.source.trim() && since
  const code = (name: 'first' | 'last') => (
    <Field label={t(`specialty.${name}`)} required problem={form.problem(name)}>
      {(id) => (
        <Input
          id={id}
          maxLength={3}
          disabled={line !== null}
          value={rest[name]}
          onChange={({ target }) => form.set(name, target.value.toUpperCase())}
        />
      )}
    </Field>
  )
  return (
    <Modal
      open
      title={t(line ? 'rule.edit' : 'specialty.new')}
      okText={t('rule.save')}
      cancelText={w('act.cancel')}
      okButtonProps={{ disabled: !ready, loading: write.isPending }}
      onOk={() => write.mutate({ body: { ...rest, since: since ?? '' } })}
      onCancel={onClose}
    >
      <DraftNote form={form} />
      <Fields>
        {code('first')}
        {code('last')}
        <Field label={t('routing.specialty')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={t('specialty.none')}
              showSearch={{ optionFilterProp: 'label' }}
              value={rest.specialty}
              options={clinical.map((value) => ({ value, label: say(`network.specialty.${value}`) }))}
              onChange={(next) => form.set('specialty', next ?? null)}
            />
          )}
        </Field>
        <Field label={t('rule.since')} required problem={form.problem('since')}>
          {(id) => <DayField id={id} value={since} onChange={(day) => form.set('since', day)} />}
        </Field>
        <Field label={t('rule.source')} required wide problem={form.problem('source')}>
          {(id) => (
            <Input id={id} value={rest.source} onChange={({ target }) => form.set('source', target.value)} />
          )}
        </Field>
      </Fields>
      <RefusalNote refused={write.error} />
    </Modal>
  )
}
