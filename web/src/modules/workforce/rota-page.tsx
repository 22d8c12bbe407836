import { workforceApi } from '@tongmai/api/workforce'
import { type Duty, dutyKind, shift } from '@tongmai/api/workforce/duty'
import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useLanguage, useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { useStaffSearch } from './staff-choice.tsx'
import { workforceWords } from './words.ts'

const DAY_MS = 86_400_000
const plus = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
/** The Monday of a day's week. */
const mondayOf = (day: string) => plus(day, -((new Date(day).getUTCDay() + 6) % 7))

const filterShape = z.object({ from: z.optional(z.iso.date()), kind: z._default(dutyKind, 'dutyOfficer') })

/** One week of one kind of duty: two shifts a day; who may keeps it here. */
export function RotaPage() {
  const t = useWords(workforceWords)
  const may = useMay()
  const [{ from: asked, kind }, setFilter] = useSearch(filterShape)
  const from = asked ?? mondayOf(showDay(timeNow()))
  const read = useRead(workforceApi.readRota, { query: { from } }, { live: ['workforce.rota'] })
  const turn = (days: number) => setFilter({ from: plus(from, days) })
  const weeks = (
    <>
      <Button onClick={() => turn(-7)}>{t('rota.earlier')}</Button>
      <Button onClick={() => setFilter({ from: undefined })}>{t('rota.today')}</Button>
      <Button onClick={() => turn(7)}>{t('rota.later')}</Button>
    </>
  )
  return (
    <Page
      title={t('rota.title')}
      hint={`${t('rota.hint')}${may('workforce.manage') ? t('rota.hint-change') : ''}`}
      actions={weeks}
    >
      <OnDutyNow />
      <Segmented
        value={kind}
        options={dutyKind.options.map((value) => ({ value, label: t(`duty.${value}`) }))}
        onChange={(next) => setFilter({ kind: next })}
      />
      <Loaded read={read}>
        {(duties) => <Week key={`${from} ${kind}`} from={from} kind={kind} duties={duties} />}
      </Loaded>
    </Page>
  )
}

function OnDutyNow() {
  const t = useWords(workforceWords)
  const read = useRead(workforceApi.whoIsOnDuty, { query: {} }, { live: ['workforce.rota'] })
  return (
    <Card title={t('rota.now')}>
      <Loaded read={read} rows={1}>
        {(duties) =>
          duties.length === 0 ? (
            <span className="tm-quiet">{t('rota.nobody')}</span>
          ) : (
            <div className="tm-row" style={{ gap: '4px 28px' }}>
              {duties.map((one) => (
                <span key={one.kind}>
                  {t(`duty.${one.kind}`)} <b>{one.name}</b>{' '}
                  {one.phone && <a href={`tel:${one.phone}`}>{one.phone}</a>}
                </span>
              ))}
            </div>
          )
        }
      </Loaded>
    </Card>
  )
}

interface WeekProps {
  readonly from: string
  readonly kind: Duty['kind']
  readonly duties: readonly Duty[]
}

function Week({ from, kind, duties }: WeekProps) {
  const t = useWords(workforceWords)
  const tell = useTell()
  const may = useMay()
  const staff = useStaffSearch()
  const [changes, setChanges] = useState<Readonly<Record<string, string | null>>>({})
  const save = useWrite(workforceApi.setRota, {
    touches: ['workforce.rota'],
    onDone: ({ changed }) => {
      tell(t('rota.saved', { count: changed }))
      setChanges({})
    },
  })
  const today = showDay(timeNow())
  const days = Array.from({ length: 7 }, (_, i) => plus(from, i))
  const dutyAt = (day: string, at: string) =>
    duties.find((one) => one.kind === kind && one.day === day && one.shift === at)
  const cells = Object.entries(changes).map(([cell, practitionerId]) => {
    const [day = '', at = 'day'] = cell.split(' ')
    return { kind, day, shift: at as Duty['shift'], practitionerId }
  })
  return (
    <Card flush>
      <RefusalNote refused={save.error} />
      <div className="tm-table-wrap">
        <table className="tm-table tm-rota" aria-label={t('rota.title')}>
          <thead>
            <tr>
              <th scope="col">{t(`duty.${kind}`)}</th>
              {days.map((day) => (
                <Head key={day} day={day} today={day === today} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shift.options.map((at) => (
              <tr key={at}>
                <th scope="row">{t(`shift.${at}`)}</th>
                {days.map((day) => {
                  const held = dutyAt(day, at)
                  const cell = `${day} ${at}`
                  const value = cell in changes ? (changes[cell] ?? null) : (held?.practitionerId ?? null)
                  if (!may('workforce.manage') || day < today) return <td key={day}>{held?.name ?? '—'}</td>
                  return (
                    <td key={day}>
                      <Select
                        {...staff}
                        variant="borderless"
                        allowClear
                        aria-label={`${day} ${t(`shift.${at}`)}`}
                        placeholder={t('rota.empty')}
                        popupMatchSelectWidth={260}
                        style={{ width: '100%', marginLeft: -11 }}
                        value={value}
                        onChange={(next) => setChanges({ ...changes, [cell]: next ?? null })}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {cells.length > 0 && (
        <div className="tm-row" style={{ padding: 12 }}>
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate({ body: { cells } })}>
            {t('rota.save')}
          </Button>
          <Button onClick={() => setChanges({})}>{t('rota.leave')}</Button>
        </div>
      )}
    </Card>
  )
}

function Head({ day, today }: { day: string; today: boolean }) {
  const language = useLanguage()
  const name = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', {
    weekday: 'short',
    timeZone: 'UTC',
  })
  return (
    <th scope="col" aria-current={today ? 'date' : undefined}>
      {name.format(new Date(day))} {day.slice(5)}
    </th>
  )
}
