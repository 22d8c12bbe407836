import { gridApi } from '@tongmai/api/network/grid'
import { ColorPicker, Input, Modal } from 'antd'
import { useGo } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { AllianceSelect } from './alliance-select.tsx'
import { networkWords } from './words.ts'

const empty = { code: '', name: '', colour: '#5B8FB9', allianceId: undefined as string | undefined }

/** Adds an empty grid cell for an alliance that one leads; its page opens for dividing. */
export function AddGrid({ onClose }: { onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const go = useGo()
  const add = useWrite(gridApi.addGrid, {
    touches: ['network.grid-changed'],
    onDone: ({ id, name }) => {
      tell(t('grid.added', { name }))
      form.discard()
      go(`/grids/${id}`)
    },
  })
  const form = useForm('network.add-grid', empty, add.error)
  const { code, name, colour, allianceId } = form.value
  const send = () => allianceId && add.mutate({ body: { code, name, colour, allianceId, divisions: [] } })
  return (
    <Modal
      open
      title={t('grid.add')}
      okText={t('grid.add')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !code || !name || !allianceId }}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('grid.name')} required problem={form.problem('name')}>
          {(id) => <Input id={id} value={name} onChange={({ target }) => form.set('name', target.value)} />}
        </Field>
        <Field label={t('grid.code')} required problem={form.problem('code')}>
          {(id) => <Input id={id} value={code} onChange={({ target }) => form.set('code', target.value)} />}
        </Field>
        <Field label={t('grid.alliance')} required problem={form.problem('allianceId')}>
          {(id) => (
            <AllianceSelect id={id} value={allianceId} onChange={(next) => form.set('allianceId', next)} />
          )}
        </Field>
        <Field label={t('grid.colour')} problem={form.problem('colour')}>
          {() => (
            <ColorPicker
              disabledAlpha
              value={colour}
              onChange={(next) => form.set('colour', next.toHexString())}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
