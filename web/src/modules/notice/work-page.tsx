import type { Work } from '@tongmai/api/notice'
import { noticeApi } from '@tongmai/api/notice'
import { Pagination, Select } from 'antd'
import * as z from 'zod/mini'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { Slot } from '../../kernel/slot.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { find, useSay, useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { Tally } from '../../ui/tally.tsx'
import { type Work as Line, WorkList } from '../../ui/work-list.tsx'
import { pathOf } from './thing-page.ts'
import { noticeWords } from './words.ts'

const LIMIT = 50
const lists = ['mine', 'office', 'overdue', 'escalated'] as const
type List = (typeof lists)[number]
const search = z.object({
  list: z._default(z.enum(lists), 'mine'),
  step: z.optional(z.string()),
  offset: z._default(z.coerce.number(), 0),
})

/** What each list asks of the server; what is overdue or has gone up is looked for in the whole office. */
const asked = (list: List) => ({
  scope: list === 'mine' ? ('mine' as const) : ('office' as const),
  ...(list === 'overdue' ? { overdue: true } : {}),
  ...(list === 'escalated' ? { escalated: true } : {}),
})

/** The first page of every role: what waits for me, the most urgent first, live. */
export function WorkPage() {
  const t = useWords(noticeWords)
  const say = useSay()
  const go = useGo()
  const [{ list, step, offset }, setFilter] = useSearch(search)
  const query = { ...asked(list), ...(step ? { step } : {}), offset, limit: LIMIT }
  const live = ['case', 'referral']
  const read = useRead(noticeApi.listWork, { query }, { live, keepPrevious: true })
  const mine = useRead(noticeApi.countWork, { query: { scope: 'mine' } }, { live })
  const office = useRead(noticeApi.countWork, { query: { scope: 'office' } }, { live })
  const sum = (of: typeof mine.data, key: 'count' | 'overdue' | 'escalated') =>
    of?.reduce((all, one) => all + one[key], 0)
  const counts: Record<List, number | undefined> = {
    mine: sum(mine.data, 'count'),
    office: sum(office.data, 'count'),
    overdue: sum(office.data, 'overdue'),
    escalated: sum(office.data, 'escalated'),
  }
  const steps = (list === 'mine' ? mine.data : office.data) ?? []
  const shown = useShown(go)
  return (
    <Page title={t('title')} hint={t('title.hint')}>
      <div className="tm-row">
        <Tally
          label={t('title')}
          value={list}
          onChange={(next) => setFilter({ list: next, step: undefined, offset: 0 })}
          tabs={lists.map((key) => ({
            key,
            label: t(`scope.${key}`),
            count: counts[key],
            bad: key === 'overdue' || key === 'escalated',
          }))}
        />
        <Select<string>
          aria-label={t('steps')}
          placeholder={t('steps.all')}
          allowClear
          style={{ width: 220 }}
          value={step ?? null}
          options={steps.map((one) => ({
            value: one.step,
            label: `${say(wordOf('step', one))} ${one.count}`,
          }))}
          onChange={(next: string | null | undefined) => setFilter({ step: next ?? undefined, offset: 0 })}
        />
      </div>
      <Loaded read={read} rows={8}>
        {({ items, total }) => (
          <>
            <WorkList
              label={t('title')}
              work={items.map(shown)}
              over={`${list} ${step} ${offset}`}
              onOpen={go}
              empty={<Nothing title={t('empty')} hint={t('empty.hint')} />}
            />
            {total > LIMIT && (
              <Pagination
                current={Math.floor(offset / LIMIT) + 1}
                pageSize={LIMIT}
                total={total}
                showSizeChanger={false}
                onChange={(page) => setFilter({ offset: (page - 1) * LIMIT })}
              />
            )}
          </>
        )}
      </Loaded>
      <Slot at="home" />
    </Page>
  )
}

/** `referral.emergency` and `referral` have the words of the module `referral`. */
const wordOf = (of: 'step' | 'do', { kind, step }: { kind: string; step: string }): string =>
  `${kind.split('.', 1)[0]}.${of}.${step}`

/** A case of the kernel as a row of the list. */
function useShown(go: (to: string) => void): (work: Work) => Line {
  const t = useWords(noticeWords)
  const say = useSay()
  const { age } = useDates()
  const about = ({ referral, mine, practitioner }: Work) => {
    if (!referral) return []
    const other = referral.direction === 'up' ? referral.from : referral.to
    const urgency = referral.urgency === 'routine' ? null : say(`referral.urgency.${referral.urgency}`)
    return [
      urgency,
      referral.diagnosis,
      other.shortName,
      referral.department,
      mine ? null : practitioner?.name,
    ]
  }
  return (work) => {
    const { resident, escalated, thing, next } = work
    const [module = ''] = thing.split(':', 1)
    return {
      key: thing,
      person: resident && {
        name: resident.nameMasked,
        detail: resident.birthDate ? age(resident.birthDate) : '',
      },
      what: find(wordOf('step', work)) ?? t('other'),
      about: [...about(work), work.about].filter(Boolean).join(' · '),
      since: work.since,
      due: work.due,
      escalated: escalated > 0 ? t('level', { level: escalated }) : undefined,
      to: pathOf(thing),
      next: {
        label: (next && find(`${module}.move.${next}`)) || find(wordOf('do', work)) || t('open'),
        ...(next ? { run: () => go(withAct(pathOf(thing), next)) } : {}),
      },
    }
  }
}

/** The page of a thing with an act to begin at once. */
const withAct = (path: string, act: string): string => `${path}${path.includes('?') ? '&' : '?'}act=${act}`
