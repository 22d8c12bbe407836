import { residentApi } from '@tongmai/api/resident'
import { type LinkLine, linkState } from '@tongmai/api/resident/link'
import type { ResidentCard } from '@tongmai/api/resident/person'
import { Segmented } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { LinkTag } from './link-tag.tsx'
import { reviewShape, reviewTable } from './review-filters.tsx'
import { residentWords } from './words.ts'

const filterShape = z.object({ state: z._default(linkState, 'proposed'), ...reviewShape })

/** Pairs of residents who may be one person; a row opens the comparison. */
export function LinkList() {
  const t = useWords(residentWords)
  const say = useSay()
  const { briefly, moment } = useDates()
  const [asked, setFilter] = useSearch(filterShape)
  // A state is always chosen: only the words can be cleared.
  const table = reviewTable({ ...asked, state: undefined }, ({ state: _, ...change }) => setFilter(change))
  const query = { ...asked, limit: table.limit }
  const read = useRead(residentApi.listLinks, { query }, { live: ['resident'], keepPrevious: true })
  const said = (one: ResidentCard) =>
    [one.nameMasked, t(`sex.${one.sex}`), one.birthDate].filter(Boolean).join(' · ')
  const text = (one: ResidentCard) => [said(one), one.idMasked].filter(Boolean).join(' · ')
  const person = (one: ResidentCard) => (
    <>
      <span className="tm-line">{said(one)}</span> <span className="tm-line tm-quiet">{one.idMasked}</span>
    </>
  )
  const how = (one: LinkLine) =>
    one.probability === null
      ? t('links.by-hand')
      : t(one.held ? 'links.chance-held' : 'links.chance', { chance: percent(one.probability) })
  const why = ({ held, weights, note }: LinkLine) =>
    held
      ? t(`held.${held}`)
      : weights
          .filter(({ level }) => level !== 'missing')
          .map(({ field, level }) => say(`resident.match.${field}`) + say(`resident.level.${level}`))
          .join('、') || note
  return (
    <Page title={t('links.title')} hint={t('links.hint')}>
      <DataTable<LinkLine>
        label={t('links.title')}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ id }) => `/resident-links/${id}`}
        {...table}
        readPage={(from, most) =>
          call(residentApi.listLinks, { query: { ...query, offset: from, limit: most } })
        }
        filters={
          <>
            <Segmented
              value={asked.state}
              onChange={(next) => setFilter({ state: next, offset: 0 })}
              options={linkState.options.map((value) => ({ value, label: t(`link.${value}`) }))}
            />
            <SearchBox
              label={t('proxy.search')}
              value={asked.q}
              onSearch={(q) => setFilter({ q, offset: 0 })}
            />
          </>
        }
        empty={<Nothing title={t('links.none')} hint={t('links.none-hint')} />}
        columns={[
          {
            ...{ key: 'one', title: t('links.one') },
            cell: ({ one }) => person(one),
            text: ({ one }) => text(one),
          },
          {
            ...{ key: 'other', title: t('links.other') },
            cell: ({ other }) => person(other),
            text: ({ other }) => text(other),
          },
          { key: 'how', title: t('links.how'), cell: how, text: how },
          { key: 'why', title: t('links.reason'), cell: why, text: (one) => why(one) ?? '' },
          {
            ...{ key: 'at', title: t('links.at'), sort: true, short: true },
            cell: ({ at }) => briefly(at),
            text: ({ at }) => moment(at),
          },
          {
            ...{ key: 'state', title: t('objection.state') },
            cell: (one) => <LinkTag state={one.state} />,
            text: (one) => t(`link.${one.state}`),
          },
        ]}
      />
    </Page>
  )
}

/** Never a hundred: the index is never entirely sure. */
export const percent = (chance: number): string =>
  `${Math.min(99.99, chance * 100).toFixed(chance > 0.99 ? 2 : 0)}%`
