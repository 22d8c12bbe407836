import { referralApi } from '@tongmai/api/referral'
import { type CannedReply, type ReplyUse, replyUse } from '@tongmai/api/referral/rule'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { webWords } from '../../kernel/web-words.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { findDepartments } from './choice.ts'
import { referralWords } from './words.ts'

/** The ready sentences of my institution, by use and department. */
export function ReplyPage() {
  const t = useWords(referralWords)
  const may = useMay()('referral.answer')
  const confirm = useConfirm()
  const read = useRead(referralApi.listReplies, { query: {} }, { live: ['canned-reply'] })
  const remove = useWrite(referralApi.removeReply, { touches: ['canned-reply'] })
  const [edited, setEdited] = useState<CannedReply | 'new' | null>(null)
  const columns: Column<CannedReply>[] = [
    { key: 'use', title: t('reply.use'), width: 120, cell: ({ use }) => t(`use.${use}`) },
    {
      key: 'department',
      title: t('department'),
      width: 160,
      cell: ({ department }) => department ?? t('reply.all'),
    },
    { key: 'text', title: t('reply.text'), cell: ({ text }) => text },
    {
      key: 'act',
      title: '',
      width: 140,
      align: 'right',
      cell: (row) =>
        may && (
          <>
            <Button size="small" type="text" onClick={() => setEdited(row)}>
              {t('reply.edit')}
            </Button>
            <Button
              size="small"
              type="text"
              danger
              onClick={() =>
                confirm({
                  label: t('reply.remove'),
                  danger: true,
                  confirm: t('reply.remove-sure'),
                  run: () => remove.mutate({ params: { id: row.id } }),
                })
              }
            >
              {t('reply.remove')}
            </Button>
          </>
        ),
    },
  ]
  return (
    <Page
      title={t('reply.title')}
      hint={t('reply.hint')}
      actions={may && <Button onClick={() => setEdited('new')}>{t('reply.add')}</Button>}
    >
      <Card flush>
        <Loaded read={read} rows={5}>
          {(rows) =>
            rows.length === 0 ? (
              <Nothing title={t('reply.empty')} hint={t('reply.empty-hint')} />
            ) : (
              <Table label={t('reply.title')} columns={columns} rows={rows} keyOf={(row) => row.id} />
            )
          }
        </Loaded>
      </Card>
      {edited && <ReplyDialog reply={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

interface Typed {
  readonly use: ReplyUse
  readonly department: Choice | null
  readonly text: string
}

function ReplyDialog({ reply, onClose }: { reply: CannedReply | null; onClose: () => void }) {
  const t = useWords(referralWords)
  const w = useWords(webWords)
  const { institution } = useSession()
  const done = {
    touches: ['canned-reply'],
    onDone: () => {
      form.discard()
      onClose()
    },
  }
  const write = useWrite(referralApi.writeReply, done)
  const change = useWrite(referralApi.changeReply, done)
  const begun: Typed = { use: reply?.use ?? 'askSupplement', department: null, text: reply?.text ?? '' }
  const form = useForm<Typed>(`referral.reply:${reply?.id ?? 'new'}`, begun, write.error ?? change.error)
  const { use, department, text } = form.value
  const save = () =>
    reply
      ? change.mutate({ params: { id: reply.id }, body: { text } })
      : write.mutate({ body: { use, departmentId: department?.value ?? null, text } })
  return (
    <Modal
      open
      title={t('reply.title')}
      okText={t('reply.save')}
      cancelText={w('act.cancel')}
      okButtonProps={{ disabled: !text.trim(), loading: write.isPending || change.isPending }}
      onOk={save}
      onCancel={onClose}
    >
      <DraftNote form={form} />
      <Fields columns={1}>
        {!reply && (
          <>
            <Field label={t('reply.use')}>
              {(id) => (
                <Select
                  id={id}
                  value={use}
                  options={replyUse.options.map((value) => ({ value, label: t(`use.${value}`) }))}
                  onChange={(next) => form.set('use', next)}
                />
              )}
            </Field>
            <Field label={t('department')}>
              {(id) => (
                <Picker
                  id={id}
                  name="reply.department"
                  find={findDepartments(institution?.id)}
                  value={department}
                  onChange={(next) => form.set('department', next)}
                />
              )}
            </Field>
          </>
        )}
        <Field label={t('reply.text')} required>
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 6 }}
              value={text}
              onChange={({ target }) => form.set('text', target.value)}
            />
          )}
        </Field>
      </Fields>
      <RefusalNote refused={write.error ?? change.error} />
    </Modal>
  )
}
