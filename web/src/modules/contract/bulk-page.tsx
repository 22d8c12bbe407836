import { contractApi } from '@tongmai/api/contract'
import type { Bulk } from '@tongmai/api/contract/bulk'
import { Button, Progress } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useParam, useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Tally } from '../../ui/tally.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const views = ['bad', 'good', 'done'] as const
const search = z.object({
  view: z._default(z.enum(views), 'bad'),
  offset: z._default(z.coerce.number(), 0),
})

/** One spreadsheet: how far it is, every bad line with its reason, and the button that signs the good ones. */
export function BulkPage() {
  const id = useParam('id')
  const t = useWords(contractWords)
  const read = useRead(contractApi.readBulk, { params: { id } }, { live: ['contract.bulk-moved'] })
  return (
    <Loaded read={read}>
      {(bulk) => (
        <Page
          title={bulk.fileName}
          hint={t(`bulk.status.${bulk.status}`)}
          actions={<SignButton bulk={bulk} />}
        >
          <Card>
            <Progress
              percent={percentOf(bulk)}
              status={bulk.status === 'failed' ? 'exception' : bulk.status === 'done' ? 'success' : 'active'}
            />
          </Card>
          <Lines bulk={bulk} />
        </Page>
      )}
    </Loaded>
  )
}

/** While it is checked nobody knows how long the file is; while it is signed, it is known. */
function percentOf({ status, good, done }: Bulk): number {
  if (status === 'done' || status === 'checked') return 100
  return status === 'signing' && good > 0 ? Math.floor((done / good) * 100) : 0
}

function SignButton({ bulk }: { bulk: Bulk }) {
  const t = useWords(contractWords)
  const confirm = useConfirm()
  const sign = useWrite(contractApi.signBulk, { touches: ['contract'] })
  if (bulk.status !== 'checked' || bulk.good === 0) return <RefusalNote refused={sign.error} />
  const label = t('bulk.sign', { good: bulk.good })
  const ask = () =>
    confirm({
      label,
      confirm: t('bulk.sign-note', { good: bulk.good, bad: bulk.bad }),
      run: () => sign.mutate({ params: { id: bulk.id } }),
    })
  return (
    <Button type="primary" loading={sign.isPending} onClick={ask}>
      {label}
    </Button>
  )
}

function Lines({ bulk }: { bulk: Bulk }) {
  const t = useWords(contractWords)
  const [{ view, offset }, setSearch] = useSearch(search)
  const params = { id: bulk.id }
  const read = useRead(
    contractApi.listBulkLines,
    { params, query: { status: view, offset, limit: LIMIT } },
    { live: ['contract.bulk-moved'], keepPrevious: true },
  )
  return (
    <>
      <Tally
        label={t('bulk.title')}
        tabs={[
          { key: 'bad', label: t('bulk.bad'), count: bulk.bad, bad: true },
          { key: 'good', label: t('bulk.good'), count: bulk.good - bulk.done },
          { key: 'done', label: t('bulk.done'), count: bulk.done },
        ]}
        value={view}
        onChange={(next) => setSearch({ view: next, offset: 0 })}
      />
      <DataTable
        label={`${bulk.fileName} ${t(`bulk.${view}`)}`}
        read={read}
        keyOf={(row) => String(row.line)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        empty={<Nothing title={t('table.none')} />}
        readPage={(at, limit) =>
          call(contractApi.listBulkLines, { params, query: { status: view, offset: at, limit } })
        }
        columns={[
          {
            key: 'line',
            title: t('bulk.line'),
            width: 80,
            cell: (row) => row.line,
            text: (row) => String(row.line),
          },
          { key: 'name', title: t('person'), cell: (row) => row.name, text: (row) => row.name },
          {
            key: 'number',
            title: t('bulk.number'),
            cell: (row) => <span className="tm-quiet">{row.number}</span>,
            text: (row) => row.number,
          },
          {
            key: 'problem',
            title: t('bulk.problem'),
            cell: (row) =>
              row.problem
                ? t(`problem.${row.problem}`, row.details)
                : row.contractId && <To to={`/contracts/${row.contractId}`}>{t('bulk.open')}</To>,
            text: (row) => (row.problem ? t(`problem.${row.problem}`, row.details) : ''),
          },
        ]}
      />
    </>
  )
}
