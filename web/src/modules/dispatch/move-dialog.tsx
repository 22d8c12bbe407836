import { endReason, type Mission, missionApi, recallReason } from '@tongmai/api/dispatch/mission'
import { Input, InputNumber, Modal, Segmented, Select } from 'antd'
import { useSession } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { dispatchWords } from './words.ts'

export type Asking = 'recall' | 'cancel' | 'abort' | 'handOver' | 'makeReady' | 'releaseFlight'

interface Typed {
  reason: string | null
  comment: string
  signerName: string
  disinfection: string
  go: boolean
  flightReason: string
  weather: string
  contraindications: string
  visibilityM: number | null
  ceilingM: number | null
  windMs: number | null
}

function ready(move: Asking, typed: Typed, isolated: boolean): boolean {
  if (move === 'handOver') return typed.signerName.trim() !== ''
  if (move === 'makeReady') return !isolated || typed.disinfection.trim() !== ''
  if (move === 'releaseFlight') {
    return [typed.flightReason, typed.weather, typed.contraindications].every((one) => one.trim() !== '')
  }
  return typed.reason !== null
}

/** Sends the move with what it asks for. */
function useMove(mission: Mission, move: Asking, onDone: () => void) {
  const t = useWords(dispatchWords)
  const tell = useTell()
  const done = {
    touches: ['dispatch', `mission:${mission.id}`],
    onDone: () => {
      tell(t('done.move', { move: t(`move.${move}`) }))
      onDone()
    },
  }
  const writes = {
    recall: useWrite(missionApi.recall, done),
    cancel: useWrite(missionApi.cancel, done),
    abort: useWrite(missionApi.abort, done),
    handOver: useWrite(missionApi.handOver, done),
    makeReady: useWrite(missionApi.makeReady, done),
    releaseFlight: useWrite(missionApi.releaseFlight, done),
  }
  const run = ({ comment, reason, ...typed }: Typed) => {
    const params = { id: mission.id }
    const { weather, contraindications, go, visibilityM, ceilingM, windMs } = typed
    const read = { visibilityM, ceilingM, windMs }
    const sends: Readonly<Record<Asking, () => void>> = {
      recall: () => writes.recall.mutate({ params, body: { comment, reason: recallReason.parse(reason) } }),
      cancel: () => writes.cancel.mutate({ params, body: { comment, reason: endReason.parse(reason) } }),
      abort: () => writes.abort.mutate({ params, body: { comment, reason: endReason.parse(reason) } }),
      handOver: () => writes.handOver.mutate({ params, body: { comment, signerName: typed.signerName } }),
      makeReady: () =>
        writes.makeReady.mutate({ params, body: { comment, disinfection: typed.disinfection || null } }),
      releaseFlight: () =>
        writes.releaseFlight.mutate({
          params,
          body: { go, reason: typed.flightReason, weather, contraindications, ...read },
        }),
    }
    sends[move]()
  }
  return { run, error: writes[move].error, busy: writes[move].isPending }
}

interface MoveDialogProps {
  readonly mission: Mission
  readonly move: Asking
  readonly onClose: () => void
}

/** The small form of one move: what it must be told, and the verb on the button. */
export function MoveDialog({ mission, move, onClose }: MoveDialogProps) {
  const t = useWords(dispatchWords)
  const { account } = useSession()
  const sending = useMove(mission, move, () => {
    form.discard()
    onClose()
  })
  const form = useForm<Typed>(
    `dispatch.${move}:${mission.id}`,
    {
      reason: null,
      comment: '',
      signerName: account.name,
      disinfection: '',
      go: true,
      flightReason: '',
      weather: '',
      contraindications: '',
      ...{ visibilityM: null, ceilingM: null, windMs: null },
    },
    sending.error,
  )
  const isolated = mission.needs.isolation !== null
  return (
    <Modal
      open
      title={t(`move.${move}`)}
      okText={t(`move.${move}`)}
      okButtonProps={{
        danger: ['recall', 'cancel', 'abort'].includes(move),
        disabled: !ready(move, form.value, isolated),
      }}
      confirmLoading={sending.busy}
      onOk={() => sending.run(form.value)}
      onCancel={onClose}
    >
      <RefusalNote refused={sending.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Asked form={form} move={move} isolated={isolated} />
        {move !== 'releaseFlight' && (
          <TextField form={form} name="comment" label={t('ask.comment')} rows={2} />
        )}
      </Fields>
    </Modal>
  )
}

type Form = ReturnType<typeof useForm<Typed>>
type Words = 'comment' | 'signerName' | 'disinfection' | 'flightReason' | 'weather' | 'contraindications'

function TextField(props: {
  form: Form
  name: Words
  label: string
  hint?: string
  required?: boolean
  rows?: number
}) {
  const { form, name, label, hint, required = false, rows } = props
  return (
    <Field label={label} hint={hint} required={required} problem={form.problem(name)}>
      {(id) => (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: rows ?? 1, maxRows: 6 }}
          value={form.value[name]}
          onChange={({ target }) => form.set(name, target.value)}
        />
      )}
    </Field>
  )
}

function Asked({ form, move, isolated }: { form: Form; move: Asking; isolated: boolean }) {
  const t = useWords(dispatchWords)
  if (move === 'handOver') return <TextField form={form} name="signerName" label={t('ask.signer')} required />
  if (move === 'makeReady') {
    const hint = t('ask.disinfection-hint')
    const label = t('ask.disinfection')
    return <TextField form={form} name="disinfection" label={label} hint={hint} required={isolated} />
  }
  if (move === 'releaseFlight') return <FlightFields form={form} />
  const reasons = move === 'recall' ? recallReason.options : endReason.options
  return (
    <Field label={t('ask.reason')} required>
      {(id) => (
        <Select<string>
          id={id}
          value={form.value.reason}
          options={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
          onChange={(reason) => form.set('reason', reason)}
        />
      )}
    </Field>
  )
}

function FlightFields({ form }: { form: Form }) {
  const t = useWords(dispatchWords)
  return (
    <>
      <Field label={t('ask.go')}>
        {(id) => (
          <Segmented
            id={id}
            value={form.value.go}
            onChange={(go) => form.set('go', go)}
            options={[
              { value: true, label: t('ask.go-yes') },
              { value: false, label: t('ask.go-no') },
            ]}
          />
        )}
      </Field>
      <TextField form={form} name="flightReason" label={t('ask.flight-reason')} required />
      <TextField form={form} name="weather" label={t('ask.weather')} required />
      {(['visibilityM', 'ceilingM', 'windMs'] as const).map((name) => (
        <Field key={name} label={t(`ask.${name}`)} problem={form.problem(name)}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              style={{ width: '100%' }}
              value={form.value[name]}
              onChange={(next) => form.set(name, next)}
            />
          )}
        </Field>
      ))}
      <TextField
        form={form}
        name="contraindications"
        label={t('ask.contraindications')}
        hint={t('ask.contraindications-hint')}
        required
      />
    </>
  )
}
