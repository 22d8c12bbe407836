import { Button } from 'antd'
import { useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useWords } from '../../kernel/words.ts'
import { dispatchWords } from './words.ts'

interface Props {
  readonly residentId: string
  /** Where the patient goes, and what it is for, where that is known already. */
  readonly to?: string
  readonly thing?: string
  readonly urgency?: 'routine' | 'urgent' | 'emergency'
}

/** Opens the call for transport, filled in as far as the page knows; nothing for who may not call. */
export function CallButton({ residentId, to, thing, urgency }: Props) {
  const t = useWords(dispatchWords)
  const go = useGo()
  const may = useMay()
  if (!may('dispatch.call')) return null
  const known = { resident: residentId, to, thing, urgency }
  const query = Object.entries(known).flatMap(([key, value]) =>
    value ? [`${key}=${encodeURIComponent(value)}`] : [],
  )
  return (
    <Button size="small" onClick={() => go(`/missions/new?${query.join('&')}`)}>
      {t('call')}
    </Button>
  )
}
