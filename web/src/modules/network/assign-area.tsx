import { governanceApi } from '@tongmai/api/network/governance'
import { Input, Modal } from 'antd'
import { showDay } from '../../kernel/dates.ts'
import { useSession } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findDivisionChoices, findMemberChoices, listDepartmentChoices } from './choice.ts'
import { networkWords } from './words.ts'

interface Draft {
  readonly department: Choice | null
  readonly person: string
  readonly phone: string
  readonly community: Choice | null
  readonly division: Choice | null
  readonly task: string
  readonly since: string | null
  readonly until: string | null
}

/** Makes a department and a person of one's own institution answer for a community or division. */
export function AssignArea({ allianceId, onClose }: { allianceId: string; onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const { now } = useDates()
  const { institution } = useSession()
  const assign = useWrite(governanceApi.assignArea, {
    touches: ['network.area-assigned'],
    onDone: ({ personName }) => {
      tell(t('area.assigned', { name: personName }))
      form.discard()
      onClose()
    },
  })
  const empty: Draft = {
    department: null,
    person: '',
    phone: '',
    community: null,
    division: null,
    task: '',
    since: showDay(now),
    until: null,
  }
  const form = useForm(`network.area:${allianceId}`, empty, assign.error)
  const { value, set, problem } = form
  const { department, person, phone, community, division, task, since, until } = value
  const findDepartments = async (text: string) =>
    institution ? (await listDepartmentChoices(institution.id)).filter((one) => one.label.includes(text)) : []
  const send = () => {
    if (!department || !since) return
    const who = {
      departmentId: department.value,
      practitionerId: null,
      personName: person,
      personPhone: phone.trim() || null,
    }
    const where = { communityId: community?.value ?? null, divisionCode: division?.value ?? null }
    assign.mutate({ body: { allianceId, ...who, ...where, task, since, until } })
  }
  const ready = department && person && task && since && (community || division)
  return (
    <Modal
      open
      width={680}
      title={t('area.assign')}
      okText={t('area.assign')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={assign.isPending}
      okButtonProps={{ disabled: !ready }}
    >
      <RefusalNote refused={assign.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('area.department')} required problem={problem('departmentId')}>
          {(id) => (
            <Picker
              id={id}
              name={`network.department.${institution?.id}`}
              find={findDepartments}
              value={department}
              onChange={(next) => set('department', next)}
            />
          )}
        </Field>
        <Field label={t('area.person')} required problem={problem('personName')}>
          {(id) => <Input id={id} value={person} onChange={({ target }) => set('person', target.value)} />}
        </Field>
        <Field label={t('institution.phone')} problem={problem('personPhone')}>
          {(id) => <Input id={id} value={phone} onChange={({ target }) => set('phone', target.value)} />}
        </Field>
        <Field label={t('area.community')} problem={problem('communityId')}>
          {(id) => (
            <Picker
              id={id}
              name={`network.member.${allianceId}`}
              find={findMemberChoices(allianceId)}
              value={community}
              onChange={(next) => set('community', next)}
            />
          )}
        </Field>
        <Field label={t('institution.division')} problem={problem('divisionCode')}>
          {(id) => (
            <Picker
              id={id}
              name="network.division"
              find={findDivisionChoices}
              value={division}
              onChange={(next) => set('division', next)}
            />
          )}
        </Field>
        <Field label={t('area.task')} required wide problem={problem('task')}>
          {(id) => <Input id={id} value={task} onChange={({ target }) => set('task', target.value)} />}
        </Field>
        <Field label={t('member.since')} required problem={problem('since')}>
          {(id) => <DayField id={id} value={since} onChange={(next) => set('since', next)} />}
        </Field>
        <Field label={t('member.until')} hint={t('member.open-end')} problem={problem('until')}>
          {(id) => <DayField id={id} value={until} onChange={(next) => set('until', next)} />}
        </Field>
      </Fields>
    </Modal>
  )
}
