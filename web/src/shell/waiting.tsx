import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { isThere } from '../kernel/call.ts'
import { concerns } from '../kernel/concern.ts'
import { drop, isOwn, isStale, keep, outbox, sendWaiting, type Waiting } from '../kernel/outbox.ts'
import { isReached, useReached } from '../kernel/reached.ts'
import { meWords } from '../kernel/resident-words.ts'
import { refusalSentence, useSay, useWords } from '../kernel/words.ts'
import { Button } from '../ui/light/button.tsx'

const AGAIN_MS = 5_000

/** While something waits or the server is away: asks for it now and then, sends what waits, and reads anew. */
function useReturn(waits: boolean): void {
  const queries = useQueryClient()
  const reached = useReached()
  useEffect(() => {
    if (reached && !waits) return undefined
    const onSent = async (touches: readonly string[]) => {
      const about = {
        predicate: ({ queryKey }: { queryKey: readonly unknown[] }) =>
          touches.some((one) => concerns(queryKey, one)),
      }
      // A first read that is under way has been asked before this was sent: its answer is not waited for.
      await queries.cancelQueries(about)
      await queries.invalidateQueries(about)
    }
    const readAgain = async () => {
      await queries.cancelQueries({ predicate: ({ state }) => state.data === undefined })
      await queries.invalidateQueries()
    }
    const look = async () => {
      const wasAway = !isReached()
      await sendWaiting((touches) => void onSent(touches))
      // Whatever could not be read meanwhile is read again, also where the sending itself has found the server.
      if (wasAway && (isReached() || (await isThere()))) await readAgain()
    }
    void look()
    const again = setInterval(() => void look(), AGAIN_MS)
    addEventListener('online', look)
    return () => {
      clearInterval(again)
      removeEventListener('online', look)
    }
  }, [queries, reached, waits])
}

/** Above the page: that there is no connection, and what waits on this device until there is. */
export function WaitingNote() {
  const t = useWords(meWords)
  const all = useSyncExternalStore(outbox.subscribe, outbox.get)
  const reached = useReached()
  const own = all.filter(isOwn)
  const waits = own.filter((one) => !one.refused && !isStale(one))
  const held = waits.filter((one) => one.held).length
  useReturn(waits.length > 0)
  return (
    <div role="status">
      {!reached && <p className="me-note">{t('offline')}</p>}
      {held > 0 && <p className="me-note">{t('waits', { count: held })}</p>}
      {own
        .filter((one) => one.refused || isStale(one))
        .map((one) => (
          <Unsent key={one.key} one={one} />
        ))}
    </div>
  )
}

/** One that the server did not take, or of which nobody knows whether it did. */
function Unsent({ one }: { one: Waiting }) {
  const t = useWords(meWords)
  const say = useSay()
  const why = one.refused ? refusalSentence(one.refused) : t('stale')
  return (
    <div className="me-sorry">
      <p>{t('unsent', { what: say(one.what), why })}</p>
      {!one.refused && (
        <Button quiet onClick={() => keep({ ...one, triedAt: null })}>
          {t('send-again')}
        </Button>
      )}
      <Button quiet onClick={() => drop(one.key)}>
        {t('let-go')}
      </Button>
    </div>
  )
}
