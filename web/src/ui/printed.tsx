import { useSession } from '../kernel/session.tsx'
import { useDates } from '../kernel/use-dates.ts'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'

/** On paper only: who printed it and when, and what whoever reads it must know. */
export function Printed({ note }: { readonly note: string }) {
  const t = useWords(webWords)
  const { account, institution } = useSession()
  const { moment, now } = useDates()
  const by = [institution?.name, account.name].filter(Boolean).join(' ')
  return (
    <p className="tm-print-only tm-quiet">
      {t('printed', { by, at: moment(now) })} {note}
    </p>
  )
}
