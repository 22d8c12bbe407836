import { contractApi } from '@tongmai/api/contract'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { BulkForm } from './bulk-form.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({ offset: z._default(z.coerce.number(), 0) })

/** The spreadsheets of residents to sign, newest first, and how far each is. */
export function BulkList() {
  const t = useWords(contractWords)
  const { moment } = useDates()
  const [{ offset }, setSearch] = useSearch(search)
  const [open, setOpen] = useState(false)
  const read = useRead(
    contractApi.listBulks,
    { query: { offset, limit: LIMIT } },
    { live: ['contract.bulk-moved'], keepPrevious: true },
  )
  return (
    <Page
      title={t('bulk.title')}
      hint={t('bulk.hint')}
      actions={
        <Button type="primary" onClick={() => setOpen(true)}>
          {t('bulk.new')}
        </Button>
      }
    >
      <DataTable
        label={t('bulk.title')}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/contract-bulks/${row.id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        empty={<Nothing title={t('bulk.none')} hint={t('bulk.none-hint')} />}
        columns={[
          { key: 'file', title: t('bulk.file-name'), cell: (row) => row.fileName },
          { key: 'status', title: t('status'), cell: (row) => t(`bulk.status.${row.status}`) },
          { key: 'total', title: t('bulk.total'), align: 'right', cell: (row) => row.total },
          { key: 'bad', title: t('bulk.bad'), align: 'right', cell: (row) => row.bad },
          { key: 'done', title: t('bulk.done'), align: 'right', cell: (row) => row.done },
          { key: 'at', title: t('bulk.started'), short: true, cell: (row) => moment(row.createdAt) },
        ]}
      />
      {open && <BulkForm onClose={() => setOpen(false)} />}
    </Page>
  )
}
