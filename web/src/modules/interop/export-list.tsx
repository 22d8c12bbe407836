import { interopApi } from '@tongmai/api/interop'
import type { ExportLine } from '@tongmai/api/interop/export'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { interopWords } from './words.ts'

const LIMIT = 20
const filterShape = z.object({ offset: z._default(z.coerce.number(), 0) })
const tones = { waiting: 'wait', running: 'wait', done: 'good', failed: 'bad', cancelled: 'note' } as const

/** The whole exports that the institution's clients asked for, and how far they are. */
export function ExportList() {
  const t = useWords(interopWords)
  const [{ offset }, setFilter] = useSearch(filterShape)
  const query = { offset, limit: LIMIT }
  const read = useRead(interopApi.listExports, { query }, { everyMs: 5_000, keepPrevious: true })
  const columns = useColumns()
  return (
    <Page title={t('export.title')} hint={t('export.hint')}>
      <DataTable
        label={t('export.title')}
        columns={columns}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        readPage={(from, limit) => call(interopApi.listExports, { query: { offset: from, limit } })}
        empty={<Nothing title={t('export.none')} hint={t('export.none-hint')} />}
      />
    </Page>
  )
}

function useColumns(): Column<ExportLine>[] {
  const t = useWords(interopWords)
  const { moment } = useDates()
  return [
    {
      key: 'client',
      title: t('export.client'),
      cell: (one) => <code>{one.clientId}</code>,
      text: (one) => one.clientId,
    },
    {
      key: 'level',
      title: t('export.level'),
      cell: (one) => t(`export.level.${one.level}`),
      text: (one) => t(`export.level.${one.level}`),
    },
    {
      key: 'state',
      title: t('export.state'),
      cell: (one) => (
        <>
          <StateTag tone={tones[one.state]}>{t(`export.state.${one.state}`)}</StateTag>
          {one.problem && <code className="tm-quiet"> {one.problem}</code>}
        </>
      ),
      text: (one) => t(`export.state.${one.state}`),
    },
    {
      key: 'progress',
      title: t('export.progress'),
      cell: (one) => t('export.progress-of', { done: one.typesDone, all: one.types.length }),
      text: (one) => `${one.typesDone}/${one.types.length}`,
    },
    {
      key: 'resources',
      title: t('export.resources'),
      align: 'right',
      cell: (one) => one.resources,
      text: (one) => String(one.resources),
    },
    {
      key: 'askedAt',
      title: t('export.asked-at'),
      cell: (one) => moment(one.askedAt),
      text: (one) => moment(one.askedAt),
    },
    {
      key: 'until',
      title: t('export.until'),
      cell: (one) => moment(one.until),
      text: (one) => moment(one.until),
    },
  ]
}
