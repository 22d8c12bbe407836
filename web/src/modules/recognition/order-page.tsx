import { recognitionApi } from '@tongmai/api/recognition'
import type { ItemResults, Line } from '@tongmai/api/recognition/order'
import { Button, Input } from 'antd'
import { call } from '../../kernel/call.ts'
import { useGo, useParam } from '../../kernel/route.tsx'
import { type FormState, useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { ItemDecision } from './item-decision.tsx'
import { lineOf, type Said } from './said.ts'
import { showYuan } from './show.ts'
import { recognitionWords } from './words.ts'

async function findItems(text: string): Promise<Choice[]> {
  const { items } = await call(recognitionApi.listItems, { query: { q: text, limit: 20 } })
  return items.map(({ id, name, code }) => ({ value: id, label: name, detail: code }))
}

/** What has been chosen and said so far. */
interface Draft {
  readonly picked: readonly string[]
  readonly said: Readonly<Record<string, Said>>
  readonly note: string
}
const nothing: Draft = { picked: [], said: {}, note: '' }

/** Orders tests for a resident: each item with what others have found, to be accepted or done again. */
export function OrderPage() {
  const t = useWords(recognitionWords)
  const residentId = useParam('id')
  const form = useForm<Draft>(`recognition.order:${residentId}`, nothing)
  const { picked } = form.value
  const add = (choice: Choice | null) =>
    choice && !picked.includes(choice.value) && form.set('picked', [...picked, choice.value])
  return (
    <div className="tm-page">
      <ResidentBanner residentId={residentId} />
      <Page title={t('order.title')} hint={t('order.hint')}>
        <DraftNote form={form} />
        <Card>
          <Field label={t('order.items')}>
            {(id) => (
              <Picker
                id={id}
                name="recognition.item"
                find={findItems}
                value={null}
                onChange={add}
                placeholder={t('order.pick')}
              />
            )}
          </Field>
        </Card>
        {picked.length === 0 ? (
          <Nothing title={t('order.none')} hint={t('order.none-hint')} />
        ) : (
          <Decide residentId={residentId} form={form} />
        )}
      </Page>
    </div>
  )
}

interface DecideProps {
  readonly residentId: string
  readonly form: FormState<Draft>
}

function Decide({ residentId, form }: DecideProps) {
  const t = useWords(recognitionWords)
  const { picked, said } = form.value
  const read = useRead(
    recognitionApi.listUsable,
    { params: { id: residentId }, query: { items: picked.join(',') } },
    { keepPrevious: true },
  )
  const decided = useRead(recognitionApi.listDecisions, { query: { residentId, limit: 100 } })
  const waiting = new Map(
    decided.data?.items
      .filter(({ outcome, answeredAt }) => outcome !== 'recognised' && answeredAt === null)
      .toReversed()
      .map((one) => [one.itemId, one]),
  )
  const found = (read.data ?? []).filter(({ itemId }) => picked.includes(itemId))
  return (
    <>
      <RefusalNote refused={read.error} onRetry={() => void read.refetch()} />
      {found.map((one) => (
        <ItemDecision
          residentId={residentId}
          key={one.itemId}
          found={one}
          waiting={waiting.get(one.itemId)}
          said={said[one.itemId] ?? {}}
          onSay={(next) => form.set('said', { ...said, [one.itemId]: next })}
          onRemove={() =>
            form.set(
              'picked',
              picked.filter((id) => id !== one.itemId),
            )
          }
        />
      ))}
      <Send residentId={residentId} form={form} found={found} />
      {found.length === 0 && read.isPending && <p className="tm-quiet">{t('order.usable')}…</p>}
    </>
  )
}

interface SendProps extends DecideProps {
  readonly found: readonly ItemResults[]
}

function Send({ residentId, form, found }: SendProps) {
  const t = useWords(recognitionWords)
  const tell = useTell()
  const go = useGo()
  const { picked, said, note } = form.value
  const complete = found.length === picked.length
  const lines = found.map((one) => lineOf(one, said[one.itemId]))
  const open = lines.filter((line) => line === undefined).length
  const ready = lines.filter((line): line is Line => line !== undefined)
  const accepted = ready.filter(({ outcome }) => outcome === 'recognised').length
  const send = useWrite(recognitionApi.orderTests, {
    touches: ['recognition'],
    onDone: (answer) => {
      const sum = (of: 'savedFen' | 'savedDays') => answer.lines.reduce((all, one) => all + (one[of] ?? 0), 0)
      const counts = { accepted, ordered: answer.lines.length - accepted }
      tell(t('order.done', { ...counts, yuan: showYuan(sum('savedFen')), days: sum('savedDays') }))
      form.discard()
      go(`/residents/${residentId}`)
    },
  })
  return (
    <Card>
      <RefusalNote refused={send.error} />
      <Field label={t('order.note')}>
        {(id) => (
          <Input
            id={id}
            maxLength={300}
            value={note}
            onChange={({ target }) => form.set('note', target.value)}
          />
        )}
      </Field>
      <div className="tm-row" style={{ marginTop: 12 }}>
        <Button
          type="primary"
          disabled={open > 0 || !complete || found.length === 0}
          loading={send.isPending}
          onClick={() =>
            send.mutate({ params: { id: residentId }, body: { lines: ready, note: note.trim() || null } })
          }
        >
          {t('order.send', { accepted, ordered: ready.length - accepted })}
        </Button>
        {open > 0 && <span className="tm-quiet">{t('order.open', { count: open })}</span>}
      </div>
    </Card>
  )
}
