import { contractApi } from '@tongmai/api/contract'
import type { Office } from '@tongmai/api/contract/advice'
import { residentApi } from '@tongmai/api/resident'
import { useCallback, useState } from 'react'
import { useDates } from '../../../kernel/use-dates.ts'
import { useForm } from '../../../kernel/use-form.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend, useWaiting } from '../../../kernel/use-send.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
import { DraftNote } from '../../../ui/light/draft-note.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { PhotoEntry, usePhotos } from './photo-entry.tsx'
import { adviceState, myContractWords } from './words.ts'

/** Ask my family doctor, and what I have asked before. */
export function MyAdvice() {
  const t = useWords(myContractWords)
  const { briefly } = useDates()
  const [asks, setAsks] = useState(false)
  const close = useCallback(() => setAsks(false), [])
  const waiting = useWaiting(contractApi.askAdvice)
  const read = useRead(contractApi.listMyAdvice, { query: { limit: 50 } }, { live: ['contract'] })
  return (
    <Known read={read}>
      {({ items, office }) => (
        <>
          <Block>
            <p>{t('ask.hint')}</p>
            <OfficeNote office={office} />
            {!asks && <Button onClick={() => setAsks(true)}>{t('ask.new')}</Button>}
          </Block>
          {waiting.length > 0 && <p className="me-note">{t('ask.waits')}</p>}
          {asks && <Ask onClose={close} />}
          <Block title={t('ask.mine')}>
            {items.length === 0 && <p className="me-quiet">{t('ask.none')}</p>}
            {items.map((one) => (
              <Row
                key={one.id}
                title={one.subject}
                detail={t(adviceState[one.status])}
                end={briefly(one.since)}
                to={`/doctor/ask/${one.id}`}
              />
            ))}
          </Block>
        </>
      )}
    </Known>
  )
}

function OfficeNote({ office }: { office: Office }) {
  const t = useWords(myContractWords)
  const { moment } = useDates()
  return (
    <p className="me-quiet">
      {office.open
        ? t('ask.open', { hours: office.answerHours })
        : t('ask.closed', { at: moment(office.opensAt) })}
    </p>
  )
}

const touches = ['contract']

function Ask({ onClose }: { onClose: () => void }) {
  const t = useWords(myContractWords)
  const people = useRead(residentApi.readMe, {}).data ?? []
  const [chosen, setChosen] = useState('')
  const form = useForm('contract.ask', { subject: '', text: '' })
  const { subject, text } = form.value
  const photos = usePhotos()
  const residentId = chosen || people[0]?.id || ''
  const ask = useSend(contractApi.askAdvice, {
    what: 'contract.ask.title',
    touches,
    onKept: useCallback(() => {
      form.discard()
      onClose()
    }, [form.discard, onClose]),
  })
  const send = () =>
    void ask.send({ body: { residentId, subject, text, files: photos.hashes } }, photos.hashes)
  const ready = residentId && subject.trim() && text.trim() && !photos.busy
  return (
    <Block title={t('ask.new')}>
      <DraftNote form={form} />
      {people.length > 1 && (
        <Choices
          name={t('ask.who')}
          value={residentId}
          options={people.map((one) => ({ value: one.id, label: one.name }))}
          onChange={setChosen}
        />
      )}
      <Entry
        label={t('ask.subject')}
        value={subject}
        onChange={(next) => form.set('subject', next.slice(0, 60))}
      />
      <Entry
        label={t('ask.text')}
        long
        value={text}
        onChange={(next) => form.set('text', next.slice(0, 2000))}
      />
      <PhotoEntry photos={photos} />
      <p className="me-quiet">{t('ask.not-prescription')}</p>
      <Sorry refused={photos.refused ?? ask.error} />
      <Button busy={!ready || ask.busy} onClick={send}>
        {t('ask.send')}
      </Button>
    </Block>
  )
}
