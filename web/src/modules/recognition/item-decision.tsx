import type { Decision } from '@tongmai/api/recognition/ledger'
import { type FoundResult, type ItemResults, refusalReason } from '@tongmai/api/recognition/order'
import { Button, Checkbox, Input, Radio, Select } from 'antd'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { keyOf, type Said } from './said.ts'
import { showMsv, showYuan } from './show.ts'
import { recognitionWords } from './words.ts'

const ANEW = 'anew'

interface Props {
  readonly residentId: string
  readonly found: ItemResults
  /** The same was ordered already, and its result is waited for. */
  readonly waiting?: Decision | undefined
  readonly said: Said
  readonly onSay: (said: Said) => void
  readonly onRemove: () => void
}

/** One item: the usable results first, one of which is accepted, or the reasons for doing it again. */
export function ItemDecision({ residentId, found, waiting, said, onSay, onRemove }: Props) {
  const t = useWords(recognitionWords)
  const { name, window, usable, unusable } = found
  const anew = said.accept === undefined && (said.reason !== undefined || said.told !== undefined)
  const choose = (value: string) => onSay(value === ANEW ? { told: false } : { accept: value })
  return (
    <Card
      title={
        <>
          {name}{' '}
          {window && (
            <span className="tm-quiet">
              {t('order.window', { days: window.validDays, mark: t(`mark.${window.scope}`) })}
            </span>
          )}
        </>
      }
      extra={
        <Button type="text" size="small" onClick={onRemove}>
          {t('order.remove')}
        </Button>
      }
    >
      {waiting && <Waiting one={waiting} />}
      {usable.length === 0 ? (
        <p>{t('order.nothing')}</p>
      ) : (
        <Radio.Group
          aria-label={`${name} ${t('order.usable')}`}
          value={said.accept ?? (anew ? ANEW : undefined)}
          onChange={({ target }) => choose(target.value as string)}
          style={{ display: 'grid', gap: 8 }}
        >
          {usable.map((one) => (
            <Radio key={keyOf(one)} value={keyOf(one)}>
              <Result residentId={residentId} one={one} /> <b className="tm-quiet">{t('order.accept')}</b>
            </Radio>
          ))}
          <Radio value={ANEW}>
            {t('order.anew')} <Cost found={found} />
          </Radio>
        </Radio.Group>
      )}
      {anew && usable.length > 0 && <Why said={said} onSay={onSay} />}
      {unusable.length > 0 && (
        <details>
          <summary className="tm-quiet">{t('order.unusable', { count: unusable.length })}</summary>
          <ul>
            {unusable.map((one) => (
              <li key={keyOf(one)}>
                <Result residentId={residentId} one={one} />{' '}
                {one.why && <StateTag tone="wait">{t(`why.${one.why}`)}</StateTag>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  )
}

/** Value, place, date and quality of one result, and the way to all that its source says. */
function Result({ residentId, one }: { residentId: string; one: FoundResult }) {
  const t = useWords(recognitionWords)
  const { moment } = useDates()
  const high = one.flag && one.flag !== 'normal'
  const age = one.ageDays === 0 ? t('order.today') : t('order.age', { days: one.ageDays ?? 0 })
  return (
    <>
      <b className={high ? 'tm-bad' : ''}>{one.value}</b> {one.institutionName}
      {one.at && ` · ${moment(one.at)}`}
      {one.ageDays !== null && ` · ${age}`}{' '}
      {one.mark && <StateTag tone="good">{t(`mark.${one.mark}`)}</StateTag>}{' '}
      {one.own && <StateTag>{t('own')}</StateTag>}
      {one.quality && (
        <span className="tm-quiet">
          {' '}
          {t('order.quality', {
            ...{ body: one.quality.body, year: one.quality.year, until: one.quality.until },
          })}
        </span>
      )}{' '}
      <To to={`/residents/${residentId}/record/${one.type}/${one.id}`} target="_blank">
        {t('order.source')}
      </To>
    </>
  )
}

/** What one more costs the patient. */
function Cost({ found: { window } }: { found: ItemResults }) {
  const t = useWords(recognitionWords)
  if (!window) return null
  const parts = [
    window.priceFen === null ? null : t('order.would-cost', { yuan: showYuan(window.priceFen) }),
    window.doseUsv ? t('order.would-dose', { dose: showMsv(window.doseUsv) }) : null,
  ]
  return <span className="tm-quiet">{parts.filter(Boolean).join(' · ')}</span>
}

function Why({ said, onSay }: Pick<Props, 'said' | 'onSay'>) {
  const t = useWords(recognitionWords)
  return (
    <div style={{ marginTop: 12 }}>
      <Fields>
        <Field label={t('order.reason')} required>
          {(id) => (
            <Select
              id={id}
              value={said.reason ?? null}
              onChange={(reason) => reason && onSay({ ...said, reason })}
              options={refusalReason.options.map((value) => ({ value, label: t(`reason.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('order.text')} required={said.reason === 'other'}>
          {(id) => (
            <Input
              id={id}
              maxLength={300}
              value={said.text}
              onChange={({ target }) => onSay({ ...said, text: target.value })}
            />
          )}
        </Field>
      </Fields>
      <Checkbox
        checked={said.told ?? false}
        onChange={({ target }) => onSay({ ...said, told: target.checked })}
      >
        {t('order.told')}
      </Checkbox>
    </div>
  )
}

function Waiting({ one }: { one: Decision }) {
  const t = useWords(recognitionWords)
  const { day } = useDates()
  const who = [one.institutionName, one.practitionerName].filter(Boolean).join(' ')
  return (
    <p>
      <StateTag tone="wait">{t('decision.waiting')}</StateTag> {t('order.waiting', { who, day: day(one.at) })}
    </p>
  )
}
