import { interopApi } from '@tongmai/api/interop'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useTell } from '../../ui/tell.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { interopWords } from './words.ts'

/** Switches a subscription off, with a word for its client. */
export function SwitchOff({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const end = useWrite(interopApi.switchOffSubscription, {
    touches: ['interop.subscription-changed'],
    onDone: () => {
      tell(t('subscription.switched-off'))
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t('subscription.switch-off')}
      action={t('subscription.switch-off')}
      label={t('subscription.switch-off-why')}
      hint={t('subscription.switch-off-hint')}
      write={end}
      onReason={(note) => end.mutate({ params: { id }, body: { note } })}
      onClose={onClose}
    />
  )
}
