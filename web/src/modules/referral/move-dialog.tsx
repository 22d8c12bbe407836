import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Endpoint } from '@tongmai/api/kernel'
import { referralMoveApi } from '@tongmai/api/referral/move'
import type { Referral } from '@tongmai/api/referral/shape'
import { Input, Modal } from 'antd'
import { useRef } from 'react'
import { call } from '../../kernel/call.ts'
import { timeNow } from '../../kernel/clock.ts'
import { concerns } from '../../kernel/concern.ts'
import { newKey } from '../../kernel/new-key.ts'
import { Refused } from '../../kernel/refused.ts'
import { useForm } from '../../kernel/use-form.ts'
import { webWords } from '../../kernel/web-words.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { Canned } from './canned.tsx'
import { useHold } from './holding.tsx'
import { ArrangementFields, FollowUpFields, OutcomeFields, ReasonFields } from './move-fields.tsx'
import { begin, bodyOf, isReady, type MoveTyped } from './move-form.ts'
import { LineFields } from './place-field.tsx'
import { TargetChoice } from './target-choice.tsx'
import { referralWords } from './words.ts'

type PersonMove = keyof typeof referralMoveApi

/** Makes moves of this referral: `const moves = useMoves(r); moves.run('startCare')`. */
export function useMoves(r: Referral, onDone?: () => void) {
  const t = useWords(referralWords)
  const tell = useTell()
  const queries = useQueryClient()
  // One intent keeps its key until it is answered, so that pressing again does not do it twice.
  const key = useRef<{ move: string; key: string }>(undefined)
  const write = useMutation<unknown, Refused, { move: PersonMove; typed: MoveTyped }>({
    mutationFn: ({ move, typed }) => {
      if (key.current?.move !== move) key.current = { move, key: newKey() }
      const body = { ...bodyOf(move, typed, timeNow()), version: r.version }
      const intent = { params: { id: r.id }, body }
      return call(referralMoveApi[move] as Endpoint, intent as never, { key: key.current.key })
    },
    onSuccess: (_, { move }) => {
      key.current = undefined
      tell(t('done.move', { move: t(`move.${move}`) }))
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => [r.id, 'referral', 'notice'].some((one) => concerns(queryKey, one)),
      })
      onDone?.()
    },
    onError: (error) => {
      if (!(error instanceof Refused) || !error.passing) key.current = undefined
    },
  })
  const run = (move: PersonMove, typed: MoveTyped = begin(r, move, timeNow())) =>
    write.mutate({ move, typed })
  return { run, error: write.error, running: write.isPending ? write.variables.move : null }
}

interface MoveDialogProps {
  readonly referral: Referral
  readonly move: PersonMove
  readonly onClose: () => void
}

const dangerous: readonly PersonMove[] = ['reject', 'withdraw', 'decline', 'cancel', 'redirect', 'dispute']
const wantsComment: readonly PersonMove[] = [
  ...(['askSupplement', 'supplement', 'returnToDraft', 'cancel', 'redirect', 'awaitSlot'] as const),
  'dispute',
]
const wide: readonly PersonMove[] = ['treat', 'accept', 'arrange', 'enter']
const arranges: readonly PersonMove[] = ['accept', 'arrange', 'enter']
const asked: readonly string[] = ['withdraw', 'cancel', 'reject', 'redirect', 'enter', 'dispute']

/** The small form of one move: what it must be told, what will happen, the verb on the button. */
export function MoveDialog({ referral, move, onClose }: MoveDialogProps) {
  const t = useWords(referralWords)
  const w = useWords(webWords)
  const moves = useMoves(referral, () => {
    form.discard()
    onClose()
  })
  const form = useForm<MoveTyped>(
    `referral.${move}:${referral.id}`,
    begin(referral, move, timeNow()),
    moves.error,
  )
  useHold(referral.id)
  const sure = asked.includes(move) ? t(`sure.${move as 'reject'}`) : null
  return (
    <Modal
      open
      title={t(`move.${move}`)}
      okText={t(`move.${move}`)}
      cancelText={w('act.cancel')}
      okButtonProps={{
        danger: dangerous.includes(move),
        loading: moves.running !== null,
        disabled: !isReady(move, form.value, referral.external),
      }}
      width={wide.includes(move) ? 760 : 560}
      onOk={() => moves.run(move, form.value)}
      onCancel={onClose}
    >
      <div style={{ display: 'grid', gap: 12 }}>
        <DraftNote form={form} />
        {sure && <p className="tm-quiet">{sure}</p>}
        {arranges.includes(move) && <ArrangementFields form={form} referral={referral} />}
        {move === 'redirect' && <TargetChoice form={form} />}
        {move === 'awaitSlot' && <LineFields form={form} referral={referral} />}
        {move === 'treat' && <OutcomeFields form={form} />}
        {move === 'followUp' && <FollowUpFields form={form} />}
        <ReasonFields form={form} referral={referral} move={move} />
        {move !== 'followUp' && (
          <Fields columns={1}>
            <Field
              label={t('ask.comment')}
              required={wantsComment.includes(move)}
              problem={form.problem('comment')}
            >
              {(id) => (
                <>
                  {(move === 'askSupplement' || move === 'awaitSlot') && (
                    <Canned
                      use={move}
                      departmentId={referral.toDepartment?.id}
                      onPick={(text) => form.set('comment', text)}
                    />
                  )}
                  <Input.TextArea
                    id={id}
                    autoSize={{ minRows: 2, maxRows: 6 }}
                    value={form.value.comment}
                    onChange={({ target }) => form.set('comment', target.value)}
                  />
                </>
              )}
            </Field>
          </Fields>
        )}
        <RefusalNote refused={moves.error} />
      </div>
    </Modal>
  )
}
