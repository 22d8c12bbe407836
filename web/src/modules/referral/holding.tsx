import { referralApi } from '@tongmai/api/referral'
import type { Referral } from '@tongmai/api/referral/shape'
import { Alert, Button } from 'antd'
import { useEffect } from 'react'
import { call } from '../../kernel/call.ts'
import { newKey } from '../../kernel/new-key.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { referralWords } from './words.ts'

const EVERY_MS = 60_000

/** While a form on this referral is open, everybody sees who has it; closing the form lets go of it. */
export function useHold(id: string, when = true): void {
  useEffect(() => {
    if (!when) return
    const params = { id }
    let isClosed = false
    const release = () => call(referralApi.release, { params }, { key: newKey() }).catch(() => {})
    // Where somebody else has it, the form's own answer says so; a lost line is tried again with the next beat. What
    // arrives after the form was closed is let go of at once.
    const hold = () =>
      call(referralApi.hold, { params, body: {} }, { key: newKey() }).then(
        () => (isClosed ? release() : undefined),
        () => {},
      )
    void hold()
    const beat = setInterval(() => void hold(), EVERY_MS)
    return () => {
      isClosed = true
      clearInterval(beat)
      void release()
    }
  }, [id, when])
}

/** Who is working on it just now, and the way to take it over from them. */
export function HeldBy({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const { heldBy, id } = referral
  const take = useWrite(referralApi.hold, { touches: [`referral:${id}`] })
  if (!heldBy || heldBy.mine) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('case.held', { name: heldBy.name, institution: heldBy.institution })}
      action={
        <Button
          size="small"
          loading={take.isPending}
          onClick={() => take.mutate({ params: { id }, body: { takeOver: true } })}
        >
          {t('case.take-over')}
        </Button>
      }
    />
  )
}
