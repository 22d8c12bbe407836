import { careplanApi } from '@tongmai/api/careplan'
import type { Pathway } from '@tongmai/api/careplan/pathway'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useGo } from '../../kernel/route.tsx'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { type Act, ActionPanel } from '../../ui/action-panel.tsx'
import { Field } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { careplanWords } from './words.ts'

type Plain = 'sendToReview' | 'publish' | 'discard'
const main: readonly string[] = ['sendToReview', 'review', 'publish']

/** What may be done with a version, from the server's list. */
export function PathwayActs({ pathway }: { pathway: Pathway }) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const go = useGo()
  const [asking, setAsking] = useState<'return' | 'withdraw' | null>(null)
  const params = { id: pathway.id }
  const done = (move: Plain | 'review') => ({
    touches: ['careplan'],
    onDone: () => tell(t(`pathway-done.${move}`)),
  })
  const plain = {
    sendToReview: useWrite(careplanApi.sendPathwayToReview, done('sendToReview')),
    publish: useWrite(careplanApi.publishPathway, done('publish')),
    discard: useWrite(careplanApi.discardPathway, done('discard')),
  }
  const review = useWrite(careplanApi.reviewPathway, done('review'))
  const derive = useWrite(careplanApi.derivePathway, {
    touches: ['careplan'],
    onDone: ({ id }) => go(`/pathways/${id}/edit`),
  })
  const run: Readonly<Record<string, () => void>> = {
    change: () => go(`/pathways/${pathway.id}/edit`),
    derive: () => derive.mutate({ params }),
    review: () => review.mutate({ params, body: { comment: '' } }),
    return: () => setAsking('return'),
    withdraw: () => setAsking('withdraw'),
    sendToReview: () => plain.sendToReview.mutate({ params }),
    publish: () => plain.publish.mutate({ params }),
    discard: () => plain.discard.mutate({ params }),
  }
  const act = (move: string): Act | undefined => {
    const go = run[move]
    if (!go) return undefined
    return {
      ...{ label: t(`pathway-move.${move as Plain}`), run: go, main: main.includes(move) },
      danger: move === 'discard' || move === 'withdraw',
      ...(move === 'publish' || move === 'discard' ? { confirm: t(`pathway-ask.${move}`) } : {}),
    }
  }
  const refused =
    plain.sendToReview.error ?? plain.publish.error ?? plain.discard.error ?? review.error ?? derive.error
  return (
    <div>
      <RefusalNote refused={refused} />
      <ActionPanel moves={pathway.acts} act={act} />
      {asking && <AskDialog id={pathway.id} move={asking} onClose={() => setAsking(null)} />}
    </div>
  )
}

interface AskDialogProps {
  readonly id: string
  readonly move: 'return' | 'withdraw'
  readonly onClose: () => void
}

/** Gives it back, or takes it out of force, with a sentence. */
function AskDialog({ id, move, onClose }: AskDialogProps) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const [said, setSaid] = useState('')
  const done = {
    touches: ['careplan'],
    onDone: () => {
      tell(t(`pathway-done.${move}`))
      onClose()
    },
  }
  const giveBack = useWrite(careplanApi.returnPathway, done)
  const withdraw = useWrite(careplanApi.withdrawPathway, done)
  const params = { id }
  const send = () => {
    if (move === 'return') giveBack.mutate({ params, body: { comment: said } })
    else withdraw.mutate({ params, body: { reason: said } })
  }
  const { error, isPending } = move === 'return' ? giveBack : withdraw
  return (
    <Modal
      open
      title={t(`pathway-move.${move}`)}
      okText={t(`pathway-move.${move}`)}
      okButtonProps={{ disabled: said.trim() === '', danger: move === 'withdraw' }}
      confirmLoading={isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={error} />
      <Field label={t(`pathway-ask.${move}`)} required>
        {(field) => (
          <Input.TextArea id={field} rows={3} value={said} onChange={({ target }) => setSaid(target.value)} />
        )}
      </Field>
    </Modal>
  )
}
