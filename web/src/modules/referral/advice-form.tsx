import { referralApi } from '@tongmai/api/referral'
import { residentApi } from '@tongmai/api/resident'
import { Button, Input } from 'antd'
import * as z from 'zod/mini'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import { OpenedBanner } from '../resident/index.ts'
import { findDepartments, findDoctors } from './choice.ts'
import { referralWords } from './words.ts'

const search = z.object({ resident: z.optional(z.string()) })
interface Typed {
  readonly to: Choice | null
  readonly department: Choice | null
  readonly doctor: Choice | null
  readonly text: string
}
const empty: Typed = { to: null, department: null, doctor: null, text: '' }

/** Asks a department or one of its doctors about a resident. */
export function NewAdvice() {
  const t = useWords(referralWords)
  const [{ resident }] = useSearch(search)
  if (!resident) return <Nothing title={t('new.who')} hint={t('advice.empty-hint')} />
  return (
    <Page title={t('advice.new')} hint={t('advice.hint')}>
      <Asking residentId={resident} />
    </Page>
  )
}

function Asking({ residentId }: { residentId: string }) {
  const t = useWords(referralWords)
  const go = useGo()
  const tell = useTell()
  const { moment } = useDates()
  const person = useRead(residentApi.read, { params: { id: residentId } })
  const ask = useWrite(referralApi.askAdvice, {
    touches: ['referral'],
    onDone: ({ id, due }) => {
      tell(t('advice.sent', { to: form.value.to?.label ?? '', due: due ? moment(due) : '' }))
      form.discard()
      go(`/advices/${id}`)
    },
  })
  const form = useForm<Typed>(`advice.new:${residentId}`, empty, ask.error)
  const { to, department, doctor, text } = form.value
  const send = () =>
    ask.mutate({
      body: {
        residentId,
        toInstitutionId: to?.value ?? '',
        toDepartmentId: department?.value ?? null,
        toPractitionerId: doctor?.value ?? null,
        text,
      },
    })
  return (
    <Loaded read={person} rows={6}>
      {(one) => (
        <>
          <OpenedBanner resident={one} />
          <DraftNote form={form} />
          <Card title={t('advice.to')}>
            <Fields>
              <Field label={t('to')} required problem={form.problem('toInstitutionId')}>
                {(id) => (
                  <Picker
                    id={id}
                    name="advice.to"
                    find={findInstitutionChoices}
                    value={to}
                    onChange={(next) => form.change({ to: next, department: null, doctor: null })}
                  />
                )}
              </Field>
              <Field label={t('department')}>
                {(id) => (
                  <Picker
                    id={id}
                    name={`advice.department.${to?.value}`}
                    find={findDepartments(to?.value)}
                    value={department}
                    disabled={!to}
                    onChange={(next) => form.set('department', next)}
                  />
                )}
              </Field>
              <Field label={t('ask.doctor')}>
                {(id) => (
                  <Picker
                    id={id}
                    name={`advice.doctor.${to?.value}`}
                    find={findDoctors(to?.value)}
                    value={doctor}
                    disabled={!to}
                    onChange={(next) => form.set('doctor', next)}
                  />
                )}
              </Field>
              <Field label={t('advice.question')} required wide problem={form.problem('text')}>
                {(id) => (
                  <Input.TextArea
                    id={id}
                    autoSize={{ minRows: 4, maxRows: 12 }}
                    value={text}
                    onChange={({ target }) => form.set('text', target.value)}
                  />
                )}
              </Field>
            </Fields>
          </Card>
          <RefusalNote refused={ask.error} />
          <div>
            <Button type="primary" loading={ask.isPending} disabled={!to || !text.trim()} onClick={send}>
              {t('advice.send')}
            </Button>
          </div>
        </>
      )}
    </Loaded>
  )
}
