import { allianceApi, cooperationGrade, layer, type Member } from '@tongmai/api/network/alliance'
import { Modal, Select } from 'antd'
import { useState } from 'react'
import { showDay } from '../../kernel/dates.ts'
import type { Refused } from '../../kernel/refused.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findInstitutionChoices } from './choice.ts'
import { networkWords } from './words.ts'

interface Place {
  readonly role: 'member' | 'partner'
  readonly layer: Member['layer']
  readonly grade: Member['grade']
  readonly since: string | null
  readonly until: string | null
}
const roles = ['member', 'partner'] as const

function PlaceFields({ form, refused }: { form: FormState<Place>; refused: Refused | null }) {
  const t = useWords(networkWords)
  const { value, set, problem } = form
  return (
    <>
      <RefusalNote refused={refused} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('member.role')} required problem={problem('role')}>
          {(id) => (
            <Select
              id={id}
              value={value.role}
              onChange={(next) => set('role', next)}
              options={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
            />
          )}
        </Field>
        <Field label={t('member.layer')} required problem={problem('layer')}>
          {(id) => (
            <Select
              id={id}
              value={value.layer}
              onChange={(next) => set('layer', next)}
              options={layer.options.map((one) => ({ value: one, label: t(`layer.${one}`) }))}
            />
          )}
        </Field>
        <Field label={t('member.grade')} required problem={problem('grade')}>
          {(id) => (
            <Select
              id={id}
              value={value.grade}
              onChange={(next) => set('grade', next)}
              options={cooperationGrade.options.map((one) => ({
                value: one,
                label: t(`cooperation.${one}`),
              }))}
            />
          )}
        </Field>
        <Field label={t('member.since')} required problem={problem('since')}>
          {(id) => <DayField id={id} value={value.since} onChange={(next) => set('since', next)} />}
        </Field>
        <Field label={t('member.until')} hint={t('member.open-end')} problem={problem('until')}>
          {(id) => <DayField id={id} value={value.until} onChange={(next) => set('until', next)} />}
        </Field>
      </Fields>
    </>
  )
}

/** Takes an institution into the alliance. */
export function AddMember({ allianceId, onClose }: { allianceId: string; onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const { now } = useDates()
  const [chosen, setChosen] = useState<Choice | null>(null)
  const add = useWrite(allianceApi.addMember, {
    touches: [`alliance:${allianceId}`],
    onDone: () => {
      tell(t('member.added', { name: chosen?.label ?? '' }))
      form.discard()
      onClose()
    },
  })
  const empty: Place = { role: 'member', layer: 'inCity', grade: 'tight', since: showDay(now), until: null }
  const form = useForm(`network.member:${allianceId}`, empty, add.error)
  const { since } = form.value
  const send = () =>
    chosen &&
    since &&
    add.mutate({ params: { id: allianceId }, body: { ...form.value, since, institutionId: chosen.value } })
  return (
    <Modal
      open
      width={640}
      title={t('member.add')}
      okText={t('member.add')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !chosen || !since }}
    >
      <Field label={t('institution')} required>
        {(id) => (
          <Picker
            id={id}
            name="network.institution"
            find={findInstitutionChoices}
            value={chosen}
            onChange={setChosen}
          />
        )}
      </Field>
      <PlaceFields form={form} refused={add.error} />
    </Modal>
  )
}

/** Adjusts layer, grade or role from a day on; the days before keep theirs. */
export function AdjustMember({ of, onClose }: { of: Member; onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const { now } = useDates()
  const change = useWrite(allianceApi.changeMember, {
    touches: [`alliance:${of.allianceId}`],
    onDone: ({ since }) => {
      tell(t('member.changed', { since }))
      form.discard()
      onClose()
    },
  })
  const { id, layer: within, grade, until, version } = of
  const role = of.role === 'partner' ? 'partner' : 'member'
  const own: Place = { role, layer: within, grade, since: showDay(now), until }
  const form = useForm(`network.member:${id}:${version}`, own, change.error)
  const { since } = form.value
  const send = () => since && change.mutate({ params: { id }, body: { ...form.value, since, version } })
  return (
    <Modal
      open
      width={640}
      title={`${of.shortName} · ${t('member.change')}`}
      okText={t('save')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={change.isPending}
      okButtonProps={{ disabled: !since }}
    >
      <PlaceFields form={form} refused={change.error} />
    </Modal>
  )
}
