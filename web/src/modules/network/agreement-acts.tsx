import { type AgreementPage, agreementApi } from '@tongmai/api/network/agreement'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { momentAt, showDay } from '../../kernel/dates.ts'
import type { Refused } from '../../kernel/refused.ts'
import { useGo } from '../../kernel/route.tsx'
import { useSession } from '../../kernel/session.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { type Act, ActionPanel } from '../../ui/action-panel.tsx'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { ChangeAgreement } from './agreement-form.tsx'
import { networkWords } from './words.ts'

type Noted = 'return' | 'withdraw' | 'leave' | 'exit'
type Asking = Noted | 'change' | 'sign' | 'renew'

/** What I can do with an agreement, as the server lists it. */
export function AgreementActs({ of }: { of: AgreementPage }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const onError = useTellRefused()
  const [asking, setAsking] = useState<Asking | null>(null)
  const { id, version } = of
  const propose = useWrite(agreementApi.proposeAgreement, {
    touches: ['agreement'],
    onDone: () => tell(t('done.propose')),
  })
  const ask = (move: Asking, more: Partial<Act> = {}): Act => ({
    label: t(`move.${move}`),
    run: () => setAsking(move),
    ...more,
  })
  const acts: Readonly<Record<string, Act>> = {
    change: ask('change'),
    propose: {
      label: t('move.propose'),
      main: true,
      busy: propose.isPending,
      run: () => propose.mutate({ params: { id }, body: { version } }, { onError }),
    },
    sign: ask('sign', { main: true }),
    return: ask('return'),
    withdraw: ask('withdraw', { danger: true }),
    renew: ask('renew'),
    leave: ask('leave', { danger: true }),
    exit: ask('exit', { danger: true }),
  }
  const close = () => setAsking(null)
  const noted = asking === 'return' || asking === 'withdraw' || asking === 'leave' || asking === 'exit'
  return (
    <>
      <ActionPanel moves={of.moves} act={(move) => acts[move]} />
      {asking === 'change' && <ChangeAgreement of={of} onClose={close} />}
      {asking === 'sign' && <Sign of={of} onClose={close} />}
      {asking === 'renew' && <Renew of={of} onClose={close} />}
      {noted && <WithNote of={of} move={asking} onClose={close} />}
    </>
  )
}

interface DialogProps {
  readonly of: AgreementPage
  readonly onClose: () => void
}

function Sign({ of, onClose }: DialogProps) {
  const t = useWords(networkWords)
  const tell = useTell()
  const { account, institution } = useSession()
  const [signerName, setSignerName] = useState(account.name)
  const sign = useWrite(agreementApi.signAgreement, {
    touches: ['agreement'],
    onDone: ({ status, since, signatories }) => {
      const left = signatories.filter((one) => !one.signedAt && !one.leftAt).length
      tell(status === 'signing' ? t('done.sign', { left }) : t('done.sign-all', { since }))
      onClose()
    },
  })
  const { id, version } = of
  return (
    <Modal
      open
      title={`${t('move.sign')} · ${of.title}`}
      okText={t('move.sign')}
      onOk={() => sign.mutate({ params: { id }, body: { signerName, version } })}
      onCancel={onClose}
      confirmLoading={sign.isPending}
      okButtonProps={{ disabled: !signerName.trim() }}
    >
      <RefusalNote refused={sign.error} />
      <Field
        label={t('agreement.signer')}
        required
        hint={t('agreement.sign-hint', { institution: institution?.name ?? '', version })}
      >
        {(field) => (
          <Input id={field} value={signerName} onChange={({ target }) => setSignerName(target.value)} />
        )}
      </Field>
    </Modal>
  )
}

function WithNote({ of, move, onClose }: DialogProps & { move: Noted }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const form = useForm(`network.agreement-${move}:${of.id}`, { note: '' })
  const done = {
    touches: ['agreement'],
    onDone: () => {
      tell(t(`done.${move}`))
      form.discard()
      onClose()
    },
  }
  const writes = {
    return: useWrite(agreementApi.returnAgreement, done),
    withdraw: useWrite(agreementApi.withdrawAgreement, done),
    leave: useWrite(agreementApi.leaveAgreement, done),
    exit: useWrite(agreementApi.exitAgreement, done),
  }
  const write = writes[move]
  const refused: Refused | null = write.error
  const { note } = form.value
  return (
    <Modal
      open
      title={`${t(`move.${move}`)} · ${of.title}`}
      okText={t(`move.${move}`)}
      okButtonProps={{ danger: move !== 'return', disabled: !note.trim() }}
      onOk={() => write.mutate({ params: { id: of.id }, body: { note } })}
      onCancel={onClose}
      confirmLoading={write.isPending}
    >
      <RefusalNote refused={refused} />
      <DraftNote form={form} />
      {move !== 'return' && <p>{t(`confirm.${move}`)}</p>}
      <Field label={t('agreement.note')} required>
        {(field) => (
          <Input.TextArea
            id={field}
            rows={3}
            value={note}
            onChange={({ target }) => form.set('note', target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}

const DAY_MS = 86_400_000
const dayAfter = (day: string): string => showDay(new Date(momentAt(day).getTime() + DAY_MS))

/** Drafts the agreement that continues this one, from the day after its last. */
function Renew({ of, onClose }: DialogProps) {
  const t = useWords(networkWords)
  const tell = useTell()
  const go = useGo()
  const renew = useWrite(agreementApi.renewAgreement, {
    touches: ['agreement'],
    onDone: ({ id }) => {
      tell(t('done.renew'))
      form.discard()
      go(`/agreements/${id}`)
    },
  })
  const empty = { number: '', since: dayAfter(of.until) as string | null, until: null as string | null }
  const form = useForm(`network.renew:${of.id}`, empty, renew.error)
  const { number, since, until } = form.value
  const send = () => since && until && renew.mutate({ params: { id: of.id }, body: { number, since, until } })
  return (
    <Modal
      open
      title={`${t('move.renew')} · ${of.title}`}
      okText={t('move.renew')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={renew.isPending}
      okButtonProps={{ disabled: !number || !since || !until }}
    >
      <RefusalNote refused={renew.error} />
      <Fields>
        <Field label={t('agreement.number')} required problem={form.problem('number')}>
          {(id) => (
            <Input id={id} value={number} onChange={({ target }) => form.set('number', target.value)} />
          )}
        </Field>
        <Field label={t('member.since')} required problem={form.problem('since')}>
          {(id) => <DayField id={id} value={since} onChange={(next) => form.set('since', next)} />}
        </Field>
        <Field label={t('member.until')} required problem={form.problem('until')}>
          {(id) => <DayField id={id} value={until} onChange={(next) => form.set('until', next)} />}
        </Field>
      </Fields>
    </Modal>
  )
}
