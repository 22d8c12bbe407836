import { contractApi } from '@tongmai/api/contract'
import type { MyAdvice } from '@tongmai/api/contract/advice'
import { useSmallParam } from '../../../kernel/small-route.tsx'
import { useDates } from '../../../kernel/use-dates.ts'
import { useForm } from '../../../kernel/use-form.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend, useWaiting } from '../../../kernel/use-send.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Dial } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { DraftNote } from '../../../ui/light/draft-note.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { AdviceFiles } from '../advice-file.tsx'
import { PhotoEntry, usePhotos } from './photo-entry.tsx'
import { adviceState, myContractWords } from './words.ts'

/** One conversation with my team, the oldest word on top as on paper. */
export function MyAdvicePage() {
  const t = useWords(myContractWords)
  const { briefly, moment } = useDates()
  const params = { id: useSmallParam('id') }
  const read = useRead(contractApi.readMyAdvice, { params }, { live: ['contract'] })
  return (
    <Known read={read}>
      {(one) => (
        <>
          <Block title={one.subject}>
            <p className="me-quiet">
              {[t(adviceState[one.status]), one.due && t('ask.due', { at: moment(one.due) })]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {one.messages.map((message) => (
              <div key={message.id} style={{ marginBottom: 16 }}>
                <b>{message.fromResident ? t('ask.me') : (message.by ?? one.team)}</b>{' '}
                <small className="me-quiet">{briefly(message.at)}</small>
                <p style={{ whiteSpace: 'pre-line', margin: '4px 0' }}>{message.text}</p>
                <AdviceFiles files={message.files} of="resident" name={t('ask.file')} />
              </div>
            ))}
            {one.teamPhone && <Dial name={t('call')} phone={one.teamPhone} />}
          </Block>
          {one.moves.length > 0 && <Again key={one.messages.length} one={one} />}
        </>
      )}
    </Known>
  )
}

const touches = ['contract']

function Again({ one }: { one: MyAdvice }) {
  const t = useWords(myContractWords)
  const form = useForm(`contract.ask:${one.id}`, { text: '' })
  const { text } = form.value
  const photos = usePhotos()
  const params = { id: one.id }
  const again = useSend(contractApi.askAgain, { what: 'contract.ask.title', touches, onKept: form.discard })
  const waits = useWaiting(contractApi.askAgain, params).length > 0
  const close = useWrite(contractApi.closeMyAdvice, { touches })
  if (waits) return <p className="me-note">{t('ask.waits')}</p>
  return (
    <Block title={t('ask.again')}>
      <DraftNote form={form} />
      <Entry
        label={t('ask.text')}
        long
        value={text}
        onChange={(next) => form.set('text', next.slice(0, 2000))}
      />
      <PhotoEntry photos={photos} />
      <Sorry refused={photos.refused ?? again.error ?? close.error} />
      <Button
        busy={!text.trim() || photos.busy || again.busy}
        onClick={() => void again.send({ params, body: { text, files: photos.hashes } }, photos.hashes)}
      >
        {t('ask.send')}
      </Button>
      <Button quiet busy={close.isPending} onClick={() => close.mutate({ params })}>
        {t('ask.done')}
      </Button>
    </Block>
  )
}
