import { careplanApi } from '@tongmai/api/careplan'
import type { StrayMessage } from '@tongmai/api/careplan/device'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { careplanWords } from './words.ts'

const LIMIT = 50
const search = z.object({ offset: z._default(z.coerce.number(), 0) })

/** Messages of devices that could not be taken, as they came, with what is wrong. */
export function StrayList() {
  const t = useWords(careplanWords)
  const [{ offset }, setSearch] = useSearch(search)
  const read = useRead(
    careplanApi.listStrayMessages,
    { query: { offset, limit: LIMIT } },
    { keepPrevious: true },
  )
  return (
    <Page title={t('stray.title')} hint={t('stray.hint')}>
      <DataTable
        label={t('stray.title')}
        columns={useColumns()}
        read={read}
        keyOf={(row) => row.id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        empty={<Nothing title={t('stray.none')} hint={t('stray.none-hint')} />}
        readPage={(at, limit) => call(careplanApi.listStrayMessages, { query: { offset: at, limit } })}
      />
    </Page>
  )
}

function useColumns(): Column<StrayMessage>[] {
  const t = useWords(careplanWords)
  const say = useSay()
  const { moment } = useDates()
  return [
    {
      key: 'at',
      title: t('stray.at'),
      short: true,
      cell: (row) => moment(row.receivedAt),
      text: (row) => moment(row.receivedAt),
    },
    {
      key: 'problem',
      title: t('device.problem'),
      cell: (row) => say(row.problem),
      text: (row) => say(row.problem),
    },
    {
      key: 'topic',
      title: t('stray.topic'),
      cell: (row) => (
        <>
          <code>{row.topic}</code> {!row.known && <span className="tm-quiet">{t('stray.nobodys')}</span>}
        </>
      ),
      text: (row) => row.topic,
    },
    {
      key: 'text',
      title: t('device.raw'),
      wide: true,
      cell: (row) => <code>{row.text.slice(0, 300)}</code>,
      text: (row) => row.text,
    },
    {
      key: 'size',
      title: t('stray.size'),
      align: 'right',
      wide: true,
      cell: (row) => row.size,
      text: (row) => String(row.size),
    },
  ]
}
