import { contractApi } from '@tongmai/api/contract'
import type { Office } from '@tongmai/api/contract/advice'
import { residentApi } from '@tongmai/api/resident'
import { useState } from 'react'
import { goSmall } from '../../../kernel/small-route.tsx'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { PhotoEntry, usePhotos } from './photo-entry.tsx'
import { adviceState, myContractWords } from './words.ts'

/** Ask my family doctor, and what I have asked before. */
export function MyAdvice() {
  const t = useWords(myContractWords)
  const { briefly } = useDates()
  const [asks, setAsks] = useState(false)
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
          {asks && <Ask />}
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

function Ask() {
  const t = useWords(myContractWords)
  const people = useRead(residentApi.readMe, {}).data ?? []
  const [chosen, setChosen] = useState('')
  const [subject, setSubject] = useState('')
  const [text, setText] = useState('')
  const photos = usePhotos()
  const residentId = chosen || people[0]?.id || ''
  const ask = useWrite(contractApi.askAdvice, {
    touches: ['contract'],
    onDone: ({ id }) => goSmall(`/doctor/ask/${id}`),
  })
  const send = () => ask.mutate({ body: { residentId, subject, text, files: photos.hashes } })
  const ready = residentId && subject.trim() && text.trim() && !photos.busy
  return (
    <Block title={t('ask.new')}>
      {people.length > 1 && (
        <Choices
          name={t('ask.who')}
          value={residentId}
          options={people.map((one) => ({ value: one.id, label: one.name }))}
          onChange={setChosen}
        />
      )}
      <Entry label={t('ask.subject')} value={subject} onChange={(next) => setSubject(next.slice(0, 60))} />
      <Entry label={t('ask.text')} long value={text} onChange={(next) => setText(next.slice(0, 2000))} />
      <PhotoEntry photos={photos} />
      <p className="me-quiet">{t('ask.not-prescription')}</p>
      <Sorry refused={photos.refused ?? ask.error} />
      <Button busy={!ready || ask.isPending} onClick={send}>
        {t('ask.send')}
      </Button>
    </Block>
  )
}
