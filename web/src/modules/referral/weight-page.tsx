import { routingApi, type Weights } from '@tongmai/api/referral/routing'
import { Button, Input, Slider } from 'antd'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { referralWords } from './words.ts'

const parts = ['travel', 'wait', 'cost', 'contract', 'load', 'freshness'] as const
type Version = Weights & { readonly id: string | null; readonly since: Date | null; readonly note: string }

/** How my institution weighs destinations: the office sets it, and every version stays readable. */
export function WeightPage() {
  const t = useWords(referralWords)
  const read = useRead(routingApi.readWeights, {}, { live: ['referral.weights-set'] })
  return (
    <Page title={t('weights.title')} hint={t('weights.hint')}>
      <Loaded read={read}>
        {({ now, before }) => (
          <>
            <Editor key={now.id} now={now} />
            {before.length > 0 && (
              <Card title={t('weights.before')}>
                <ul>
                  {before.map((one) => (
                    <Line key={one.id} version={one} />
                  ))}
                </ul>
              </Card>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Line({ version }: { version: Version }) {
  const t = useWords(referralWords)
  const { moment } = useDates()
  return (
    <li>
      {version.since && t('weights.since', { time: moment(version.since) })}{' '}
      {parts.map((part) => `${t(`routing.part.${part}`)} ${version[part]}`).join(' · ')}{' '}
      <span className="tm-quiet">{version.note}</span>
    </li>
  )
}

function Editor({ now }: { now: Version }) {
  const t = useWords(referralWords)
  const tell = useTell()
  const { moment } = useDates()
  const set = useWrite(routingApi.setWeights, {
    touches: ['referral.weights-set'],
    onDone: () => {
      tell(t('weights.done'))
      form.discard()
    },
  })
  const { travel, wait, cost, contract, load, freshness } = now
  const begun = { travel, wait, cost, contract, load, freshness, note: '' }
  const form = useForm(`referral.weights:${now.id}`, begun, set.error)
  return (
    <Card
      title={now.since ? t('weights.since', { time: moment(now.since) }) : t('weights.default')}
      extra={now.note && <span className="tm-quiet">{now.note}</span>}
    >
      <div style={{ display: 'grid', gap: 12, maxWidth: 640 }}>
        <RefusalNote refused={set.error} />
        <DraftNote form={form} />
        <Fields columns={1}>
          {parts.map((part) => (
            <Field key={part} label={`${t(`routing.part.${part}`)} ${form.value[part]}`}>
              {() => (
                <Slider
                  aria-label={t(`routing.part.${part}`)}
                  min={0}
                  max={100}
                  step={5}
                  value={form.value[part]}
                  onChange={(next) => form.set(part, next)}
                />
              )}
            </Field>
          ))}
          <Field label={t('weights.note')} required problem={form.problem('note')}>
            {(id) => (
              <Input
                id={id}
                value={form.value.note}
                onChange={({ target }) => form.set('note', target.value)}
              />
            )}
          </Field>
        </Fields>
        <div>
          <Button
            type="primary"
            loading={set.isPending}
            disabled={!form.value.note.trim()}
            onClick={() => set.mutate({ body: form.value })}
          >
            {t('weights.set')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
