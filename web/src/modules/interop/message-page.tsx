import { interopApi } from '@tongmai/api/interop'
import type { WholeMessage } from '@tongmai/api/interop/message'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { To, useParam } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { MendMessage, SetAside } from './mend-message.tsx'
import { eventWords, messageTones, problemWords } from './message-show.ts'
import { interopWords } from './words.ts'

/** One message as it came, what became of it, and what can be done about it. */
export function MessagePage() {
  const id = useParam('id')
  const read = useRead(
    interopApi.readMessage,
    { params: { id } },
    { live: ['interop.message', 'interop.message-processed'] },
  )
  return <Loaded read={read}>{(message) => <Whole of={message} />}</Loaded>
}

function Whole({ of }: { of: WholeMessage }) {
  const t = useWords(interopWords)
  return (
    <Page
      title={`${eventWords(t, of.kind) ?? t('message.not-understood')} · ${of.controlId}`}
      hint={[of.facility, of.application].filter(Boolean).join(' · ')}
      actions={<Acts of={of} />}
    >
      <Card>
        <Standing of={of} />
      </Card>
      <Card title={t('message.text')}>
        <Lines text={of.text} place={of.problem?.place} />
      </Card>
      {of.answer && (
        <Card title={t('message.answer')}>
          <Lines text={of.answer} />
        </Card>
      )}
    </Page>
  )
}

function Acts({ of }: { of: WholeMessage }) {
  const t = useWords(interopWords)
  const tell = useTell()
  const onError = useTellRefused()
  const [open, setOpen] = useState<'mend' | 'aside' | null>(null)
  const isOut = of.direction === 'out'
  const replay = useWrite(interopApi.replayMessage, {
    touches: ['interop.message'],
    onDone: () => tell(t(isOut ? 'message.sent-again' : 'message.replayed')),
  })
  const isWrong = of.state === 'failed'
  return (
    <>
      {of.state !== 'waiting' && of.state !== 'mended' && (
        <Button
          loading={replay.isPending}
          onClick={() => replay.mutate({ params: { id: of.id }, body: {} }, { onError })}
        >
          {t(isOut ? 'message.send-again' : 'message.replay')}
        </Button>
      )}
      {(isWrong || (isOut && of.state === 'waiting')) && (
        <Button onClick={() => setOpen('aside')}>{t('message.set-aside')}</Button>
      )}
      {isWrong && (
        <Button type="primary" onClick={() => setOpen('mend')}>
          {t(isOut ? 'message.mend-and-send' : 'message.mend')}
        </Button>
      )}
      {open === 'mend' && <MendMessage of={of} onClose={() => setOpen(null)} />}
      {open === 'aside' && <SetAside id={of.id} onClose={() => setOpen(null)} />}
    </>
  )
}

/** What is not known of a message, or does not concern it, is no line. */
const known = (facts: readonly (readonly [string, ReactNode])[]) =>
  facts.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')

function Standing({ of }: { of: WholeMessage }) {
  const t = useWords(interopWords)
  const { moment } = useDates()
  const { problem, mendsId, residentId, copies } = of
  return (
    <Facts
      facts={known([
        [
          t('message.state'),
          <StateTag key="state" tone={messageTones[of.state]}>
            {t(`message.state.${of.state}`)}
          </StateTag>,
        ],
        [t('message.problem'), problem && problemWords(t, problem)],
        [
          t('message.direction'),
          `${t(`message.direction.${of.direction}`)} · ${t(`message.road.${of.road}`)}`,
        ],
        [t('message.at'), moment(of.at)],
        [t('message.done-at'), of.doneAt && moment(of.doneAt)],
        [t('message.tries'), String(of.tries)],
        [t('message.charset'), of.charset.toUpperCase()],
        [t('partner.client'), of.clientId],
        [t('message.made'), of.made.join('、') || null],
        [
          t('message.resident'),
          residentId && <To to={`/residents/${residentId}`}>{t('message.open-resident')}</To>,
        ],
        [t('message.mends'), mendsId && <To to={`/messages/${mendsId}`}>{t('message.original')}</To>],
        [
          t('message.copies'),
          copies.length > 0 &&
            copies.map((copy) => (
              <To key={copy.id} to={`/messages/${copy.id}`}>
                {moment(copy.at)} {t(`message.state.${copy.state}`)}
              </To>
            )),
        ],
        [t('message.note'), of.note],
      ])}
    />
  )
}

/** A message line by line; the segment in which something is wrong is marked. */
function Lines({ text, place = '' }: { text: string; place?: string | undefined }) {
  const wrong = /^[A-Z][A-Z0-9]{2}/.exec(place)?.[0]
  const rows = text.split(/\r\n|\r|\n/).filter(Boolean)
  return (
    <ol className="tm-message">
      {rows.map((row, n) => (
        // Lines have no name but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
        <li key={n}>{wrong && row.startsWith(wrong) ? <mark>{row}</mark> : row}</li>
      ))}
    </ol>
  )
}
