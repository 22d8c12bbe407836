import { mineApi, type Opening } from '@tongmai/api/resident/mine'
import { useCallback, useState } from 'react'
import { useDates } from '../../../kernel/use-dates.ts'
import { useForm } from '../../../kernel/use-form.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend, useWaiting } from '../../../kernel/use-send.ts'
import { useSay, useWords } from '../../../kernel/words.ts'
import { useResident } from '../../../shell/resident-frame.tsx'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
import { DraftNote } from '../../../ui/light/draft-note.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { InSight } from '../../../ui/light/in-sight.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { type Gathered, gathered, kindOf } from '../gathered.ts'
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

function Line({ line: { first, all } }: { line: Gathered }) {
  const t = useWords(residentOwnWords)
  const say = useSay()
  const { moment } = useDates()
  const [objecting, setObjecting] = useState(false)
  const [asked, setAsked] = useState<readonly string[]>([])
  const what = t(`what.${kindOf(first.thing)}`)
  const close = useCallback(() => setObjecting(false), [])
  const people = useResident().residents
  const whose = people.length > 1 && people.find(({ id }) => id === first.residentId)?.name
  const { at, institution, who, basis, purpose } = first
  // A page opens several things in a moment: to a person each minute is one look, and one question about it is enough.
  const looks = [...Map.groupBy(all, (one) => moment(one.at))]
  const isOpen = ({ id, objection }: Opening) => objection === null && !asked.includes(id)
  const open = looks.flatMap(([label, ones]) =>
    ones.every(isOpen) ? ones.slice(0, 1).map(({ id }) => ({ value: id, label })) : [],
  )
  const when = (one: Opening) => (looks.length > 1 ? moment(one.at) : '')
  return (
    <Block title={institution ?? who ?? say(`resident.basis.${basis}`)}>
      <p>{[moment(at), institution && (who ?? t('access.somebody'))].filter(Boolean).join(' · ')}</p>
      <p>
        {t('access.what', { what: whose ? t('access.whose', { whose, what }) : what })}
        {all.length > 1 && t('access.times', { count: all.length })}
      </p>
      <p className="me-quiet">{t('access.why', { basis: say(`resident.basis.${basis}`) })}</p>
      {purpose && <p className="me-quiet">{t('access.purpose', { purpose })}</p>}
      {all.map((one) => (
        <Said key={one.id} opening={one} when={when(one)} />
      ))}
      {institution && open.length > 0 && !objecting && (
        <Button quiet onClick={() => setObjecting(true)}>
          {t('access.object')}
        </Button>
      )}
      {objecting && <ObjectForm looks={open} onSent={(id) => setAsked([...asked, id])} onClose={close} />}
    </Block>
  )
}

/** What was asked and answered about one opening. */
function Said({ opening: { id, objection, answer }, when }: { opening: Opening; when: string }) {
  const t = useWords(residentOwnWords)
  const waits = useWaiting(mineApi.object, { id }).length > 0
  const of = when && `${t('access.that-time', { at: when })}：`
  if (waits && objection === null) return <p className="me-note">{of + t('access.waits')}</p>
  if (objection === null) return null
  return <p>{of + (answer ? t('access.answered', { answer }) : t('access.open'))}</p>
}

const touches = ['resident']

interface ObjectFormProps {
  readonly looks: readonly { readonly value: string; readonly label: string }[]
  readonly onSent: (id: string) => void
  readonly onClose: () => void
}

/** The question, about one look: where there were several, it is chosen which. */
function ObjectForm({ looks, onSent, onClose }: ObjectFormProps) {
  const t = useWords(residentOwnWords)
  const form = useForm(`resident.object:${looks[0]?.value}`, { reason: '' })
  const { set, discard } = form
  const { reason } = form.value
  const [id, setId] = useState(looks[0]?.value ?? '')
  const onKept = useCallback(() => {
    discard()
    onSent(id)
    onClose()
  }, [id, discard, onSent, onClose])
  const send = useSend(mineApi.object, { what: 'resident.access.object', touches, onKept })
  return (
    <InSight>
      <DraftNote form={form} />
      {looks.length > 1 && (
        <>
          <p>{t('access.which')}</p>
          <Choices name={t('access.which')} value={id} options={looks} onChange={setId} />
        </>
      )}
      <Entry label={t('access.ask')} long value={reason} onChange={(text) => set('reason', text)} />
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
    </InSight>
  )
}
