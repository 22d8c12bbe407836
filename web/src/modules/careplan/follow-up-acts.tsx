import { careplanApi } from '@tongmai/api/careplan'
import type { FollowUp } from '@tongmai/api/careplan/follow-up'
import { Button } from 'antd'
import { useState } from 'react'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useTell } from '../../ui/tell.tsx'
import { RecordDialog } from './record-dialog.tsx'
import { TriedDialog } from './tried-dialog.tsx'
import { careplanWords } from './words.ts'

/** What may be done with a follow-up that is due here. */
export function FollowUpActs({ followUp }: { followUp: FollowUp }) {
  const t = useWords(careplanWords)
  const may = useMay()
  const tell = useTell()
  const me = useSession().practitionerId
  const [open, setOpen] = useState<'record' | 'miss' | 'refuse' | null>(null)
  const assign = useWrite(careplanApi.assignFollowUps, {
    touches: ['careplan'],
    onDone: () => tell(t('follow.assigned')),
  })
  if (followUp.status !== 'due' || !followUp.mine || !may('careplan.follow')) return null
  const close = () => setOpen(null)
  return (
    <span className="tm-row" style={{ justifyContent: 'flex-end' }}>
      {me && followUp.practitioner?.id !== me && (
        <Button
          size="small"
          type="text"
          loading={assign.isPending}
          onClick={() => assign.mutate({ body: { ids: [followUp.id], practitionerId: me } })}
        >
          {t('follow.assign')}
        </Button>
      )}
      <Button size="small" type="text" onClick={() => setOpen('miss')}>
        {t('follow.miss')}
      </Button>
      <Button size="small" type="text" onClick={() => setOpen('refuse')}>
        {t('follow.refuse')}
      </Button>
      <Button size="small" type="primary" ghost onClick={() => setOpen('record')}>
        {t('follow.record')}
      </Button>
      {open === 'record' && <RecordDialog followUp={followUp} onClose={close} />}
      {(open === 'miss' || open === 'refuse') && (
        <TriedDialog followUp={followUp} act={open} onClose={close} />
      )}
    </span>
  )
}
