import { referralApi } from '@tongmai/api/referral'
import { nextAct, type ReferralMove } from '@tongmai/api/referral/flow'
import { referralMoveApi } from '@tongmai/api/referral/move'
import type { Referral } from '@tongmai/api/referral/shape'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { openDocument } from '../../kernel/open-document.ts'
import { Refused } from '../../kernel/refused.ts'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { type Act, ActionPanel } from '../../ui/action-panel.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { MoveDialog, useMoves } from './move-dialog.tsx'
import { asksNothing } from './move-form.ts'
import { referralWords } from './words.ts'

type PersonMove = keyof typeof referralMoveApi
const isMove = (name: string): name is PersonMove => Object.hasOwn(referralMoveApi, name)
const dangerous = ['reject', 'withdraw', 'decline', 'cancel', 'redirect', 'dispute']

/** `?act=accept`, from the button on a work-list: its form is open at once, where the move is open to this person. */
const search = z.object({ act: z.optional(z.string()) })

function askedFor(referral: Referral, wanted: string | undefined): PersonMove | null {
  const open = referral.moves.some((one) => one.move === wanted && one.open)
  return open && wanted && isMove(wanted) && !asksNothing(wanted, referral) ? wanted : null
}

/** The referring side says that it has read the outcome. */
function ReadOutcome({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const may = useMay()
  const { institution } = useSession()
  const tell = useTell()
  const read = useWrite(referralApi.readOutcome, {
    touches: ['referral'],
    onDone: () => tell(t('case.outcome-read-done')),
  })
  const mine = institution?.id === referral.from.id && may('referral.write')
  if (!mine || !referral.outcome || referral.outcomeReadAt) return null
  return (
    <Button
      block
      type="primary"
      ghost
      loading={read.isPending}
      onClick={() => read.mutate({ params: { id: referral.id } })}
    >
      {t('case.outcome-read')}
    </Button>
  )
}

/** What I can do with this referral, and for what I cannot: why. Each move has its own small form. */
export function ReferralActs({ referral }: { referral: Referral }) {
  const t = useWords(referralWords)
  const go = useGo()
  const tellRefused = useTellRefused()
  const [{ act: wanted }, setSearch] = useSearch(search)
  const [asking, setAsking] = useState<PersonMove | null>(() => askedFor(referral, wanted))
  const direct = useMoves(referral)
  const writeDown = useWrite(referralApi.writeDown, {
    touches: ['referral'],
    onDone: ({ id }) => go(`/referrals/${id}/edit`),
  })
  const print = () =>
    void openDocument(referralApi.form, { params: { id: referral.id } }).catch((error: unknown) => {
      if (error instanceof Refused) tellRefused(error)
    })
  const next = nextAct[referral.status === 'draft' ? (referral.owner?.step ?? 'draft') : referral.status]
  const close = () => {
    setAsking(null)
    if (wanted) setSearch({ act: undefined })
  }

  const act = (name: string): Act | undefined => {
    const main = name === next
    if (name === 'print') return { label: t('move.print'), run: print }
    if (name === 'change') return { label: t('move.change'), run: () => go(`/referrals/${referral.id}/edit`) }
    if (name === 'writeDown') {
      const run = () => writeDown.mutate({ params: { id: referral.id } })
      return { label: t('move.writeDown'), run, main, busy: writeDown.isPending }
    }
    if (name === 'writeOnward') {
      const { id, resident } = referral
      return {
        label: t('move.writeOnward'),
        run: () => go(`/referrals/new?resident=${resident.id}&parent=${id}`),
      }
    }
    if (!isMove(name)) return undefined
    const label = t(`move.${name}`)
    if (!asksNothing(name as ReferralMove, referral)) {
      return { label, run: () => setAsking(name), main, danger: dangerous.includes(name) }
    }
    return { label, run: () => direct.run(name), main, busy: direct.running === name }
  }
  return (
    <>
      <ActionPanel moves={referral.moves} act={act}>
        <RefusalNote refused={direct.error ?? writeDown.error} />
        <ReadOutcome referral={referral} />
      </ActionPanel>
      {asking && <MoveDialog key={asking} referral={referral} move={asking} onClose={close} />}
    </>
  )
}
