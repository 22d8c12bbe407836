import { interopApi } from '@tongmai/api/interop'
import type { WholeMessage } from '@tongmai/api/interop/message'
import { Input, Modal } from 'antd'
import { useGo } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { problemWords } from './message-show.ts'
import { interopWords } from './words.ts'

const touches = ['interop.message']

/** A corrected copy of a message in error, put to work; its own page says what becomes of it. The original stays as it came. */
export function MendMessage({ of, onClose }: { of: WholeMessage; onClose: () => void }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const go = useGo()
  const mend = useWrite(interopApi.mendMessage, {
    touches,
    onDone: ({ id }) => {
      tell(t('message.mended'))
      form.discard()
      onClose()
      go(`/messages/${id}`)
    },
  })
  const title = t(of.direction === 'out' ? 'message.mend-and-send' : 'message.mend')
  const lines = of.text.replaceAll(/\r\n|\r/g, '\n')
  const form = useForm(`interop.mend:${of.id}`, { text: lines, note: '' }, mend.error)
  const { value, set, problem } = form
  return (
    <Modal
      open
      width={900}
      title={title}
      okText={title}
      onOk={() =>
        mend.mutate({
          params: { id: of.id },
          body: { text: value.text.replaceAll('\n', '\r'), note: value.note },
        })
      }
      onCancel={onClose}
      confirmLoading={mend.isPending}
      okButtonProps={{ disabled: !value.note.trim() || !value.text.trim() }}
    >
      <RefusalNote refused={mend.error} />
      <DraftNote form={form} />
      {of.problem && <p className="tm-bad">{problemWords(t, of.problem)}</p>}
      <Fields columns={1}>
        <Field label={t('message.text')} required problem={problem('text')}>
          {(id) => (
            <Input.TextArea
              id={id}
              className="tm-message"
              autoSize={{ minRows: 8, maxRows: 20 }}
              value={value.text}
              onChange={({ target }) => set('text', target.value)}
            />
          )}
        </Field>
        <Field label={t('message.note')} hint={t('message.note-hint')} required problem={problem('note')}>
          {(id) => <Input id={id} value={value.note} onChange={({ target }) => set('note', target.value)} />}
        </Field>
      </Fields>
    </Modal>
  )
}

/** Takes a message in error off the list, with the reason. */
export function SetAside({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const aside = useWrite(interopApi.setMessageAside, {
    touches,
    onDone: () => {
      tell(t('message.set-aside-done'))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`interop.aside:${id}`, { note: '' }, aside.error)
  const { value, set, problem } = form
  return (
    <Modal
      open
      title={t('message.set-aside')}
      okText={t('message.set-aside')}
      onOk={() => aside.mutate({ params: { id }, body: value })}
      onCancel={onClose}
      confirmLoading={aside.isPending}
      okButtonProps={{ disabled: !value.note.trim() }}
    >
      <RefusalNote refused={aside.error} />
      <Field label={t('message.note')} hint={t('message.set-aside-hint')} required problem={problem('note')}>
        {(field) => (
          <Input id={field} value={value.note} onChange={({ target }) => set('note', target.value)} />
        )}
      </Field>
    </Modal>
  )
}
