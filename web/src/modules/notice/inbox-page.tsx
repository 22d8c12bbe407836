import { type Notice, noticeApi } from '@tongmai/api/notice'
import { Button } from 'antd'
import * as z from 'zod/mini'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { Tally } from '../../ui/tally.tsx'
import { useNoticeAbout, useNoticeWords } from './notice-line.ts'
import { pathOf } from './thing-page.ts'
import { noticeWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  show: z._default(z.enum(['unread', 'all']), 'unread'),
  offset: z._default(z.coerce.number(), 0),
})

/** My inbox: what happened that I should know, newest first. */
export function InboxPage() {
  const t = useWords(noticeWords)
  const go = useGo()
  const { briefly } = useDates()
  const sentence = useNoticeWords()
  const others = useNoticeAbout()
  const [{ show, offset }, setFilter] = useSearch(search)
  const read = useRead(
    noticeApi.listNotices,
    { query: { unread: show === 'unread', offset, limit: LIMIT } },
    { live: ['notice'], keepPrevious: true },
  )
  const unread = useRead(noticeApi.countUnread, {}, { live: ['notice'] })
  const markAll = useWrite(noticeApi.markAllRead, { touches: ['notice'] })
  const markOne = useWrite(noticeApi.markRead, { touches: ['notice'] })
  const open = (one: Notice) => {
    if (!one.readAt) markOne.mutate({ params: { id: one.id } })
    go(pathOf(one.thing))
  }
  const columns: Column<Notice>[] = [
    { key: 'what', title: t('inbox'), cell: (one) => (one.readAt ? sentence(one) : <b>{sentence(one)}</b>) },
    {
      key: 'who',
      title: '',
      cell: (one) => <span className="tm-quiet">{one.referral ? about(one.referral) : others(one)}</span>,
    },
    { key: 'at', title: '', width: 130, cell: ({ at }) => <span className="tm-quiet">{briefly(at)}</span> },
    {
      key: 'open',
      title: '',
      width: 90,
      align: 'right',
      cell: (one) => (
        <Button size="small" onClick={() => open(one)}>
          {t('inbox.open')}
        </Button>
      ),
    },
  ]
  return (
    <Page
      title={t('inbox')}
      hint={t('inbox.hint')}
      actions={
        <Button
          disabled={!unread.data?.unread}
          loading={markAll.isPending}
          onClick={() => markAll.mutate({})}
        >
          {t('inbox.read-all')}
        </Button>
      }
    >
      <DataTable
        label={t('inbox')}
        columns={columns}
        read={read}
        keyOf={(one) => one.id}
        rowTo={(one) => pathOf(one.thing)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <Tally
            label={t('inbox')}
            value={show}
            onChange={(next) => setFilter({ show: next, offset: 0 })}
            tabs={[
              { key: 'unread', label: t('inbox.unread'), count: unread.data?.unread },
              { key: 'all', label: t('inbox.all') },
            ]}
          />
        }
        empty={<Nothing title={t('inbox.empty')} hint={t('inbox.empty-hint')} />}
      />
    </Page>
  )
}

const about = ({ resident, diagnosis, number }: NonNullable<Notice['referral']>): string =>
  [resident.nameMasked, diagnosis, number].filter(Boolean).join(' · ')
