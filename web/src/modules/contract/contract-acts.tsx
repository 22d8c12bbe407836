import { contractApi } from '@tongmai/api/contract'
import { declineReason, isInForce, rescindReason, terminateReason } from '@tongmai/api/contract/flow'
import type { Contract } from '@tongmai/api/contract/shape'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { openDocument } from '../../kernel/open-document.ts'
import { Refused } from '../../kernel/refused.ts'
import { useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { type Act, ActionPanel } from '../../ui/action-panel.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { ProposeBedDialog } from './bed-propose-dialog.tsx'
import { RenewDialog } from './renew-dialog.tsx'
import { contractWords } from './words.ts'

const reasons = {
  decline: declineReason.options,
  rescind: rescindReason.options,
  terminate: terminateReason.options,
} as const
type EndMove = keyof typeof reasons

/** What I can do with this contract, and for what I cannot: why. */
export function ContractActs({ contract }: { contract: Contract }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const tellRefused = useTellRefused()
  const may = useMay()
  const go = useGo()
  const [asking, setAsking] = useState<EndMove | 'renew' | 'bed' | null>(null)
  const accept = useWrite(contractApi.accept, {
    touches: ['contract', 'notice'],
    onDone: () => tell(t('act.done', { move: t('move.accept') })),
  })
  const params = { id: contract.id }
  const print = () =>
    void openDocument(contractApi.document, { params }).catch((error: unknown) => {
      if (error instanceof Refused) tellRefused(error)
    })
  const acts: Readonly<Record<string, Omit<Act, 'label'>>> = {
    print: { run: print },
    accept: { run: () => accept.mutate({ params, body: {} }), main: true, busy: accept.isPending },
    renew: { run: () => setAsking('renew'), main: true },
    decline: { run: () => setAsking('decline'), danger: true },
    rescind: { run: () => setAsking('rescind'), danger: true },
    terminate: { run: () => setAsking('terminate'), danger: true },
  }
  const act = (name: string): Act | undefined =>
    acts[name] && { label: t(`move.${name}` as 'move.sign'), ...acts[name] }
  return (
    <>
      <ActionPanel moves={contract.moves} act={act}>
        <RefusalNote refused={accept.error} />
        {contract.signedAt && (
          <Button block onClick={() => go(`/contract-services?view=now&contractId=${contract.id}`)}>
            {t('service.title')}
          </Button>
        )}
        {may('contract.serve') && isInForce(contract.status) && !contract.upcoming && (
          <Button block onClick={() => setAsking('bed')}>
            {t('bed.propose')}
          </Button>
        )}
      </ActionPanel>
      {asking === 'renew' && <RenewDialog contract={contract} onClose={() => setAsking(null)} />}
      {asking === 'bed' && <ProposeBedDialog contract={contract} onClose={() => setAsking(null)} />}
      {asking && asking !== 'renew' && asking !== 'bed' && (
        <EndDialog contract={contract} move={asking} onClose={() => setAsking(null)} />
      )}
    </>
  )
}

interface EndDialogProps {
  readonly contract: Contract
  readonly move: EndMove
  readonly onClose: () => void
}

/** Ends a contract or an application, with a reason. */
function EndDialog({ contract, move, onClose }: EndDialogProps) {
  const t = useWords(contractWords)
  const tell = useTell()
  const [reason, setReason] = useState<string | null>(null)
  const [comment, setComment] = useState('')
  const title = t(`move.${move}`)
  const end = useWrite(contractApi[move], {
    touches: ['contract', 'notice'],
    onDone: () => {
      tell(t('act.done', { move: title }))
      onClose()
    },
  })
  const send = () => end.mutate({ params: { id: contract.id }, body: { reason, comment } } as never)
  return (
    <Modal
      open
      title={title}
      okText={title}
      okButtonProps={{ danger: true, disabled: reason === null }}
      confirmLoading={end.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={end.error} />
      <Fields columns={1}>
        <Field label={t('act.reason')} required>
          {(id) => (
            <Select
              id={id}
              value={reason}
              options={reasons[move].map((value) => ({
                value: value as string,
                label: t(`reason.${value}`),
              }))}
              onChange={setReason}
            />
          )}
        </Field>
        <Field label={t('act.comment')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={3}
              value={comment}
              onChange={({ target }) => setComment(target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
