import { workforceApi } from '@tongmai/api/workforce'
import { type Team, teamKind } from '@tongmai/api/workforce/duty'
import { Input, Modal, Select } from 'antd'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { StaffChoice, useStaffSearch } from './staff-choice.tsx'
import { workforceWords } from './words.ts'

const formOf = (team: Team | null) => ({
  name: team?.name ?? '',
  kind: team?.kind ?? ('gp' as const),
  phone: team?.phone ?? '',
  leaderId: team?.members.find((one) => one.leads)?.practitionerId ?? null,
  memberIds: team?.members.filter((one) => !one.leads).map((one) => one.practitionerId) ?? [],
})

/** Forms a team, or changes one. */
export function TeamForm({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const t = useWords(workforceWords)
  const tell = useTell()
  const staff = useStaffSearch()
  const done = {
    touches: ['workforce.team'],
    onDone: () => {
      tell(t('team.saved'))
      form.discard()
      onClose()
    },
  }
  const add = useWrite(workforceApi.addTeam, done)
  const edit = useWrite(workforceApi.editTeam, done)
  const refused = add.error ?? edit.error
  const form = useForm(`workforce.team:${team ? `${team.id}:${team.version}` : 'new'}`, formOf(team), refused)
  const { value, set, problem } = form
  const send = () => {
    const { leaderId, phone, ...rest } = value
    if (!leaderId) return
    const body = { ...rest, leaderId, phone: phone.trim() || null }
    if (team) edit.mutate({ params: { id: team.id }, body: { ...body, version: team.version } })
    else add.mutate({ body: { ...body, since: showDay(timeNow()) } })
  }
  const title = t(team ? 'team.edit' : 'team.add')
  return (
    <Modal
      open
      title={title}
      okText={title}
      onOk={send}
      onCancel={onClose}
      confirmLoading={add.isPending || edit.isPending}
      okButtonProps={{ disabled: !value.name.trim() || !value.leaderId }}
    >
      <RefusalNote refused={refused} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('team.name')} required problem={problem('name')}>
          {(id) => <Input id={id} value={value.name} onChange={(event) => set('name', event.target.value)} />}
        </Field>
        <Field label={t('team.kind')} required>
          {(id) => (
            <Select
              id={id}
              value={value.kind}
              options={teamKind.options.map((one) => ({ value: one, label: t(`team.kind.${one}`) }))}
              onChange={(next) => set('kind', next)}
            />
          )}
        </Field>
        <Field label={t('team.leader')} required problem={problem('leaderId')}>
          {(id) => <StaffChoice id={id} value={value.leaderId} onChange={(next) => set('leaderId', next)} />}
        </Field>
        <Field label={t('team.members')} problem={problem('memberIds')}>
          {(id) => (
            <Select
              {...staff}
              id={id}
              mode="multiple"
              value={value.memberIds}
              options={staff.options.filter((one) => one.value !== value.leaderId)}
              onChange={(next) => set('memberIds', next)}
            />
          )}
        </Field>
        <Field label={t('staff.phone')} problem={problem('phone')}>
          {(id) => (
            <Input id={id} value={value.phone} onChange={(event) => set('phone', event.target.value)} />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
