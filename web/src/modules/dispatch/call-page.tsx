import { equipment, escort, isolationGroup } from '@tongmai/api/dispatch/fleet'
import { missionApi, type Needs } from '@tongmai/api/dispatch/mission'
import { missionKind, missionUrgency } from '@tongmai/api/dispatch/urgency'
import { institutionApi } from '@tongmai/api/network/institution'
import { Button, Checkbox, Input, Segmented, Select } from 'antd'
import * as z from 'zod/mini'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import { ResidentBanner } from '../resident/index.ts'
import { dispatchWords } from './words.ts'

const search = z.object({
  resident: z.optional(z.string()),
  to: z.optional(z.string()),
  thing: z.optional(z.string()),
  urgency: z._default(missionUrgency, 'urgent'),
})

/** A call for transport, filled in from the resident's page or the referral. */
export function CallPage() {
  const t = useWords(dispatchWords)
  const [{ resident, to, thing, urgency }] = useSearch(search)
  const known = useRead(
    institutionApi.readInstitution,
    { params: { id: to ?? '' } },
    { when: to !== undefined },
  )
  if (!resident) return <Nothing title={t('call.who')} hint={t('call.who-hint')} />
  if (to && known.isPending) return null
  const begun = known.data ? { value: known.data.id, label: known.data.name } : null
  return (
    <Page title={t('call')}>
      <ResidentBanner residentId={resident} />
      <CallForm residentId={resident} to={begun} thing={thing ?? null} urgency={urgency} />
    </Page>
  )
}

interface Typed {
  to: Choice | null
  kind: z.output<typeof missionKind>
  urgency: z.output<typeof missionUrgency>
  critical: boolean
  needs: Needs
  note: string
}

interface CallFormProps {
  readonly residentId: string
  readonly to: Choice | null
  readonly thing: string | null
  readonly urgency: Typed['urgency']
}

function CallForm({ residentId, to, thing, urgency }: CallFormProps) {
  const t = useWords(dispatchWords)
  const go = useGo()
  const tell = useTell()
  const call = useWrite(missionApi.call, {
    touches: ['dispatch'],
    onDone: ({ id, number }) => {
      tell(t('call.sent', { number }))
      form.discard()
      go(`/missions/${id}`)
    },
  })
  const nothing: Needs = { equipment: [], escort: 'none', isolation: null, byAir: false }
  const begun: Typed = {
    ...{ to, urgency, needs: nothing, note: '' },
    kind: urgency === 'emergency' ? 'emergency' : 'transfer',
    critical: false,
  }
  const form = useForm<Typed>(`dispatch.call:${residentId}:${thing}`, begun, call.error)
  const send = () => {
    const { to: chosen, ...rest } = form.value
    if (chosen) call.mutate({ body: { ...rest, residentId, thing, toInstitutionId: chosen.value } })
  }
  return (
    <Card>
      <div style={{ display: 'grid', gap: 16 }}>
        <DraftNote form={form} />
        <Fields>
          <Field label={t('call.to')} required problem={form.problem('toInstitutionId')}>
            {(id, invalid) => (
              <Picker
                id={id}
                name="dispatch.to"
                find={findInstitutionChoices}
                value={form.value.to}
                invalid={invalid}
                onChange={(next) => form.set('to', next)}
              />
            )}
          </Field>
          <Field label={t('kind')}>
            {(id) => (
              <Select
                id={id}
                value={form.value.kind}
                options={missionKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
                onChange={(kind) => form.set('kind', kind)}
              />
            )}
          </Field>
          <Field label={t('urgency')}>
            {(id) => (
              <Segmented
                id={id}
                value={form.value.urgency}
                options={missionUrgency.options.map((value) => ({ value, label: t(`urgency.${value}`) }))}
                onChange={(next) => form.set('urgency', next)}
              />
            )}
          </Field>
          <div>
            <Checkbox
              checked={form.value.critical}
              onChange={({ target }) => form.set('critical', target.checked)}
            >
              {t('call.critical')}
            </Checkbox>
          </div>
          <NeedFields form={form} />
          <Field label={t('note')} hint={t('call.note-hint')} wide problem={form.problem('note')}>
            {(id) => (
              <Input.TextArea
                id={id}
                autoSize={{ minRows: 3, maxRows: 8 }}
                value={form.value.note}
                onChange={({ target }) => form.set('note', target.value)}
              />
            )}
          </Field>
        </Fields>
        <RefusalNote refused={call.error} />
        <div className="tm-row">
          <Button type="primary" loading={call.isPending} disabled={!form.value.to} onClick={send}>
            {t('call.send')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

/** What the vehicle must have: it is not offered otherwise. */
function NeedFields({ form }: { form: FormState<Typed> }) {
  const t = useWords(dispatchWords)
  const { needs, kind } = form.value
  const set = (change: Partial<Needs>) => form.set('needs', { ...needs, ...change })
  return (
    <>
      <Field label={t('needs.escort')}>
        {(id) => (
          <Segmented
            id={id}
            value={needs.escort}
            options={escort.options.map((value) => ({ value, label: t(`escort.${value}`) }))}
            onChange={(next) => set({ escort: next })}
          />
        )}
      </Field>
      <Field label={t('needs.equipment')} wide>
        {() => (
          <Checkbox.Group
            value={needs.equipment}
            options={equipment.options.map((value) => ({ value, label: t(`equipment.${value}`) }))}
            onChange={(next) => set({ equipment: next })}
          />
        )}
      </Field>
      {kind === 'isolation' && (
        <Field label={t('needs.isolation')} required>
          {(id) => (
            <Select
              id={id}
              value={needs.isolation}
              options={isolationGroup.options.map((value) => ({ value, label: t(`group.${value}`) }))}
              onChange={(next) => set({ isolation: next })}
            />
          )}
        </Field>
      )}
      <div>
        <Checkbox checked={needs.byAir} onChange={({ target }) => set({ byAir: target.checked })}>
          {t('needs.by-air')}
        </Checkbox>
      </div>
    </>
  )
}
