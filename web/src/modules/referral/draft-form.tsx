import { referralApi } from '@tongmai/api/referral'
import { routingApi } from '@tongmai/api/referral/routing'
import type { ReferralBrief } from '@tongmai/api/referral/shape'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { To, useGo } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Card } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { AttachmentFields } from './attachment-fields.tsx'
import { ClinicalFields } from './clinical-fields.tsx'
import { ConsentFields } from './consent-fields.tsx'
import { useHold } from './holding.tsx'
import { Proposals } from './proposals.tsx'
import { useProposedSpecialty } from './proposed-specialty.ts'
import { ReturnFields } from './return-fields.tsx'
import { type Asked, nothingAsked, RoutingPanel } from './routing-panel.tsx'
import { TargetFields } from './target-fields.tsx'
import { draftOf, isHalf, isPlaced, type Typed } from './typed.ts'
import { referralWords } from './words.ts'

interface DraftFormProps {
  readonly residentId: string
  readonly begun: Typed
  /** The referral under which a new one is begun. */
  readonly parentId?: string | null
  /** The draft that the server has already. */
  readonly draft?: { readonly id: string; readonly version: number }
}

/** The two-way referral form: saved as a draft, or saved and sent. What was typed survives the session. */
export function DraftForm({ residentId, begun, draft, parentId = null }: DraftFormProps) {
  const t = useWords(referralWords)
  useHold(draft?.id ?? '', draft !== undefined)
  const [kept, setKept] = useState(draft)
  const write = useWrite(referralApi.write, { touches: ['referral'] })
  const change = useWrite(referralApi.change, { touches: ['referral'] })
  const submit = useWrite(referralApi.submit, { touches: ['referral'] })
  const refused = submit.error ?? change.error ?? write.error
  const form = useForm<Typed>(
    `referral.${draft?.id ?? `new:${residentId}:${begun.direction}`}`,
    begun,
    refused,
  )
  const after = useAfter(form)
  const [wanted, setWanted] = useState<Asked>(nothingAsked)
  const proposed = useProposedSpecialty(form.value)
  const asked = { ...wanted, specialty: wanted.specialty ?? proposed?.specialty ?? null }
  const record = useWrite(routingApi.recordRouting, { touches: ['referral.routed'] })

  const save = async (): Promise<ReferralBrief> => {
    const body = draftOf(form.value, timeNow())
    const saved = kept
      ? await change.mutateAsync({ params: { id: kept.id }, body: { ...body, version: kept.version } })
      : await write.mutateAsync({ body: { ...body, residentId, parentId } })
    setKept({ id: saved.id, version: saved.version })
    const { specialty, technique, place, reason } = asked
    if (specialty) {
      const body = { specialty, techniqueId: technique?.value ?? null, place, reason: reason.trim() || null }
      await record.mutateAsync({ params: { id: saved.id }, body })
    }
    return saved
  }
  // A refusal is shown above the buttons; there is nothing else to do about it here.
  const attempt = (work: () => Promise<void>) => void work().catch(() => {})
  const saveOnly = () => attempt(async () => after.saved(await save()))
  const saveAndEnter = () => attempt(async () => after.placed(await save()))
  const saveAndSend = () =>
    attempt(async () => {
      const { id } = await save()
      after.sent(await submit.mutateAsync({ params: { id }, body: {} }))
    })
  const busy = write.isPending || change.isPending || submit.isPending
  const ready = isPlaced(form.value) && !isHalf(form.value)
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      <DraftNote form={form} />
      {!draft && <UnderWay residentId={residentId} direction={form.value.direction} />}
      <Proposals residentId={residentId} form={form} />
      {!form.value.entered && (
        <RoutingPanel
          residentId={residentId}
          form={form}
          asked={asked}
          onAsk={setWanted}
          proposed={proposed}
        />
      )}
      <Card title={t(form.value.entered ? 'entry.where' : 'form.where')}>
        <TargetFields form={form} choosesDirection={!draft} />
      </Card>
      <Card title={t('form.why')}>
        <ClinicalFields form={form} />
        <AttachmentFields form={form} />
      </Card>
      {form.value.direction === 'down' ? (
        <Card title={t('back.title')}>
          <ReturnFields form={form} />
        </Card>
      ) : (
        <Card title={t('form.consent')}>
          <ConsentFields form={form} />
        </Card>
      )}
      <RefusalNote refused={refused} />
      {isHalf(form.value) && <Alert type="warning" showIcon title={t('back.half')} />}
      <div className="tm-row">
        <Button
          type="primary"
          loading={busy}
          disabled={!ready}
          onClick={form.value.entered ? saveAndEnter : saveAndSend}
        >
          {t(form.value.entered ? 'entry.save' : 'form.save-send')}
        </Button>
        <Button disabled={busy || !ready} onClick={saveOnly}>
          {t('form.save')}
        </Button>
      </div>
    </div>
  )
}

/** What is said and where one goes once it has been saved or sent. */
function useAfter(form: FormState<Typed>) {
  const t = useWords(referralWords)
  const go = useGo()
  const tell = useTell()
  const { moment } = useDates()
  const to = form.value.to?.label ?? ''
  const leave = (id: string, act = '') => {
    form.discard()
    go(`/referrals/${id}${act}`)
  }
  return {
    /** Where the patient lies and since when is asked on the case's page. */
    placed: ({ id }: ReferralBrief) => leave(id, '?act=enter'),
    saved({ id }: ReferralBrief) {
      tell(t('form.saved'))
      leave(id)
    },
    sent({ id, due }: ReferralBrief) {
      tell(t('done.submit', { to, due: due ? moment(due) : '' }))
      leave(id)
    },
  }
}

/** Before a second one is written: what is under way for this resident already, also where it is not ours. */
function UnderWay({ residentId, direction }: { residentId: string; direction: Typed['direction'] }) {
  const t = useWords(referralWords)
  const say = useSay()
  const live = useRead(referralApi.live, { query: { residentId } })
  const shown = (live.data ?? []).filter((one) => one.direction === direction)
  return shown.map((one) => (
    <Alert
      key={`${one.id} ${one.specialty} ${one.since.toISOString()}`}
      type="warning"
      showIcon
      title={
        one.id ? (
          <To to={`/referrals/${one.id}`}>
            {t('form.live', { number: [one.number, one.to, one.department].filter(Boolean).join(' ') })}
          </To>
        ) : (
          t('form.live-elsewhere', {
            direction: t(`direction.${one.direction}`),
            specialty: one.specialty ? say(`network.specialty.${one.specialty}`) : '—',
          })
        )
      }
    />
  ))
}
