import { contractApi } from '@tongmai/api/contract'
import { priorityGroup } from '@tongmai/api/contract/package'
import type { Registered } from '@tongmai/api/contract/register'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useParam, useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { usePersonColumn } from '../../ui/person-column.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({ offset: z._default(z.coerce.number(), 0) })

/** Who is on the register of one priority group. */
export function RegisterPeople() {
  const t = useWords(contractWords)
  const group = z.parse(priorityGroup, useParam('group'))
  const [{ offset }, setSearch] = useSearch(search)
  const read = useRead(
    contractApi.listRegistered,
    { query: { group, offset, limit: LIMIT } },
    { live: ['contract'], keepPrevious: true },
  )
  const person = usePersonColumn<Registered>({ title: t('person') })
  return (
    <Page
      title={t(`group.${group}`)}
      hint={t('register.title')}
      actions={<To to="/contract-registers">{t('register.back')}</To>}
    >
      <DataTable
        label={t(`group.${group}`)}
        read={read}
        keyOf={(row) => row.resident.id}
        rowTo={(row) => `/residents/${row.resident.id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        empty={<Nothing title={t('register.nobody')} />}
        columns={[
          person,
          {
            key: 'id',
            title: t('indicator.id'),
            wide: true,
            cell: ({ resident }) => resident.idMasked ?? '—',
          },
          { key: 'since', title: t('register.since'), short: true, cell: (row) => row.since },
          { key: 'until', title: t('register.until'), short: true, cell: (row) => row.until ?? '—' },
          { key: 'source', title: t('register.sources'), cell: (row) => row.source },
        ]}
        readPage={(at, limit) => call(contractApi.listRegistered, { query: { group, offset: at, limit } })}
      />
    </Page>
  )
}
