import { referralApi } from '@tongmai/api/referral'
import { Checkbox, Segmented } from 'antd'
import { useSession } from '../../kernel/session.tsx'
import type { FormState } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Picker } from '../../ui/picker.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import { findDepartments, findDoctors, findReceivers, isUnnamed } from './choice.ts'
import type { Typed } from './typed.ts'
import { referralWords } from './words.ts'

const sentByUs = { entered: false, sender: null, senderDoctor: null } as const

/** Where to, with whom, how soon. */
export function TargetFields({
  form,
  choosesDirection,
}: {
  form: FormState<Typed>
  choosesDirection: boolean
}) {
  const t = useWords(referralWords)
  const { to, department, doctor, direction } = form.value
  const down = direction === 'down'
  return (
    <Fields>
      {choosesDirection && (
        <Field label={t('direction')}>
          {(id) => (
            <Segmented
              id={id}
              value={direction}
              onChange={(next) => form.change({ direction: next, ...(next === 'down' ? sentByUs : {}) })}
              options={(['up', 'sideways', 'down'] as const).map((value) => ({
                value,
                label: t(`direction.${value}`),
              }))}
            />
          )}
        </Field>
      )}
      {choosesDirection && !down && <WhoWrites form={form} />}
      {form.value.entered ? <SenderFields form={form} /> : <Receiver form={form} />}
      {!down && (
        <Field label={t('department')} problem={form.problem('toDepartmentId')}>
          {(id) => (
            <Picker
              id={id}
              name={`referral.department.${to?.value}`}
              find={findDepartments(to?.value)}
              value={department}
              disabled={!to}
              onChange={(next) => form.set('department', next)}
            />
          )}
        </Field>
      )}
      <Field
        label={t(down ? 'back.doctor' : form.value.entered ? 'case.treating' : 'form.wanted-doctor')}
        problem={form.problem('toPractitionerId')}
        required={down}
      >
        {(id, invalid) => (
          <Picker
            id={id}
            name={`referral.doctor.${to?.value}`}
            find={findDoctors(to?.value)}
            value={doctor}
            disabled={!to}
            invalid={invalid}
            onChange={(next) => form.set('doctor', next)}
          />
        )}
      </Field>
      {!down && !form.value.entered && (
        <Field label={t('form.wanted-on')} problem={form.problem('wantedOn')}>
          {(id) => (
            <DayField id={id} value={form.value.wantedOn} onChange={(day) => form.set('wantedOn', day)} />
          )}
        </Field>
      )}
      <Field label={t('urgency')}>
        {(id) => (
          <Segmented
            id={id}
            value={form.value.urgency}
            onChange={(level) => form.set('urgency', level)}
            options={(['routine', 'urgent', 'emergency'] as const).map((value) => ({
              value,
              label: t(`urgency.${value}`),
            }))}
          />
        )}
      </Field>
      {form.value.urgency === 'emergency' && !form.value.entered && (
        <Checkbox
          checked={form.value.retroEntry}
          onChange={({ target }) => form.set('retroEntry', target.checked)}
        >
          {t('form.retro')}
        </Checkbox>
      )}
    </Fields>
  )
}

/** The ordinary way, or afterwards for a patient who has come to us without paper. */
function WhoWrites({ form }: { form: FormState<Typed> }) {
  const t = useWords(referralWords)
  const { institution } = useSession()
  const nowhere = { to: null, department: null, doctor: null }
  const here = institution && { value: institution.id, label: institution.name }
  return (
    <Field label={t('entry.who')}>
      {(id) => (
        <Segmented
          id={id}
          value={form.value.entered}
          onChange={(entered) =>
            form.change(entered ? { ...nowhere, entered, to: here ?? null } : { ...nowhere, ...sentByUs })
          }
          options={[
            { value: false, label: t('entry.sent') },
            { value: true, label: t('entry.came') },
          ]}
        />
      )}
    </Field>
  )
}

/** A member, an institution outside that is known, or one that is entered by the name that was typed. */
function Receiver({ form }: { form: FormState<Typed> }) {
  const t = useWords(referralWords)
  const put = (to: Typed['to']) => form.change({ to, department: null, doctor: null })
  const name = useWrite(referralApi.nameOutside, {
    touches: ['network'],
    onDone: (one) => put({ value: one.id, label: one.name }),
  })
  return (
    <Field label={t('to')} problem={form.problem('toInstitutionId')} required>
      {(id, invalid) => (
        <Picker
          id={id}
          name="referral.to"
          find={findReceivers}
          value={form.value.to}
          invalid={invalid}
          disabled={name.isPending}
          onChange={(next) =>
            next && isUnnamed(next) ? name.mutate({ body: { name: next.label } }) : put(next)
          }
        />
      )}
    </Field>
  )
}

/** Who sent the patient: they are asked to confirm it. */
function SenderFields({ form }: { form: FormState<Typed> }) {
  const t = useWords(referralWords)
  const { sender, senderDoctor } = form.value
  return (
    <>
      <Field label={t('from')} problem={form.problem('sender.institutionId')} required>
        {(id, invalid) => (
          <Picker
            id={id}
            name="referral.sender"
            find={findInstitutionChoices}
            value={sender}
            invalid={invalid}
            onChange={(next) => form.change({ sender: next, senderDoctor: null })}
          />
        )}
      </Field>
      <Field label={t('entry.doctor')} problem={form.problem('sender.practitionerId')}>
        {(id) => (
          <Picker
            id={id}
            name={`referral.doctor.${sender?.value}`}
            find={findDoctors(sender?.value)}
            value={senderDoctor}
            disabled={!sender}
            onChange={(next) => form.set('senderDoctor', next)}
          />
        )}
      </Field>
    </>
  )
}
