import { type Mastery, techniqueApi } from '@tongmai/api/technique'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { To } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { techniqueWords } from './words.ts'

interface Props {
  readonly filter: { techniqueId?: string; institutionId?: string; practitionerId?: string }
  /** What the first column names: the other side is known from the page. */
  readonly by: 'institution' | 'technique'
}

/** Who is or was signed off; the hospital that signed can withdraw. */
export function MasteryTable({ filter, by }: Props) {
  const t = useWords(techniqueWords)
  const [withdrawing, setWithdrawing] = useState<Mastery>()
  const read = useRead(
    techniqueApi.listMasteries,
    { query: { ...filter, limit: 200 } },
    { live: ['technique'] },
  )
  const columns = useColumns(by, setWithdrawing)
  return (
    <Loaded read={read}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing
            title={t(by === 'institution' ? 'masters-none' : 'own-none')}
            hint={t('masters-none-hint')}
          />
        ) : (
          <>
            <Table label={t('masters')} columns={columns} rows={items} keyOf={({ id }) => id} />
            {withdrawing && <Withdraw of={withdrawing} onClose={() => setWithdrawing(undefined)} />}
          </>
        )
      }
    </Loaded>
  )
}

function useColumns(by: Props['by'], onWithdraw: (mastery: Mastery) => void): Column<Mastery>[] {
  const t = useWords(techniqueWords)
  const first: Column<Mastery> =
    by === 'institution'
      ? {
          key: 'institution',
          title: t('institution'),
          cell: (one) => <To to={`/institutions/${one.institutionId}`}>{one.institutionName}</To>,
        }
      : {
          key: 'technique',
          title: t('name'),
          cell: (one) => <To to={`/techniques/${one.techniqueId}`}>{one.techniqueName}</To>,
        }
  return [
    first,
    { key: 'department', title: t('department'), cell: (one) => one.departmentName },
    {
      key: 'practitioner',
      title: t('practitioner'),
      cell: (one) =>
        one.practitionerId ? (
          <To to={`/practitioners/${one.practitionerId}`}>{one.practitionerName ?? '—'}</To>
        ) : (
          t('whole-department')
        ),
    },
    { key: 'since', title: t('since'), short: true, wide: true, cell: (one) => one.since },
    { key: 'until', title: t('until'), short: true, cell: (one) => one.until ?? t('no-end') },
    {
      key: 'signed',
      title: t('signed'),
      wide: true,
      cell: (one) => (
        <>
          {t('signed-by', { teacher: one.teacherName, name: one.signerName })}
          {one.filing && <div className="tm-quiet">{one.filing}</div>}
          {one.evidence && <div className="tm-quiet">{one.evidence.name}</div>}
        </>
      ),
    },
    {
      key: 'state',
      title: t('state-title'),
      cell: (one) => (
        <>
          <StateTag tone={one.state === 'live' ? 'good' : 'idle'}>{t(`state.${one.state}`)}</StateTag>
          {one.endedReason && <div className="tm-quiet">{one.endedReason}</div>}
        </>
      ),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (one) =>
        one.mayWithdraw && (
          <Button type="text" danger onClick={() => onWithdraw(one)}>
            {t('withdraw')}
          </Button>
        ),
    },
  ]
}

function Withdraw({ of, onClose }: { of: Mastery; onClose: () => void }) {
  const t = useWords(techniqueWords)
  const tell = useTell()
  const withdraw = useWrite(techniqueApi.withdrawMastery, {
    touches: ['technique'],
    onDone: () => {
      tell(t('withdrawn'))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`technique.withdraw:${of.id}`, { reason: '' }, withdraw.error)
  return (
    <Modal
      open
      title={t('withdraw-title', { name: `${of.institutionName} ${of.techniqueName}` })}
      okText={t('withdraw')}
      okButtonProps={{ danger: true, disabled: !form.value.reason.trim() }}
      onOk={() => withdraw.mutate({ params: { id: of.id }, body: form.value })}
      onCancel={onClose}
      confirmLoading={withdraw.isPending}
    >
      <p className="tm-quiet">{t('withdraw-hint')}</p>
      <RefusalNote refused={withdraw.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('reason')} required problem={form.problem('reason')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={2}
              value={form.value.reason}
              onChange={({ target }) => form.set('reason', target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
