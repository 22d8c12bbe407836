import {
  type Department,
  type InstitutionPage,
  institutionApi,
  type Specialty,
  specialty,
} from '@tongmai/api/network/institution'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { networkWords } from './words.ts'

/** The departments of an institution; its own administrator opens and closes them. */
export function DepartmentCard({ of }: { of: InstitutionPage }) {
  const t = useWords(networkWords)
  const [adding, setAdding] = useState(false)
  const add = of.mayChange && <Button onClick={() => setAdding(true)}>{t('department.add')}</Button>
  return (
    <Card title={`${t('departments')} ${of.departments.length}`} extra={add} flush>
      {of.departments.length === 0 ? (
        <Nothing title={t('department.none')} />
      ) : (
        <Table
          label={t('departments')}
          rows={of.departments}
          keyOf={({ id }) => id}
          columns={[
            { key: 'name', title: t('department.name'), cell: (one) => <b>{one.name}</b> },
            { key: 'code', title: t('institution.code'), cell: (one) => one.code },
            {
              key: 'specialty',
              title: t('department.specialty'),
              cell: (one) => t(`specialty.${one.specialty}`),
            },
            { key: 'phone', title: t('institution.phone'), cell: (one) => one.phone ?? '—' },
            {
              key: 'act',
              title: '',
              align: 'right',
              cell: (one) => of.mayChange && <Close department={one} />,
            },
          ]}
        />
      )}
      {adding && <AddDepartment institutionId={of.id} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function Close({ department }: { department: Department }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const confirm = useConfirm()
  const onError = useTellRefused()
  const { id, name, version } = department
  const close = useWrite(institutionApi.closeDepartment, {
    touches: ['network.department-changed'],
    onDone: () => tell(t('department.closed-now', { name })),
  })
  const run = () => close.mutate({ params: { id }, body: { version } }, { onError })
  return (
    <Button
      type="text"
      danger
      loading={close.isPending}
      onClick={() =>
        confirm({
          label: `${t('department.close')} ${name}`,
          confirm: t('department.close-confirm'),
          danger: true,
          run,
        })
      }
    >
      {t('department.close')}
    </Button>
  )
}

const empty = { code: '', name: '', specialty: null as Specialty | null, phone: '' }

function AddDepartment({ institutionId, onClose }: { institutionId: string; onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const add = useWrite(institutionApi.addDepartment, {
    touches: ['network.department-changed'],
    onDone: ({ name }) => {
      tell(t('department.added', { name }))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`network.department:${institutionId}`, empty, add.error)
  const { code, name, specialty: chosen, phone } = form.value
  const send = () =>
    chosen &&
    add.mutate({
      params: { id: institutionId },
      body: { code, name, specialty: chosen, phone: phone.trim() || null },
    })
  return (
    <Modal
      open
      title={t('department.add')}
      okText={t('department.add')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !code || !name || !chosen }}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('department.name')} required problem={form.problem('name')}>
          {(id) => <Input id={id} value={name} onChange={({ target }) => form.set('name', target.value)} />}
        </Field>
        <Field label={t('institution.code')} required problem={form.problem('code')}>
          {(id) => <Input id={id} value={code} onChange={({ target }) => form.set('code', target.value)} />}
        </Field>
        <Field label={t('department.specialty')} required problem={form.problem('specialty')}>
          {(id) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              value={chosen}
              onChange={(next) => form.set('specialty', next)}
              options={specialty.options.map((value) => ({ value, label: t(`specialty.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('institution.phone')} problem={form.problem('phone')}>
          {(id) => <Input id={id} value={phone} onChange={({ target }) => form.set('phone', target.value)} />}
        </Field>
      </Fields>
    </Modal>
  )
}
