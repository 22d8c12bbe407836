import { residentApi } from '@tongmai/api/resident'
import type { OpenedResident, ResidentCard } from '@tongmai/api/resident/person'
import { Alert, Button, Modal } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { emptyPerson, PersonFields, registrationOf } from './person-fields.tsx'
import { residentWords } from './words.ts'

/** Gives an unknown person name and documents; where they are somebody else's, a link can be proposed. */
export function IdentifyResident({ resident, onClose }: { resident: OpenedResident; onClose: () => void }) {
  const t = useWords(residentWords)
  const tell = useTell()
  const { id } = resident
  const identify = useWrite(residentApi.identify, {
    touches: ['resident', `resident:${id}`],
    onDone: () => {
      tell(t('unknown.identified'))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`resident.identify:${id}`, emptyPerson, identify.error)
  const other = identify.error?.details.other as ResidentCard | undefined
  return (
    <Modal
      open
      width={760}
      title={t('unknown.identify')}
      okText={t('unknown.identify')}
      onOk={() => identify.mutate({ params: { id }, body: registrationOf(form.value) })}
      onCancel={onClose}
      confirmLoading={identify.isPending}
      okButtonProps={{ disabled: !form.value.name.trim() || !form.value.number.trim() }}
    >
      {other ? (
        <Other residentId={id} other={other} onDone={onClose} />
      ) : (
        <RefusalNote refused={identify.error} />
      )}
      <DraftNote form={form} />
      <PersonFields form={form} />
    </Modal>
  )
}

function Other({
  residentId,
  other,
  onDone,
}: {
  residentId: string
  other: ResidentCard
  onDone: () => void
}) {
  const t = useWords(residentWords)
  const tell = useTell()
  const onError = useTellRefused()
  const link = useWrite(residentApi.proposeLink, {
    onDone: () => {
      tell(t('link.done'))
      onDone()
    },
  })
  const body = { otherId: other.id, note: t('link.why') }
  const act = (
    <Button
      loading={link.isPending}
      onClick={() => link.mutate({ params: { id: residentId }, body }, { onError })}
    >
      {t('link.propose')}
    </Button>
  )
  const line = [other.nameMasked, other.birthDate, other.idMasked].filter(Boolean).join(' · ')
  return <Alert type="warning" showIcon title={t('link.why')} description={line} action={act} />
}
