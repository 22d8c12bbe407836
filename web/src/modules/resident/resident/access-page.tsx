import { mineApi } from '@tongmai/api/resident/mine'
import { useCallback, useState } from 'react'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend, useWaiting } from '../../../kernel/use-send.ts'
import { useSay, useWords } from '../../../kernel/words.ts'
import { useResident } from '../../../shell/resident-frame.tsx'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { type Gathered, gathered } from '../gathered.ts'
import { residentOwnWords } from './words.ts'

const LIMIT = 60
const MOST = 200

/** Who opened my record, newest first; each can be objected to. */
export function AccessPage() {
  const t = useWords(residentOwnWords)
  const [limit, setLimit] = useState(LIMIT)
  const query = { offset: 0, limit }
  const read = useRead(mineApi.listOpenings, { query }, { live: ['resident'], keepPrevious: true })
  return (
    <Known read={read}>
      {({ items, total }) => (
        <>
          {items.length === 0 && <p className="me-quiet">{t('access.none')}</p>}
          {gathered(items).map((one) => (
            <Line key={one.last.id} line={one} />
          ))}
          {total > items.length && limit < MOST && (
            <Button quiet onClick={() => setLimit(Math.min(limit + LIMIT, MOST))}>
              {t('access.more')}
            </Button>
          )}
        </>
      )}
    </Known>
  )
}

function Line({ line: { first: opening, count } }: { line: Gathered }) {
  const t = useWords(residentOwnWords)
  const say = useSay()
  const { moment } = useDates()
  const [objecting, setObjecting] = useState(false)
  const waits = useWaiting(mineApi.object, { id: opening.id }).length > 0
  const what = t(whatOf(opening.thing))
  const close = useCallback(() => setObjecting(false), [])
  const people = useResident().residents
  const whose = people.length > 1 && people.find(({ id }) => id === opening.residentId)?.name
  const { at, institution, who, basis, purpose, objection, answer } = opening
  return (
    <Block title={institution ?? who ?? say(`resident.basis.${basis}`)}>
      <p>{[moment(at), institution && (who ?? t('access.somebody'))].filter(Boolean).join(' · ')}</p>
      <p>
        {t('access.what', { what: whose ? t('access.whose', { whose, what }) : what })}
        {count > 1 && t('access.times', { count })}
      </p>
      <p className="me-quiet">{t('access.why', { basis: say(`resident.basis.${basis}`) })}</p>
      {purpose && <p className="me-quiet">{t('access.purpose', { purpose })}</p>}
      {waits && <p className="me-note">{t('access.waits')}</p>}
      {objection === 'open' && <p>{t('access.open')}</p>}
      {answer && <p>{t('access.answered', { answer })}</p>}
      {institution && objection === null && !objecting && !waits && (
        <Button quiet onClick={() => setObjecting(true)}>
          {t('access.object')}
        </Button>
      )}
      {objecting && <ObjectForm id={opening.id} onClose={close} />}
    </Block>
  )
}

/** What was opened, in words of one's own. */
function whatOf(thing: string) {
  const [kind = ''] = thing.split(/[:/]/)
  if (kind === 'record' || kind === 'card' || kind === 'identifier' || kind === 'phone')
    return `what.${kind}` as const
  if (kind === 'address' || kind === 'referral') return `what.${kind}` as const
  return kind === 'Patient' ? 'what.card' : 'what.other'
}

const touches = ['resident']

function ObjectForm({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useWords(residentOwnWords)
  const [reason, setReason] = useState('')
  const send = useSend(mineApi.object, { what: 'resident.access.object', touches, onKept: onClose })
  return (
    <>
      <Entry label={t('access.ask')} long value={reason} onChange={setReason} />
      <Sorry refused={send.error} />
      <Button
        busy={send.busy || !reason.trim()}
        onClick={() => void send.send({ params: { id }, body: { reason } })}
      >
        {t('access.send')}
      </Button>
      <Button quiet onClick={onClose}>
        {t('access.cancel')}
      </Button>
    </>
  )
}
