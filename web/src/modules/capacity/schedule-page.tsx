import { capacityApi } from '@tongmai/api/capacity'
import type { Schedule } from '@tongmai/api/capacity/schedule'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { useSearch } from '../../kernel/route.tsx'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { DepartmentChoice } from './department-choice.tsx'
import { ExceptionForm } from './exception-form.tsx'
import { ScheduleForm } from './schedule-form.tsx'
import { capacityWords } from './words.ts'

const search = z.object({ department: z.optional(z.uuid()) })
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** The week of my institution as it is planned: sessions by weekday, each opened to be changed. */
export function SchedulePage() {
  const t = useWords(capacityWords)
  const may = useMay()
  const { institution } = useSession()
  const [{ department }, setFilter] = useSearch(search)
  const [open, setOpen] = useState<Schedule | 'new'>()
  const [closing, setClosing] = useState<string>()
  const read = useRead(
    capacityApi.listSchedules,
    { query: department ? { departmentId: department } : {} },
    { live: ['capacity'], keepPrevious: true },
  )
  const closed = read.data?.find((one) => one.id === closing)
  return (
    <Page
      title={t('schedule.title')}
      hint={t('schedule.hint')}
      actions={
        may('capacity.manage') && (
          <Button type="primary" onClick={() => setOpen('new')}>
            {t('schedule.add')}
          </Button>
        )
      }
    >
      <div className="tm-row tm-no-print">
        <DepartmentChoice
          label={t('schedule.department')}
          width={220}
          institutionId={institution?.id ?? null}
          value={department ?? null}
          onChange={(next) => setFilter({ department: next ?? undefined })}
        />
        {department && <Button onClick={() => setFilter({ department: undefined })}>{t('bed.all')}</Button>}
      </div>
      <Loaded read={read} rows={8}>
        {(schedules) =>
          schedules.length === 0 ? (
            <Nothing title={t('schedule.none')} hint={t('schedule.none-hint')} />
          ) : (
            <div className="tm-week">
              {weekdays.map((weekday) => (
                <section key={weekday} aria-label={t(`weekday.${weekday}`)}>
                  <h3>{t(`weekday.${weekday}`)}</h3>
                  {sessionsOn(schedules, weekday).map(({ schedule, from, to }) => (
                    <Planned
                      key={`${schedule.id} ${from}`}
                      schedule={schedule}
                      time={`${from}–${to}`}
                      onChange={() => setOpen(schedule)}
                      onClose={() => setClosing(schedule.id)}
                    />
                  ))}
                </section>
              ))}
            </div>
          )
        }
      </Loaded>
      {open && (
        <ScheduleForm
          schedule={open === 'new' ? null : open}
          departmentId={department ?? null}
          onClose={() => setOpen(undefined)}
        />
      )}
      {closed && <ExceptionForm schedule={closed} onClose={() => setClosing(undefined)} />}
    </Page>
  )
}

const sessionsOn = (schedules: readonly Schedule[], weekday: number) =>
  schedules
    .flatMap((schedule) =>
      schedule.sessions.filter((one) => one.weekday === weekday).map((one) => ({ ...one, schedule })),
    )
    .toSorted((a, b) => a.from.localeCompare(b.from))

interface PlannedProps {
  readonly schedule: Schedule
  readonly time: string
  readonly onChange: () => void
  readonly onClose: () => void
}

function Planned({ schedule, time, onChange, onClose }: PlannedProps) {
  const t = useWords(capacityWords)
  const may = useMay()
  const rest = 100 - schedule.quotas.reduce((sum, one) => sum + one.percent, 0)
  const shares = schedule.quotas
    .filter(({ percent }) => percent > 0)
    .map(({ source, percent }) => `${t(`source.${source}`)} ${percent}%`)
  return (
    <article>
      <b>{time}</b>
      <span>{schedule.name}</span>
      <span className="tm-quiet">
        {[schedule.practitioner, schedule.department, schedule.room].filter(Boolean).join(' · ')}
      </span>
      <span className="tm-quiet">
        {[...shares, t('schedule.public-rest', { percent: rest })].join(' · ')}
      </span>
      {may('capacity.manage') && (
        <span className="tm-row">
          <Button size="small" onClick={onChange}>
            {t('schedule.edit')}
          </Button>
          <Button size="small" onClick={onClose}>
            {t('exception.closed')}
          </Button>
        </span>
      )}
    </article>
  )
}
