import type { Bed } from '@tongmai/api/contract/bed'
import { useState } from 'react'
import { useWords } from '../../kernel/words.ts'
import { type Act, ActionPanel } from '../../ui/action-panel.tsx'
import { CloseBedDialog, DeclineBedDialog, OpenBedDialog, ReviewBedDialog } from './bed-move-dialogs.tsx'
import { NoteBedDialog, OrderBedDialog } from './bed-note-dialogs.tsx'
import { VisitPlanDialog } from './visit-plan-dialog.tsx'
import { contractWords } from './words.ts'

const shown = ['open', 'note', 'order', 'review', 'visit', 'close', 'decline'] as const
type Asking = (typeof shown)[number]

/** What I can do at this bed. */
export function BedActs({ bed }: { bed: Bed }) {
  const t = useWords(contractWords)
  const [asking, setAsking] = useState<Asking | null>(null)
  const act = (name: string): Act | undefined => {
    const move = shown.find((one) => one === name)
    if (!move) return undefined
    return {
      ...{ label: t(`bed.move.${move}`), run: () => setAsking(move) },
      ...{ main: move === 'open' || move === 'note', danger: move === 'close' || move === 'decline' },
    }
  }
  return (
    <>
      <ActionPanel moves={bed.moves} act={act} />
      {asking && <Dialog asking={asking} bed={bed} onClose={() => setAsking(null)} />}
    </>
  )
}

function Dialog({ asking, bed, onClose }: { asking: Asking; bed: Bed; onClose: () => void }) {
  const props = { bed, onClose }
  if (asking === 'open') return <OpenBedDialog {...props} />
  if (asking === 'decline') return <DeclineBedDialog {...props} />
  if (asking === 'note') return <NoteBedDialog {...props} />
  if (asking === 'order') return <OrderBedDialog {...props} />
  if (asking === 'review') return <ReviewBedDialog {...props} />
  if (asking === 'close') return <CloseBedDialog {...props} />
  return (
    <VisitPlanDialog
      contractId={bed.contractId}
      name={bed.resident.nameMasked}
      reason={bed.diagnosis}
      onClose={onClose}
    />
  )
}
