import type { Session } from '@tongmai/api/capacity/schedule'
import { Button, Input, Select } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { isSession } from './schedule-typed.ts'
import { capacityWords } from './words.ts'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

interface Props {
  readonly value: readonly Session[]
  readonly onChange: (sessions: readonly Session[]) => void
}

/** The sessions of a week, a line each. */
export function SessionFields({ value, onChange }: Props) {
  const t = useWords(capacityWords)
  const set = (at: number, next: Partial<Session>) =>
    onChange(value.map((one, i) => (i === at ? { ...one, ...next } : one)))
  const clock = (at: number, name: 'from' | 'to') => (
    <Input
      placeholder="08:00"
      maxLength={5}
      aria-label={t('schedule.sessions')}
      style={{ width: 80 }}
      status={isSession(value[at]) ? '' : 'error'}
      value={value[at]?.[name] ?? ''}
      onChange={({ target }) => set(at, { [name]: target.value.replace('：', ':') })}
    />
  )
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>
        <b>{t('schedule.sessions')}</b>
      </legend>
      {value.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two sessions may be alike, their place is what they are
        <div key={i} className="tm-row" style={{ marginBottom: 8 }}>
          <Select
            aria-label={t('schedule.sessions')}
            style={{ width: 90 }}
            value={one.weekday}
            options={weekdays.map((weekday) => ({ value: weekday, label: t(`weekday.${weekday}`) }))}
            onChange={(weekday) => set(i, { weekday })}
          />
          {clock(i, 'from')}–{clock(i, 'to')}
          <Button
            size="small"
            disabled={value.length === 1}
            onClick={() => onChange(value.filter((_, at) => at !== i))}
          >
            {t('schedule.session-remove')}
          </Button>
        </div>
      ))}
      <Button
        size="small"
        onClick={() => {
          const last = value.at(-1) ?? { weekday: 1, from: '08:00', to: '11:30' }
          onChange([...value, { ...last, weekday: (last.weekday % 7) + 1 }])
        }}
      >
        {t('schedule.session-add')}
      </Button>
    </fieldset>
  )
}
